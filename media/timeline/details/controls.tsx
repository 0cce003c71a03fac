import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { visibleLines } from '../../../src/common/timeline/visibleText';
import { counted, formatCount } from '../../page/format';

/** The first of a list that may be very long; the rest on request, a hundred at a time. */
export function Limited<Item>({
  items,
  first = 100,
  show,
}: {
  items: readonly Item[];
  first?: number;
  show: (item: Item, index: number) => ComponentChildren;
}) {
  const [limit, setLimit] = useState(first);
  const left = items.length - limit;
  return (
    <>
      {items.slice(0, limit).map(show)}
      {left > 0 && (
        <button type="button" class="link more" onClick={() => setLimit(limit + 100)}>
          Show more ({formatCount(left)} left)
        </button>
      )}
    </>
  );
}

/** A block of log text, line breaks kept; the first part of what is very long, the rest on request. */
export function LogText({ text }: { text: string }) {
  const [whole, setWhole] = useState(false);
  const limit = 2000;
  const cut = !whole && text.length > limit;
  return (
    <>
      <pre class="log-text">{visibleLines(cut ? text.slice(0, limit) : text)}</pre>
      {cut && (
        <button type="button" class="link more" onClick={() => setWhole(true)}>
          Show all ({counted(text.length, 'character')})
        </button>
      )}
    </>
  );
}
