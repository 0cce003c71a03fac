import { isBlank, lengthOfBom, withoutReturn } from './lines';
import type { StartsRecord } from './recordFramer';

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
  startsRecord: StartsRecord,
  { startsAtFileStart, endsAtFileEnd }: WindowBorders,
): { start: number; end: number } | 'before' | 'after' {
  const fileStart = startsAtFileStart ? lengthOfBom(bytes) : 0;
  const firstLine = lineStart(bytes, at);
  if (bytes.indexOf(newline, at) < 0 && !endsAtFileEnd) return 'after';

  let start = firstLine;
  let first: number | null = null;
  for (;;) {
    if (start === 0 && !startsAtFileStart) return 'before';
    const from = Math.max(start, fileStart);
    const end = textEnd(bytes, from);
    if (!isBlank(bytes, from, end)) {
      first = from;
      if (startsRecord(bytes, from, end)) break;
    }
    if (start === 0) break;
    start = lineStart(bytes, start - 1);
  }

  let end = first === null ? Math.max(firstLine, fileStart) : textEnd(bytes, first);
  for (let next = lineAfter(bytes, first ?? firstLine); next < bytes.length; next = lineAfter(bytes, next)) {
    if (bytes.indexOf(newline, next) < 0 && !endsAtFileEnd) return 'after';
    const nextEnd = textEnd(bytes, next);
    if (isBlank(bytes, next, nextEnd)) continue;
    if (first === null || startsRecord(bytes, next, nextEnd)) return { start: first ?? end, end };
    end = nextEnd;
  }
  return endsAtFileEnd ? { start: first ?? end, end } : 'after';
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
