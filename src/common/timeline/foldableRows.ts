import { nothingUsed } from '../model/usedTokens';
import { plumbingRuns, type RowRun } from './agentLens';
import { type Arrangement, entryKinds, openedFor, type ShownEntries, shownEntries } from './arrangement';
import { rowFold } from './rowFold';
import { type RowTree, rowTree } from './rowTree';
import type { TimelineRow } from './timelineRow';

/** The list of shown rows, and the arrangement that it is of: what had to be opened is open in it. */
export interface Arranged extends ShownEntries {
  arrangement: Arrangement;
}

/** Most links of a folded entry: more cannot be told apart. */
const mostLinks = 100;

/** The rows of a trace, to be shown as a reader has arranged them. Every method takes time by what it is asked for. */
export class FoldableRows {
  private readonly tree: RowTree;
  private readonly runs: readonly RowRun[];
  private readonly rows: readonly TimelineRow[];

  constructor(rows: readonly TimelineRow[]) {
    this.rows = rows;
    this.tree = rowTree(rows.map(({ depth }) => depth));
    this.runs = plumbingRuns(rows, this.tree);
  }

  /** @param show a row that is to be seen, whatever hides it; `null`: none */
  arrange(arrangement: Arrangement, show: number | null): Arranged {
    const { tree, runs } = this;
    const depthOf = (row: number) => this.rows[row]!.depth;
    const keyOf = (row: number) => this.rows[row]!.key;
    const foldable = { tree, runs, depthOf, keyOf };
    const wanted = show === null ? arrangement : openedFor(foldable, arrangement, show);
    return { ...shownEntries(foldable, wanted), arrangement: wanted };
  }

  /** Rows for some entries of a list; what is beyond the end of the trace is left out. */
  pick({ starts, ends, kinds }: ShownEntries): TimelineRow[] {
    return [...starts].flatMap((start, place) => {
      const row = this.rows[start];
      const end = ends[place] ?? start;
      if (!row) return [];
      if (kinds[place] === entryKinds.run) return this.runRow(row, start, end);
      const shown = this.rowAt(row, start, end);
      return kinds[place] === entryKinds.inRun ? this.belowRun(shown, start) : shown;
    });
  }

  private rowAt(row: TimelineRow, start: number, end: number): TimelineRow {
    if (end <= start + 1) return row;
    const fold = rowFold('below', false, this.rows.slice(start + 1, end));
    return { ...row, fold, previous: this.linksInto(start, end) };
  }

  /** A row that hangs below the entry of its run instead of what the run hangs below. */
  private belowRun(row: TimelineRow, start: number): TimelineRow {
    const run = this.runAt(start);
    const deeper = { ...row, depth: row.depth + 1 };
    if (!run || row.parent !== this.rows[run.from]!.parent) return deeper;
    const before = this.rows[run.from]!.sibling - 1;
    return { ...deeper, sibling: row.sibling - before, siblings: this.lastOf(run).sibling - before };
  }

  /** The last row that stands side by side with the first one of a run. */
  private lastOf({ from, to }: RowRun): TimelineRow {
    let last = to - 1;
    while (this.tree.parent[last] !== this.tree.parent[from]) last = this.tree.parent[last]!;
    return this.rows[last]!;
  }

  /** O(log n) */
  private runAt(row: number): RowRun | null {
    let low = 0;
    let high = this.runs.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.runs[middle]!.from <= row) low = middle + 1;
      else high = middle;
    }
    const run = this.runs[low - 1];
    return run && row < run.to ? run : null;
  }

  private runRow(first: TimelineRow, start: number, shownEnd: number): TimelineRow {
    const open = shownEnd <= start;
    const end = open ? (this.runAt(start)?.to ?? start + 1) : shownEnd;
    const rows = this.rows.slice(start, end);
    const fold = rowFold('run', open, rows);
    const services = new Set(rows.map(({ service }) => service));
    return {
      ...first,
      number: fold.numbers,
      label: '',
      kind: 'plumbing',
      service: services.size === 1 ? first.service : null,
      host: null,
      startMs: fold.startMs,
      endMs: fold.endMs,
      entryMs: fold.startMs,
      durationMs: fold.busyMs,
      durationKind: fold.busyMs === null ? 'unknown' : 'observed',
      bound: null,
      waitMs: null,
      sincePreviousMs: null,
      clockOffsetMs: null,
      status: 'ok',
      attempts: 1,
      loop: null,
      records: rows.reduce((sum, { records }) => sum + records, 0),
      errors: fold.errors,
      tokens: null,
      cost: null,
      used: nothingUsed,
      marks: [],
      errorMarks: [],
      previous: open ? [] : this.linksInto(start, end),
      path: [],
      external: null,
      placeholder: false,
      below: rows.length,
      fold,
    };
  }

  /** The links of rows to others that are not among them. */
  private linksInto(from: number, to: number): TimelineRow['previous'] {
    const links = new Map<string, TimelineRow['previous'][number]>();
    for (const { previous } of this.rows.slice(from, to)) {
      for (const link of previous) {
        const isInside = link.row !== null && link.row >= from && link.row < to;
        if (!isInside && !links.has(link.key) && links.size < mostLinks) links.set(link.key, link);
      }
    }
    return [...links.values()];
  }
}
