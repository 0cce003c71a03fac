import { isBlank, lengthOfBom, withoutReturn } from './lines';
import type { RecordRule } from './recordRule';

/** What is known of a window's borders: a record that touches a border which is not the file's may go on beyond it. */
export interface WindowBorders {
  startsAtFileStart: boolean;
  endsAtFileEnd: boolean;
}

const newline = 0x0a;

/**
 * Finds the record that holds offset `at` of the window `bytes`, by the same rule as `RecordFramer`: its `start` and
 * `end` in the window, without BOM, final line break and trailing blank lines. `'before'` or `'after'` where the window
 * must grow in that direction before this can be said: the caller sets the limit. A line break or blank line belongs to
 * the record before it; blank lines before the first record are an empty range.
 */
export function recordAround(
  bytes: Uint8Array,
  at: number,
  rule: RecordRule,
  borders: WindowBorders,
): { start: number; end: number } | 'before' | 'after' {
  const { startsAtFileStart, endsAtFileEnd } = borders;
  const firstLine = lineStart(bytes, at);
  if (bytes.indexOf(newline, at) < 0 && !endsAtFileEnd) return 'after';

  const looksBack = rule.leavesOpen !== undefined || rule.streamOf !== undefined;
  let first: Line | null = null;
  let line = textLineAt(bytes, firstLine, borders);
  while (line !== null) {
    if (line === 'before') return 'before';
    first = line;
    if (!looksBack && begins(bytes, line, null, rule)) break;
    const before = textLineAt(bytes, line.lineStart - 1, borders);
    if (before === 'before') return 'before';
    if (looksBack && begins(bytes, line, before, rule)) break;
    line = before;
  }

  const fileStart = startsAtFileStart ? lengthOfBom(bytes) : 0;
  let end = first?.end ?? Math.max(firstLine, fileStart);
  let last = first;
  for (let next = lineAfter(bytes, first?.lineStart ?? firstLine); next < bytes.length; next = lineAfter(bytes, next)) {
    if (bytes.indexOf(newline, next) < 0 && !endsAtFileEnd) return 'after';
    const line = { lineStart: next, start: next, end: textEnd(bytes, next) };
    if (isBlank(bytes, line.start, line.end)) continue;
    if (last === null || begins(bytes, line, last, rule)) return { start: first?.start ?? end, end };
    last = line;
    end = line.end;
  }
  return endsAtFileEnd ? { start: first?.start ?? end, end } : 'after';
}

/** A line of a window; its text `[start, end)` is without BOM and line break. */
interface Line {
  lineStart: number;
  start: number;
  end: number;
}

/** Whether a record begins at a line, `before` being the one before it that is not blank. */
function begins(bytes: Uint8Array, line: Line, before: Line | null, rule: RecordRule): boolean {
  const { startsRecord, leavesOpen, streamOf } = rule;
  if (before && streamOf && streamOf(bytes, line.start, line.end) !== streamOf(bytes, before.start, before.end))
    return true;
  return startsRecord(bytes, line.start, line.end) && !(before && leavesOpen?.(bytes, before.start, before.end));
}

/** The line that holds offset `at`, or the next one before it that is not blank; `null` where there is none. */
function textLineAt(bytes: Uint8Array, at: number, { startsAtFileStart }: WindowBorders): Line | null | 'before' {
  for (let place = at; place >= 0; ) {
    const start = lineStart(bytes, place);
    if (start === 0 && !startsAtFileStart) return 'before';
    const from = start === 0 ? lengthOfBom(bytes) : start;
    const end = textEnd(bytes, from);
    if (!isBlank(bytes, from, end)) return { lineStart: start, start: from, end };
    place = start - 1;
  }
  return null;
}

const lineStart = (bytes: Uint8Array, at: number): number => (at > 0 ? bytes.lastIndexOf(newline, at - 1) + 1 : 0);

function lineAfter(bytes: Uint8Array, at: number): number {
  const end = bytes.indexOf(newline, at);
  return end < 0 ? bytes.length : end + 1;
}

/** End of the text of the line at `start`; only a carriage return before a line feed is part of the break. */
function textEnd(bytes: Uint8Array, start: number): number {
  const end = bytes.indexOf(newline, start);
  return end < 0 ? bytes.length : withoutReturn(bytes, start, end);
}
