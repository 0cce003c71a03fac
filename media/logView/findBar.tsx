import { Action } from '../page/action';
import { FindInput } from '../page/findInput';
import { formatBytes, formatCount } from '../page/format';
import type { Find } from './useFind';
import { useSlow } from './useSlow';

const around: Record<Find['outcome'], string> = {
  none: '',
  found: '',
  fromTop: ', from the top again',
  fromEnd: ', from the end again',
  notFound: '',
};

/** Looks like VS Code's own find, but takes its place above the lines: it covers none. */
export function FindBar({ find, size, leave }: { find: Find; size: number; leave: () => void }) {
  const { text, matchCase, searched, outcome, count, setText, setMatchCase, next, close, cancel } = find;
  const isSlow = useSlow(searched !== null) && searched !== null;
  const told = outcomeText(find);
  const none = outcome === 'notFound' || (count.counted?.ended === 'all' && count.counted.matches === 0);
  const isCounting = count.counted !== null && count.counted.ended === null;
  return (
    <search class="bar find" aria-label="Find in log">
      <FindInput
        text={text ?? ''}
        none={none}
        label="Find a text in the whole log"
        describedBy="find-outcome"
        setText={setText}
        next={next}
        leave={leave}
      />
      <button
        type="button"
        class="action match-case"
        title="Match Case"
        aria-label="Match Case"
        aria-pressed={matchCase}
        onClick={() => setMatchCase(!matchCase)}
      >
        Aa
      </button>
      <span class={none ? 'outcome error-text' : 'outcome'} id="find-outcome">
        {isSlow ? `Searching… ${formatBytes(searched)} of ${formatBytes(size)}` : told}
      </span>
      {/* A number that runs is not read out. */}
      <span class="spoken" role="status">
        {isSlow ? 'Searching' : isCounting ? '' : told}
      </span>
      {isSlow && (
        <button type="button" class="button secondary" onClick={cancel}>
          Cancel
        </button>
      )}
      <Action icon="previous" label="Previous Match (Shift+Enter)" onClick={() => next(true)} />
      <Action icon="next" label="Next Match (Enter)" onClick={() => next(false)} />
      <Action icon="close" label="Close (Escape)" onClick={close} />
    </search>
  );
}

/** As VS Code counts: "3 of 128", "? of 128" where no match is selected; "…" while it counts on, "+" where it gave up. */
function outcomeText({ outcome, count: { counted, before } }: Find): string {
  if (outcome === 'notFound') return 'No results';
  const found = outcome === 'none' ? '' : `Found${around[outcome]}`;
  if (counted === null || counted.ended === 'far') return found;
  if (counted.matches === 0) return counted.ended === 'all' ? 'No results' : found;
  const more = counted.ended === null ? '…' : counted.ended === 'many' ? '+' : '';
  return `${before === null ? '?' : formatCount(before + 1)} of ${formatCount(counted.matches)}${more}${around[outcome]}`;
}
