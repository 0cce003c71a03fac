import type { RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { parseQuery, QueryError } from '../../src/common/query/query';
import { visibleText } from '../../src/common/timeline/visibleText';
import { Action } from '../page/action';
import { focusActiveRow } from '../page/rowFocus';

/** Who types is not done yet: neither lists nor errors for every character. */
const restMs = 250;

interface QueryBoxProps {
  /** What is asked for by now; the box follows when something else than typing changed it. */
  filter: string;
  input: RefObject<HTMLInputElement | null>;
  ask: (filter: string) => void;
}

/** The box for the query grammar. What is wrong with a query stands below it; the list stays as it was. */
export function QueryBox({ filter, input, ask }: QueryBoxProps) {
  const [text, setText] = useState(filter);
  const [problem, setProblem] = useState<string | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  /** What this box has asked for: its coming back is no news. */
  const asked = useRef(filter);

  useEffect(() => {
    if (filter === asked.current) return;
    asked.current = filter;
    clearTimeout(timer.current);
    setText(filter);
    setProblem(null);
  }, [filter]);

  const submit = (value: string) => {
    clearTimeout(timer.current);
    const wrong = problemOf(value);
    setProblem(wrong);
    if (wrong !== null || value === asked.current) return;
    asked.current = value;
    ask(value);
  };
  const change = (value: string) => {
    setText(value);
    if (problemOf(value) === null) setProblem(null);
    clearTimeout(timer.current);
    timer.current = setTimeout(submit, restMs, value);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') submit(text);
    else if (event.key === 'ArrowDown') focusActiveRow();
    else if (event.key === 'Escape' && text !== '') {
      setText('');
      submit('');
    } else return;
    event.preventDefault();
  };

  return (
    <search class="query">
      <div class={problem === null ? 'query-box' : 'query-box invalid'}>
        <input
          type="text"
          ref={input}
          value={text}
          spellcheck={false}
          autocomplete="off"
          placeholder="Filter traces"
          title={help}
          aria-label="Filter traces by a query or any text"
          aria-invalid={problem !== null}
          aria-describedby={problem === null ? undefined : 'query-problem'}
          onInput={event => change(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        {text !== '' && (
          <Action
            icon="close"
            label="Clear Filter"
            onClick={() => {
              setText('');
              submit('');
              input.current?.focus();
            }}
          />
        )}
      </div>
      {problem !== null && (
        <div class="query-problem" id="query-problem" role="alert">
          <p>{visibleText(problem)}</p>
          <p>For example: {examples}</p>
        </div>
      )}
    </search>
  );
}

const examples = 'status = failed and duration > 1s';
const help = `Any text, or a query: ${examples}, user = u-42, service ~ work, not error`;

function problemOf(text: string): string | null {
  try {
    parseQuery(text);
    return null;
  } catch (error) {
    return error instanceof QueryError ? error.message : 'This query cannot be read.';
  }
}
