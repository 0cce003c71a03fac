import { ownStretches, stretchesBefore } from './rowStretches';
import type { TimelineRow } from './timelineRow';

/** What is drawn of steps, in the order in which a legend has it. */
export const signs = [
  'work',
  'failed',
  'inferred',
  'running',
  'openEnd',
  'start',
  'instant',
  'wait',
  'idle',
  'earlier',
  'elapsed',
  'moved',
  'lines',
  'errors',
  'path',
  'pathWait',
  'stated',
  'joined',
  'linkInferred',
] as const;
export type Sign = (typeof signs)[number];

/** The signs that the rows of a trace are drawn with. */
export function drawnSigns(rows: readonly TimelineRow[]): Sign[] {
  const drawn = new Set<Sign>();
  for (const row of rows) {
    const own = ownStretches(row, Number.POSITIVE_INFINITY);
    for (const { kind } of stretchesBefore(row)) drawn.add(kind);
    for (const { kind, open } of own) {
      drawn.add(kind);
      if (kind === 'work' && open) drawn.add('openEnd');
    }
    if (row.status === 'failed' && own.length > 0) drawn.add('failed');
    if (row.clockOffsetMs !== null && own.length > 0) drawn.add('moved');
    if (row.marks.length > 0) drawn.add('lines');
    if (row.errorMarks.length > 0) drawn.add('errors');
    for (const { kind, startMs, endMs } of row.path)
      if (endMs > startMs) drawn.add(kind === 'run' ? 'path' : 'pathWait');
    for (const { row: from, meaning, evidence } of row.previous) {
      if (meaning === 'follows' && from !== null && isTimed(row) && isTimed(rows[from]))
        drawn.add(evidence === 'inferred' ? 'linkInferred' : evidence);
    }
  }
  return signs.filter(sign => drawn.has(sign));
}

const isTimed = (row: TimelineRow | undefined): boolean =>
  row !== undefined && (row.startMs !== null || row.endMs !== null);
