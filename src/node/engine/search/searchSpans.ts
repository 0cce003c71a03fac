import { blockSize } from '../../../common/index/segment';
import type { Span } from '../../../common/index/sourceIndex';
import type { RecordReader } from '../../../common/profile/recordReader';
import { openSource } from '../../sources/openSource';
import { blockChecksum } from '../index/blockChecksum';
import type { SearchHit, SearchSpansJob, SpansFound } from '../scan/scanJobs';
import { RangeSearch } from './searchRange';

/** A block does not hold what was indexed: the source was rewritten. */
class StaleIndexError extends Error {
  override readonly name = 'StaleIndexError';
}

/**
 * Searches those blocks of a source where its index says that a needle may stand, as `searchRange` does; lines are
 * counted from the source's beginning. Every block is compared with what was indexed.
 * @throws AbortError, or an error of the file system
 */
export function searchSpans(job: SearchSpansJob, reader: RecordReader): SpansFound {
  const hits: SearchHit[] = [];
  const source = openSource(job.source);
  try {
    const search = new RangeSearch(job, source, reader, part => hits.push(...part.hits));
    for (const span of job.spans) {
      search.read(span.from, span.to, span.newlinesBefore, (bytes, at) => checkBlocks(span, bytes, at));
    }
    return source.shrunk ? null : { end: search.end(0), hits };
  } catch (error) {
    if (error instanceof StaleIndexError) return null;
    throw error;
  } finally {
    source.close();
  }
}

/** @param bytes those at offset `at`, which is the beginning of a block as long as there are blocks. @throws StaleIndexError */
export function checkBlocks({ from, blocksTo, checksums }: Span, bytes: Uint8Array, at: number): void {
  const end = Math.min(blocksTo, at + Math.max(bytes.length, 1));
  for (let block = at; block < end; block += blockSize) {
    const length = Math.min(blockSize, blocksTo - block);
    const found = bytes.subarray(block - at, block - at + length);
    const is = found.length === length && blockChecksum(found) === checksums[(block - from) / blockSize];
    if (!is) throw new StaleIndexError();
  }
}
