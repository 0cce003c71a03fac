import { matchBlock } from '../../../common/view/matchCounts';
import { openSource } from '../../sources/openSource';
import { ForwardReader } from '../../sources/unpack/forwardReader';
import { checkCancelled } from '../scan/cancel';
import type { CountedBlocks, CountMatchesJob, MatchesEnd } from '../scan/scanJobs';
import { Needle } from './needle';

/** Blocks that are told of at a time. */
const mostOfPart = 64;

/**
 * Counts the places where a text begins, block by block; it may end behind its block, and places may overlap.
 * @throws AbortError, or an error of the file system
 */
export async function countMatchBlocks(job: CountMatchesJob, post: (part: CountedBlocks) => void): Promise<MatchesEnd> {
  const source = openSource(job.source);
  const reader = new ForwardReader(source);
  const needle = new Needle(job);
  const behind = needle.length - 1;
  const memory = Buffer.allocUnsafeSlow(matchBlock + behind);
  let part: CountedBlocks = { from: job.from, counts: [] };
  const tell = (next: number) => {
    if (part.counts.length > 0) post(part);
    part = { from: next, counts: [] };
  };
  try {
    let matches = 0;
    let carried = 0;
    for (let at = job.from; at < job.to && matches < job.most; at += matchBlock) {
      checkCancelled(job);
      const read = await reader.read(memory.subarray(carried), at + carried);
      const bytes = memory.subarray(0, carried + read);
      const count = needle.countIn(bytes);
      if (bytes.length < memory.length) {
        tell(at);
        return { isEnd: true, to: at + bytes.length, matches: count };
      }
      matches += count;
      part.counts.push(count);
      if (part.counts.length === mostOfPart) tell(at + matchBlock);
      carried = behind;
      memory.copyWithin(0, matchBlock);
    }
    tell(job.to);
    return { isEnd: false };
  } finally {
    await reader.close();
    source.close();
  }
}
