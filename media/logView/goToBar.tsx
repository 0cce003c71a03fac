import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Action } from '../page/action';

/** What was typed: a line, or a share of the log. */
export type Destination = { kind: 'line'; line: number } | { kind: 'share'; share: number };

export function destinationOf(text: string): Destination | null {
  const share = /^(\d{1,3}(?:\.\d+)?)\s*%$/.exec(text.trim())?.[1];
  if (share !== undefined) return Number(share) <= 100 ? { kind: 'share', share: Number(share) / 100 } : null;
  const line = Number(text.trim().replaceAll(/[,. ]/g, ''));
  return Number.isSafeInteger(line) && line >= 1 ? { kind: 'line', line } : null;
}

interface GoToBarProps {
  /** What came of it last; `null`: nothing that is to be said. */
  outcome: string | null;
  go: (to: Destination) => void;
  close: () => void;
}

/** Asks for the line to go to. */
export function GoToBar({ outcome, go, close }: GoToBarProps) {
  const [text, setText] = useState('');
  const input = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => input.current?.focus(), []);
  const destination = destinationOf(text);
  const isWrong = text.trim() !== '' && destination === null;
  return (
    <form
      class="bar go-to"
      aria-label="Go to line"
      onSubmit={event => {
        event.preventDefault();
        if (destination) go(destination);
      }}
    >
      <input
        type="text"
        ref={input}
        class={isWrong ? 'text-input invalid' : 'text-input'}
        value={text}
        maxLength={30}
        spellcheck={false}
        autocomplete="off"
        placeholder="Line, or 50%"
        aria-label="Line to go to, or a share of the log as 50%"
        aria-invalid={isWrong}
        aria-describedby="go-to-outcome"
        onInput={event => setText(event.currentTarget.value)}
      />
      <span class="outcome" id="go-to-outcome" role="status">
        {isWrong ? 'Type a line number, or a share such as 50%.' : (outcome ?? '')}
      </span>
      <Action icon="close" label="Close (Escape)" onClick={close} />
    </form>
  );
}
