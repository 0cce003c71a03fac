import type { RowRun } from './agentLens';
import type { RowTree } from './rowTree';

/** What a reader has folded. Steps go by their keys: rows move as a trace grows. */
export interface Arrangement {
  /** Runs of plumbing are folded. */
  lens: boolean;
  /** Rows of this depth and deeper hide what hangs below them; `null`: none does. */
  level: number | null;
  /** Rows that hide it whatever the level, and rows that do not. */
  closed: readonly string[];
  opened: readonly string[];
  /** First steps of the runs of plumbing that are open all the same. */
  openRuns: readonly string[];
}

export const allShown: Arrangement = { lens: false, level: null, closed: [], opened: [], openRuns: [] };

/** What one entry of the list of shown rows is. */
export const entryKinds = {
  /** A row; where more than one row is behind it, those below it are hidden. */
  row: 0,
  /** A run of plumbing, which is no row of the trace's. */
  run: 1,
  /** A row of a run that is open: it hangs below the run's entry. */
  inRun: 2,
} as const;

/**
 * The list of what is shown. Entry `i` stands for the rows `starts[i]` up to and without `ends[i]`: of each row exactly one
 * entry, so nothing is lost. An open run's entry stands for none: its rows have their own, behind it.
 */
export interface ShownEntries {
  starts: Uint32Array;
  ends: Uint32Array;
  kinds: Uint8Array;
}

interface Foldable {
  tree: RowTree;
  runs: readonly RowRun[];
  depthOf: (row: number) => number;
  keyOf: (row: number) => string;
}

/** What is shown by an arrangement. Linear. */
export function shownEntries({ tree, runs, depthOf, keyOf }: Foldable, arrangement: Arrangement): ShownEntries {
  const { lens, level } = arrangement;
  const [starts, ends, kinds]: [number[], number[], number[]] = [[], [], []];
  const add = (kind: number, start: number, end: number) => {
    starts.push(start);
    ends.push(end);
    kinds.push(kind);
  };
  const closed = new Set(arrangement.closed);
  const opened = new Set(arrangement.opened);
  const openRuns = new Set(arrangement.openRuns);
  const isClosed = (row: number) => {
    const key = keyOf(row);
    return closed.has(key) || (level !== null && depthOf(row) >= level && !opened.has(key));
  };
  const folded = lens ? runs : [];
  let next = 0;
  let openEnd = 0;
  for (let row = 0; row < tree.end.length; ) {
    // A row above that is closed hides the runs below it, too.
    while (next < folded.length && folded[next]!.from < row) next++;
    const run = folded[next];
    if (run?.from === row) {
      next++;
      const isOpen = openRuns.has(keyOf(row));
      add(entryKinds.run, row, isOpen ? row : run.to);
      if (!isOpen) {
        row = run.to;
        continue;
      }
      openEnd = run.to;
    }
    const below = tree.end[row]!;
    const end = below > row + 1 && isClosed(row) ? below : row + 1;
    add(row < openEnd ? entryKinds.inRun : entryKinds.row, row, end);
    row = end;
  }
  return { starts: Uint32Array.from(starts), ends: Uint32Array.from(ends), kinds: Uint8Array.from(kinds) };
}

/** The arrangement with as much opened as a row needs to be shown. */
export function openedFor(
  { tree, runs, depthOf, keyOf }: Foldable,
  arrangement: Arrangement,
  shown: number,
): Arrangement {
  const closed = new Set(arrangement.closed);
  const opened = new Set(arrangement.opened);
  for (let row = tree.parent[shown] ?? -1; row >= 0; row = tree.parent[row]!) {
    const key = keyOf(row);
    closed.delete(key);
    if (arrangement.level !== null && depthOf(row) >= arrangement.level) opened.add(key);
  }
  const run = arrangement.lens ? runs.find(({ from, to }) => from <= shown && shown < to) : undefined;
  const openRuns = new Set(arrangement.openRuns);
  if (run) openRuns.add(keyOf(run.from));
  return { ...arrangement, closed: [...closed], opened: [...opened], openRuns: [...openRuns] };
}

/** Place of the entry that stands for a row; `null` where none does. O(log n) */
export function entryOf({ starts, ends }: ShownEntries, row: number): number | null {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (starts[middle]! <= row) low = middle + 1;
    else high = middle;
  }
  // Of an open run and its first row, which begin together, the row comes last.
  const place = low - 1;
  return place >= 0 && row < ends[place]! ? place : null;
}

/** Whether a row has an entry of its own. */
export function isShown(entries: ShownEntries, row: number): boolean {
  const place = entryOf(entries, row);
  return place !== null && entries.starts[place] === row && entries.kinds[place] !== entryKinds.run;
}

/** Place of the entry of the run of plumbing that begins with a row, open or closed. */
export function runEntryOf({ starts, kinds }: ShownEntries, row: number): number | null {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (starts[middle]! < row) low = middle + 1;
    else high = middle;
  }
  return starts[low] === row && kinds[low] === entryKinds.run ? low : null;
}
