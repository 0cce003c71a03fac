import { useLayoutEffect, useRef } from 'preact/hooks';
import { Action } from '../page/action';
import { formatBytes } from '../page/format';
import type { Find } from './useFind';

const outcomes: Record<Find['outcome'], string> = {
  none: '',
  found: 'Found',
  fromTop: 'Found; went on from the top',
  fromEnd: 'Found; went on from the end',
  notFound: 'No results',
};

/** Looks like VS Code's own find, but takes its place above the lines: it covers none. */
export function FindBar({ find, size, leave }: { find: Find; size: number; leave: () => void }) {
  const { text, matchCase, searched, outcome, setText, setMatchCase, next, close, cancel } = find;
  const input = useRef<HTMLInputElement>(null);
  // At once: the next key is the first letter.
  useLayoutEffect(() => {
    input.current?.focus();
    input.current?.select();
  }, []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') next(event.shiftKey);
    else if (event.key === 'ArrowDown') leave();
    else return;
    event.preventDefault();
  };
  return (
    <search class="bar find" aria-label="Find in log">
      <input
        type="text"
        ref={input}
        class={outcome === 'notFound' ? 'invalid' : ''}
        value={text ?? ''}
        maxLength={2000}
        spellcheck={false}
        autocomplete="off"
        placeholder="Find"
        aria-label="Find a text in the whole log"
        aria-describedby="find-outcome"
        onInput={event => setText(event.currentTarget.value)}
        onKeyDown={onKeyDown}
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
      <span class={outcome === 'notFound' ? 'outcome error-text' : 'outcome'} id="find-outcome" role="status">
        {searched === null ? outcomes[outcome] : `Searching… ${formatBytes(searched)} of ${formatBytes(size)}`}
      </span>
      {searched !== null && (
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
