import type { SourceIndex, Span } from '../../../common/index/sourceIndex';
import { wordsOf } from '../../../common/scan/words';
import { hasRanges } from '../../sources/byteSource';
import { countsDigits, type Indexes } from '../index/indexes';
import { isDivisible, rangesOf } from '../scan/ranges';
import type { ProfiledSource, SourceRange } from '../scan/scanJobs';
import { needlesOf } from './needles';

/** Where a source is searched, by its index. */
export interface SearchPlan {
  index: SourceIndex;
  /** What of the index's part of the source can hold a needle. */
  spans: Span[];
  /** What came after it was indexed, and is searched without an index. */
  ranges: SourceRange[];
}

/**
 * What stands nearly everywhere is found as fast without an index, which tells the first records at once: from this share of
 * what is indexed on, and from this many bytes on.
 */
const everywhere = { share: 0.25, bytes: 8 * 2 ** 20 };

/**
 * Only those blocks of a source are searched that can hold a needle: what is found is what a search of all finds.
 * @returns `null` where all must be searched: without an index, or where a needle has no word to go by or stands
 *   nearly everywhere
 */
export function planSearch(
  profiled: ProfiledSource,
  needles: string[][],
  indexes: Indexes,
  workers: number,
): SearchPlan | null {
  const { source, profile } = profiled;
  // Its name alone may say what all of it belongs to.
  if (profile.sourceGroup) return null;
  const index = indexes.of(profiled);
  const rule = { digits: countsDigits(profile) };
  const spans = index?.spansOf(needlesOf({ needles, profile }).map(({ bytes }) => wordsOf(bytes, rule)));
  if (!index || !spans || isEverywhere(index, spans)) return null;
  if (isDivisible(profiled)) {
    const ranges = index.to < source.storedSize ? rangesOf(profiled, workers, index.to) : [];
    return { index, spans, ranges };
  }
  // Of what can only be read from its beginning the index tells whether it must be read at all.
  const isAll = !hasRanges(source) || index.to === source.storedSize;
  return isAll && spans.length === 0 ? { index, spans, ranges: [] } : null;
}

function isEverywhere({ from, to }: SourceIndex, spans: readonly Span[]): boolean {
  const bytes = spans.reduce((sum, span) => sum + span.to - span.from, 0);
  return bytes > Math.max(everywhere.bytes, everywhere.share * (to - from));
}
