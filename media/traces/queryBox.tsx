import type { RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { parseQuery, QueryError } from '../../src/common/query/query';
import { fieldNames } from '../../src/common/query/queryFields';
import { mayBeCompleted, queryHint } from '../../src/common/query/queryHint';
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
  const [isFocused, setFocused] = useState(false);
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

  const submit = (value: string, typing = false) => {
    clearTimeout(timer.current);
    const wrong = problemOf(value);
    // Who is still typing has done nothing wrong yet.
    setProblem(typing && wrong?.isUnfinished ? null : (wrong?.message ?? null));
    if (wrong !== null || value === asked.current) return;
    asked.current = value;
    ask(value);
  };
  const change = (value: string) => {
    setText(value);
    if (problemOf(value) === null) setProblem(null);
    clearTimeout(timer.current);
    timer.current = setTimeout(submit, restMs, value, true);
  };

  const hint = isFocused && problem === null ? queryHint(text) : null;

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
          placeholder="Filter: ID, service, user … or a query"
          title={help}
          aria-label="Filter traces by a part of an ID, a service or a user, or by a query"
          aria-invalid={problem !== null}
          aria-describedby={problem !== null ? 'query-problem' : hint !== null ? 'query-hint' : undefined}
          onFocus={() => setFocused(true)}
          onBlur={() => setFocused(false)}
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
      {hint !== null && (
        <p class="query-hint" id="query-hint">
          {hint}
        </p>
      )}
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
const help = [
  'Searches IDs, services, users, sessions, entities, organisations and outcomes, and names where none of these holds it; not the text of log lines.',
  `Or a query: ${examples}, user = u-42, service ~ work, not error`,
  `Fields: ${fieldNames.join(', ')}`,
].join('\n');

function problemOf(text: string): { message: string; isUnfinished: boolean } | null {
  try {
    parseQuery(text);
    return null;
  } catch (error) {
    if (!(error instanceof QueryError)) return { message: 'This query cannot be read.', isUnfinished: false };
    return { message: error.message, isUnfinished: mayBeCompleted(text, error) };
  }
}
