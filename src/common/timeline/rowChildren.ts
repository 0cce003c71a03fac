import type { TimelineRow } from './timelineRow';

/** A stretch of the rows that hang directly below a row, each with its index in the timeline. */
export interface RowChildren {
  /** How many hang there altogether. */
  total: number;
  rows: { index: number; row: TimelineRow }[];
}

/**
 * @param parent index of a row; `null`: the rows that hang below none
 * @param from number of the first child that is wanted, from 0, up to and without `to`
 */
export function rowChildren(
  rows: readonly TimelineRow[],
  parent: number | null,
  from: number,
  to: number,
): RowChildren {
  const children: RowChildren = { total: 0, rows: [] };
  const first = parent === null ? 0 : parent + 1;
  const end = parent === null ? rows.length : first + (rows[parent]?.below ?? 0);
  for (let index = first, child = 0; index < end && child < to; child++) {
    const row = rows[index];
    if (!row) break;
    children.total = row.siblings;
    if (child >= from) children.rows.push({ index, row });
    index += row.below + 1;
  }
  return children;
}
