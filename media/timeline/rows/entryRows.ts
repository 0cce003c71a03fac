import { entryKinds, entryOf, type ShownEntries } from '../../../src/common/timeline/arrangement';
import type { TimelineRow } from '../../../src/common/timeline/timelineRow';
import type { RowRange, RowWindows } from '../../page/rowWindows';

/** Rows by their place in a list. */
export interface ListedRows {
  at(place: number): TimelineRow | undefined;
  want(ranges: readonly RowRange[]): void;
}

interface EntryRowsParts {
  entries: ShownEntries;
  /** The rows of the entries, by their place. */
  windows: RowWindows<TimelineRow>;
  /** All rows, by their index. */
  all: RowWindows<TimelineRow>;
  /** The list that this one takes the place of. */
  before: EntryRows | null;
}

/** The rows of a list that does not show all. What was there before, and still is, stands until it has come anew. */
export class EntryRows implements ListedRows {
  private readonly parts: EntryRowsParts;
  /** By the row as it came. */
  private readonly linked = new WeakMap<TimelineRow, TimelineRow>();

  constructor(parts: EntryRowsParts) {
    this.parts = parts;
    // Only the list just before: else each would keep all that were before it.
    if (parts.before) parts.before.parts.before = null;
  }

  at(place: number): TimelineRow | undefined {
    const row = this.cameFor(place);
    if (!row) return undefined;
    const known = this.linked.get(row) ?? this.withPlaces(row);
    this.linked.set(row, known);
    return known;
  }

  want(ranges: readonly RowRange[]): void {
    this.parts.windows.want(ranges);
  }

  private cameFor(place: number): TimelineRow | undefined {
    const { entries, windows, all, before } = this.parts;
    const [start, end, kind] = [entries.starts[place], entries.ends[place], entries.kinds[place]];
    const own = windows.at(place);
    if (own || start === undefined) return own;
    if (kind === entryKinds.row && end === start + 1) {
      const row = all.at(start);
      if (row) return row;
    }
    const then = before?.placeOf(start, end, kind) ?? null;
    return then === null ? undefined : before?.parts.windows.at(then);
  }

  /** The place of the same entry in this list. */
  private placeOf(start: number, end: number | undefined, kind: number | undefined): number | null {
    const { starts, ends, kinds } = this.parts.entries;
    const place = entryOf(this.parts.entries, start);
    return place !== null && starts[place] === start && ends[place] === end && kinds[place] === kind ? place : null;
  }

  /** A row that leads to its previous ones where they, or what hides them, stand in the list. */
  private withPlaces(row: TimelineRow): TimelineRow {
    const { entries } = this.parts;
    const placed = (index: number | null) => (index === null ? null : entryOf(entries, index));
    return { ...row, previous: row.previous.map(previous => ({ ...previous, row: placed(previous.row) })) };
  }
}
