import { isAnchored } from '../../../common/scan/framer';
import { hasRanges } from '../../sources/byteSource';
import type { ProfiledSource, RangeTable } from '../scan/scanJobs';

/** A range of a source, and what is in it once it is read. */
export interface TableRange {
  from: number;
  to: number;
  table: RangeTable | null;
}

const large = 32 * 1024 * 1024;
/** At the end of a source, where it may grow: the last range is read again then. */
const small = 4 * 1024 * 1024;

interface Kept {
  key: string;
  ranges: TableRange[];
}

/** What was read of sources, for as long as they are the same files, read in the same way; grown ones too. */
export class KeptRanges {
  /** Epoch seconds that the times of all of them are counted from; `null` before the first. */
  base: number | null = null;
  private readonly kept = new Map<string, Kept>();

  /** The ranges of a source as it is now; those that are known have their tables. */
  of(profiled: ProfiledSource): TableRange[] {
    const { source } = profiled;
    const key = this.versionOf(profiled);
    const isGrowing = canGrow(profiled);
    const known = this.kept.get(source.id);
    const before = known?.key === key ? known.ranges : [];
    const ranges = isGrowing
      ? grownRanges(before, source.start, source.storedSize)
      : before.length > 0
        ? before
        : [{ from: 0, to: Number.POSITIVE_INFINITY, table: null }];
    this.kept.set(source.id, { key, ranges });
    return ranges;
  }

  /** The same as long as what was read of a source is still there, where it was. */
  versionOf(profiled: ProfiledSource): string {
    const { source, profile } = profiled;
    const isGrowing = canGrow(profiled) || source.kind === 'text';
    const state = isGrowing ? [null, null] : [source.storedSize, source.modified];
    return JSON.stringify([source.identity, source.start, ...state, profile]);
  }

  /** Forgets all sources but these. */
  keepOnly(sources: readonly ProfiledSource[]): void {
    const ids = new Set<string>(sources.map(({ source }) => source.id));
    for (const id of this.kept.keys()) if (!ids.has(id)) this.kept.delete(id);
  }

  /** A source was not what it seemed while it was read. */
  forget({ source }: ProfiledSource): void {
    this.kept.delete(source.id);
  }
}

/** Whether what is read of it stays true while it grows. */
const canGrow = ({ source, profile }: ProfiledSource): boolean => hasRanges(source) && isAnchored(profile);

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
