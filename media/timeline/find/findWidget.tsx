import { queryHint } from '../../../src/common/query/queryHint';
import { visibleText } from '../../../src/common/timeline/visibleText';
import { Action } from '../../page/action';
import { FindInput } from '../../page/findInput';
import { counted, formatCount } from '../../page/format';
import { focusActiveRow } from '../../page/rowFocus';
import type { Find } from './find';

const example = 'For example: status = failed and duration > 1s';
const help = `Any text, or a query: service = Worker1, error, not status = ok. ${example}`;

/** Looks like VS Code's own find, but takes its place above the rows: it covers none. */
export function FindWidget({ find }: { find: Find }) {
  const { text, found, hide, setText, toggleHide, close, next, nextLandmark } = find;
  const problem = found?.problem ?? null;
  const none = found !== null && found.hits.length === 0;
  const hint = problem === null ? hintOf(find) : null;
  return (
    <search class="find" aria-label="Find in timeline">
      <div class="find-box">
        <FindInput
          text={text}
          none={none}
          invalid={problem !== null}
          label="Find steps by text or a query"
          title={help}
          describedBy="find-count find-hint"
          setText={setText}
          next={next}
          leave={focusActiveRow}
        />
        <span class={none ? 'find-count error-text' : 'find-count'} id="find-count" role="status">
          {countText(find)}
        </span>
        <Action icon="previous" label="Previous Match (Shift+Enter)" onClick={() => next(true)} />
        <Action icon="next" label="Next Match (Enter)" onClick={() => next(false)} />
        <Action icon="filter" label="Hide What Does Not Match" pressed={hide} onClick={toggleHide} />
        <span class="find-divider" />
        <Action icon="error" label="Next Error (E)" onClick={({ shiftKey }) => nextLandmark('error', shiftKey)} />
        <Action
          icon="path"
          label="Next on Critical Path (P)"
          onClick={({ shiftKey }) => nextLandmark('path', shiftKey)}
        />
        <Action icon="close" label="Close (Escape)" onClick={close} />
        {problem !== null && (
          <div class="find-problem" id="find-hint" role="alert">
            <p>{visibleText(problem)}</p>
            <p>{example}</p>
          </div>
        )}
      </div>
      {hint !== null && (
        <p class="find-hint" id="find-hint" role="status">
          {hint}
        </p>
      )}
    </search>
  );
}

/** As VS Code counts: "3 of 17", "? of 17" where no hit is selected. */
function countText({ text, found, current }: Find): string {
  if (text.trim() === '' || found === null || found.problem !== null) return '';
  const count = found.hits.length;
  if (count === 0) return 'No results';
  return `${current === null ? '?' : formatCount(current + 1)} of ${formatCount(count)}`;
}

/** What is to be known of what was found; else what may stand where one types. */
function hintOf({ found, text }: Find): string | null {
  const left =
    found !== null && found.left > 0
      ? ` ${counted(found.left, 'text was', 'texts were')} not compared: there are too many.`
      : '';
  if (found?.similar) return `No step holds this text. These are similar.${left}`;
  if (left !== '') return left.trim();
  return text.trim() === '' ? null : queryHint(text);
}
