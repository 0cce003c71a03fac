import type { TimelineRow } from '../../../src/common/timeline/timelineRow';

interface ListedTree {
  at(place: number): TimelineRow | undefined;
  /** Place of a row by its index. */
  placeOf(row: number): number | null;
  /** Whether the entry at a place hangs below that of an open run of plumbing. */
  isInRun(place: number): boolean;
}

/** Whether what a row stands for besides itself is shown; `null` where there is nothing to fold. */
export const isExpanded = ({ fold, below }: TimelineRow): boolean | null => fold?.open ?? (below > 0 ? true : null);

/** Whether a key opens or closes a row, as in every tree of VS Code. */
export function foldsBy(key: string, row: TimelineRow): boolean {
  const expanded = isExpanded(row);
  if (key === 'ArrowRight') return expanded === false;
  if (key === 'ArrowLeft') return expanded === true;
  return key === 'Enter' && row.fold?.kind === 'run';
}

/** Where a key leads that changes the level: → to the first row below, ← to the row that it hangs on. */
export function levelTarget(key: string, from: number, tree: ListedTree): number | null {
  if (key === 'ArrowRight') return firstBelow(from, tree);
  return key === 'ArrowLeft' ? parent(from, tree) : null;
}

function firstBelow(from: number, { at }: ListedTree): number {
  const depth = at(from)?.depth;
  const next = at(from + 1)?.depth;
  return depth !== undefined && next !== undefined && next > depth ? from + 1 : from;
}

function parent(from: number, { at, placeOf, isInRun }: ListedTree): number {
  const row = at(from);
  if (!row) return from;
  const above = row.parent === null ? null : placeOf(row.parent);
  // The rows of a run hang below its entry, unless they hang below one another.
  if (!isInRun(from) || (above !== null && isInRun(above))) return above ?? from;
  let place = from;
  while (isInRun(place)) place--;
  return place;
}
