import type { RecordReader } from '../../../common/profile/recordReader';
import { isSearchable } from '../../../common/scan/framer';
import { hasRanges } from '../../sources/byteSource';
import { openSource } from '../../sources/openSource';
import type { SearchEnd, SearchJob, SearchPart } from '../scan/scanJobs';
import { searchFrames } from './searchFrames';
import { searchRange } from './searchRange';
import { searchStream } from './searchStream';

/**
 * Finds the records of a source's range that hold one of the needles and posts them as they are found.
 * @throws AbortError, or an error of the file system
 */
export async function searchSource(
  job: SearchJob,
  reader: RecordReader,
  post: (part: SearchPart) => void,
): Promise<SearchEnd> {
  const source = openSource(job.source);
  try {
    if (!isSearchable(job.profile)) return await searchFrames(job, source, reader, post);
    if (hasRanges(job.source)) return searchRange(job, source, reader, post);
    return await searchStream(job, source, reader, post);
  } finally {
    source.close();
  }
}
