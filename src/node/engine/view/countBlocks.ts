import { countNewlines } from '../../../common/scan/newlineCounter';
import { openSource } from '../../sources/openSource';
import { ForwardReader } from '../../sources/unpack/forwardReader';
import { checkCancelled } from '../scan/cancel';
import type { CountedBlocks, CountLinesJob, LinesEnd } from '../scan/scanJobs';

export const blockSize = 1024 * 1024;
/** Blocks that are told of at a time. */
const mostOfPart = 16;
const newline = 0x0a;

/** Counts line breaks block by block. @throws AbortError, or an error of the file system */
export async function countBlocks(job: CountLinesJob, post: (part: CountedBlocks) => void): Promise<LinesEnd> {
  const source = openSource(job.source);
  const reader = new ForwardReader(source);
  const block = Buffer.allocUnsafeSlow(blockSize);
  try {
    let part: CountedBlocks = { from: job.from, counts: [] };
    let last = newline;
    for (let at = job.from; ; at += blockSize) {
      checkCancelled(job);
      const bytes = block.subarray(0, await reader.read(block.subarray(0, Math.min(blockSize, job.to - at)), at));
      last = bytes.at(-1) ?? last;
      const newlines = countNewlines(bytes);
      if (bytes.length < blockSize) {
        if (part.counts.length > 0) post(part);
        return { to: at + bytes.length, newlines, endsLine: last === newline, note: reader.note };
      }
      part.counts.push(newlines);
      if (part.counts.length < mostOfPart) continue;
      post(part);
      part = { from: at + blockSize, counts: [] };
    }
  } finally {
    await reader.close();
    source.close();
  }
}
