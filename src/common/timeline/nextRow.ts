import type { TimelineRow } from './timelineRow';

/** Rows that one wants to go through: with errors, or on the critical path. */
export type Landmark = 'error' | 'path';

const is: Record<Landmark, (row: TimelineRow) => boolean> = {
  error: ({ status, errors }) => status === 'failed' || errors > 0,
  path: ({ path }) => path.some(({ startMs, endMs }) => endMs > startMs),
};

/**
 * Index of the next such row after a row, or before it; from the other end again where there is none. `from`: `null` for
 * none yet. `null` where no other row is one.
 */
export function nextRow(
  rows: readonly TimelineRow[],
  from: number | null,
  landmark: Landmark,
  backwards: boolean,
): number | null {
  const count = rows.length;
  const start = from ?? (backwards ? count : -1);
  for (let away = 1; away <= count; away++) {
    const index = (((start + (backwards ? -away : away)) % count) + count) % count;
    if (is[landmark](rows[index]!)) return index;
  }
  return null;
}
