import type { TimelineRow } from '../../src/common/timeline/timelineRow';
import type { RowWindows } from '../page/rowWindows';

type Rows = Pick<RowWindows<TimelineRow>, 'at'>;

/** Where a key leads that changes the level: → to the first branch below a row, ← to the row that it hangs on. */
export function levelTarget(key: string, from: number, rows: Rows): number | null {
  if (key === 'ArrowRight') return firstBranch(from, rows);
  return key === 'ArrowLeft' ? parent(from, rows) : null;
}

function firstBranch(from: number, rows: Rows): number {
  const depth = rows.at(from)?.depth;
  const next = rows.at(from + 1)?.depth;
  return depth !== undefined && next !== undefined && next > depth ? from + 1 : from;
}

/** The nearest row above with less depth, as far back as rows are at hand. */
function parent(from: number, rows: Rows): number {
  const depth = rows.at(from)?.depth ?? 0;
  if (depth === 0) return from;
  for (let index = from - 1; index >= 0; index--) {
    const row = rows.at(index);
    if (!row) return from;
    if (row.depth < depth) return index;
  }
  return from;
}
