import { isSearchable } from '../../../common/scan/framer';
import { hasRanges } from '../../sources/byteSource';
import type { ProfiledSource, SourceRange } from './scanJobs';

/** Ranges begin at multiples of this, so that chunks stand at pages of the file. */
const unit = 1024 * 1024;
const mostUnits = 16;

/** Whether a source can be read from any place, and its records be found there. */
export const isDivisible = ({ source, profile }: ProfiledSource): boolean => hasRanges(source) && isSearchable(profile);

/**
 * Cuts a source into the ranges that workers take one by one: small enough that all workers end together and a cancel
 * is soon heard, large enough that handing them out costs nothing.
 * @param start where to begin; left out: at the source's beginning
 */
export function rangesOf(profiled: ProfiledSource, workers: number, start = profiled.source.start): SourceRange[] {
  const { source, profile } = profiled;
  if (!isDivisible(profiled)) return [{ source, profile, from: 0, to: Number.POSITIVE_INFINITY }];
  const units = Math.ceil((source.storedSize - start) / unit / (4 * workers));
  const size = unit * Math.min(mostUnits, Math.max(1, units));
  const ranges: SourceRange[] = [];
  for (let from = start; from < source.storedSize; ) {
    // Behind a hole the first one is shorter: the others begin at pages again.
    const to = Math.min(from - (from % unit) + size, source.storedSize);
    ranges.push({ source, profile, from, to });
    from = to;
  }
  return ranges;
}

/** Line numbers of a source from what its ranges count, as far as the ranges before are done. */
export class LineCounter {
  private readonly newlines: (number | null)[];

  constructor(ranges: number) {
    this.newlines = new Array<number | null>(ranges).fill(null);
  }

  done(range: number, newlines: number): void {
    this.newlines[range] = newlines;
  }

  /** Lines before a range; `null` until all ranges before it are done. */
  before(range: number): number | null {
    let lines = 0;
    for (const count of this.newlines.slice(0, range)) {
      if (count === null) return null;
      lines += count;
    }
    return lines;
  }

  /** Line breaks of the whole source, `null` until all of it is counted. */
  get total(): number | null {
    return this.before(this.newlines.length);
  }
}
