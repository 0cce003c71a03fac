import type { TabledSource } from '../../../common/index/tablesFile';
import { isAnchored } from '../../../common/scan/framer';
import { hasRanges, type SourceRef } from '../../sources/byteSource';
import type { ProfiledSource, RangeTable } from '../scan/scanJobs';
import type { ListedSource } from './knownSummaries';
import { isHere, tailOf } from './sourceTail';

/** A range of a source, and what is in it once it is read. */
export interface TableRange {
  from: number;
  to: number;
  table: RangeTable | null;
}

const large = 32 * 1024 * 1024;
/** At the end of a source, where it may grow: the last range is read again then. */
const small = 4 * 1024 * 1024;
/** Tables are kept on disk again when the source has grown by this share: all of a file is written at a time. */
const worthSaving = 1 / 16;

interface Kept extends Pick<TabledSource, 'key' | 'made' | 'size' | 'tail'> {
  written: string | null;
  ranges: TableRange[];
  /** Bytes of the source whose tables are on disk. */
  saved: number;
}

/** What was read of sources, for as long as they are the same files, read in the same way; grown ones too. */
export class KeptRanges {
  /** Epoch seconds that the times of all of them are counted from; `null` before the first. */
  base: number | null = null;
  private readonly kept = new Map<string, Kept>();

  has(id: string): boolean {
    return this.kept.has(id);
  }

  /** The ranges of a source as it is now; those that are known have their tables. */
  of(profiled: ProfiledSource): TableRange[] {
    const { source } = profiled;
    const key = keyOf(profiled);
    const isGrowing = canGrow(profiled);
    const known = this.kept.get(source.id);
    const still = known && isStill(known, profiled) ? known : null;
    const before = still?.ranges ?? [];
    const ranges = isGrowing
      ? grownRanges(before, source.start, source.storedSize)
      : before.length > 0
        ? before
        : [{ from: 0, to: Number.POSITIVE_INFINITY, table: null }];
    const { storedSize: size, written } = source;
    // Before it is read: where it is rewritten meanwhile, that shows by the next look at it.
    const tail = still?.written === written ? still.tail : isGrowing && isHere(source) ? tailOf(source, size) : 0;
    const made = still?.made ?? written ?? '';
    this.kept.set(source.id, { key, made, written, size, tail, ranges, saved: still?.saved ?? 0 });
    return ranges;
  }

  listed(profiled: ProfiledSource): ListedSource {
    const { source } = profiled;
    const version = `${keyOf(profiled)}:${this.kept.get(source.id)?.made}`;
    return { id: source.id, version, isLasting: isHere(source) };
  }

  /** What is to be kept on disk of a source; `null` where all of it is, or nothing can be. */
  toSave({
    source,
  }: ProfiledSource): { source: Omit<TabledSource, 'builder' | 'sample'>; ranges: TableRange[] } | null {
    const kept = this.kept.get(source.id);
    if (!kept || kept.written === null || kept.tail < 0 || this.base === null || !isHere(source)) return null;
    const { key, made, written, size, tail, ranges, saved } = kept;
    if (size === saved || (size - saved) / size < worthSaving) return null;
    // What is damaged or cut has something to tell each time that it is read.
    if (!ranges.every(({ table }) => table?.note === null)) return null;
    kept.saved = size;
    return { source: { id: source.id, key, made, size, written, tail, base: this.base }, ranges: [...ranges] };
  }

  /** Whether what was kept of a source is still true of it. */
  isGood(stored: TabledSource, profiled: ProfiledSource): boolean {
    return stored.base === this.base && isHere(profiled.source) && isStill(stored, profiled);
  }

  /** Takes what was kept on disk of a source. */
  take({ id, key, made, size, written, tail }: TabledSource, ranges: TableRange[]): void {
    if (!this.kept.has(id)) this.kept.set(id, { key, made, size, written, tail, ranges, saved: size });
  }

  /** Forgets all sources but these. */
  keepOnly(ids: ReadonlySet<string>): void {
    for (const id of this.kept.keys()) if (!ids.has(id)) this.kept.delete(id);
  }

  /** A source was not what it seemed while it was read. */
  forget({ source }: ProfiledSource): void {
    this.kept.delete(source.id);
  }
}

function keyOf(profiled: ProfiledSource): string {
  const { source, profile } = profiled;
  const isGrowing = canGrow(profiled) || source.kind === 'text';
  const state = isGrowing ? [null, null] : [source.storedSize, source.modified];
  return JSON.stringify([source.identity, source.start, ...state, profile], sorted);
}

/** A profile that comes from disk has its fields in another order. */
const sorted = (_: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;

/** Whether what is read of it stays true while it grows. */
const canGrow = ({ source, profile }: ProfiledSource): boolean => hasRanges(source) && isAnchored(profile);

/** Whether a source is as it was, or has only grown. */
function isStill(known: Pick<Kept, 'key' | 'size' | 'written' | 'tail'>, profiled: ProfiledSource): boolean {
  const { source } = profiled;
  if (known.key !== keyOf(profiled)) return false;
  // Of what is far away or in an editor its key is all that can be told.
  if (!isHere(source) || known.written === source.written) return true;
  return canGrow(profiled) && hasGrown(known, source);
}

/** A source that grew still ends, as far as it was read, with the same bytes. */
const hasGrown = ({ size, tail }: Pick<Kept, 'size' | 'tail'>, source: SourceRef): boolean =>
  source.storedSize > size && tail >= 0 && tailOf(source, size) === tail;

/** What is known of a source that may have grown, and the ranges of what is new; its last record may go on. */
function grownRanges(known: readonly TableRange[], start: number, size: number): TableRange[] {
  const last = known.at(-1);
  if (last && last.to === size && known.every(({ table }) => table !== null)) return [...known];
  const ranges = last && last.to <= size ? known.slice(0, -1).filter(({ table }) => table !== null) : [];
  let from = start;
  for (const [index, range] of ranges.entries()) {
    if (range.from !== from) {
      ranges.length = index;
      break;
    }
    from = range.to;
  }
  while (from < size) {
    const length = size - from > large ? large : small;
    const to = Math.min(from - (from % length) + length, size);
    ranges.push({ from, to, table: null });
    from = to;
  }
  return ranges;
}
