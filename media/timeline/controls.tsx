import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { visibleLines } from '../../src/common/timeline/visibleText';
import { Icon, type IconName } from '../page/icon';
import { counted, formatCount } from './format';

interface ActionProps {
  icon: IconName;
  label: string;
  /** Without it the label is only a tooltip. */
  showLabel?: boolean;
  tabIndex?: number;
  /** For a button that switches something on and off. */
  pressed?: boolean;
  onClick: (event: MouseEvent) => void;
}

/** A button as in VS Code's toolbars. */
export function Action({ icon, label, showLabel = false, tabIndex, pressed, onClick }: ActionProps) {
  return (
    <button
      type="button"
      class={showLabel ? 'action labelled' : 'action'}
      title={label}
      aria-label={label}
      aria-pressed={pressed}
      tabIndex={tabIndex}
      onClick={onClick}
    >
      <Icon name={icon} />
      {showLabel && <span class="action-label">{label}</span>}
    </button>
  );
}

/** A button that says for a moment that it did what it does. */
export function CopyAction({
  icon,
  label,
  showLabel,
  copy,
}: Omit<ActionProps, 'onClick'> & { copy: () => Promise<void> }) {
  const [copied, setCopied] = useState(false);
  const run = () =>
    copy().then(() => {
      setCopied(true);
      setTimeout(() => setCopied(false), 1500);
    });
  return (
    <>
      <Action
        icon={copied ? 'check' : icon}
        label={copied ? 'Copied' : label}
        showLabel={showLabel ?? false}
        onClick={() => void run()}
      />
      <span class="spoken" role="status">
        {copied ? 'Copied' : ''}
      </span>
    </>
  );
}

/** The first of a list that may be very long; the rest on request, a hundred at a time. */
export function Limited<Item>({
  items,
  show,
}: {
  items: readonly Item[];
  show: (item: Item, index: number) => ComponentChildren;
}) {
  const [limit, setLimit] = useState(100);
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
