import type { TextPlace } from '../../../common/protocol/logReader';
import { type ByteSource, hasRanges } from '../../sources/byteSource';
import { openSource } from '../../sources/openSource';
import { ForwardReader } from '../../sources/unpack/forwardReader';
import { checkCancelled } from '../scan/cancel';
import type { FindTextJob } from '../scan/scanJobs';
import { Needle } from './needle';

const chunkSize = 1024 * 1024;
/** Bytes after which a search tells of itself. */
const partSize = 32 * chunkSize;

/**
 * The first place of a text that begins in a range, backwards the last.
 * @throws AbortError, or an error of the file system
 */
export async function findInRange(job: FindTextJob, post: (bytes: number) => void): Promise<TextPlace | null> {
  const source = openSource(job.source);
  try {
    const from = job.backwards && hasRanges(job.source) ? findBack(job, source, post) : await findOn(job, source, post);
    return from === null ? null : { from, to: from + job.needle.length };
  } finally {
    source.close();
  }
}

/** In the order of the bytes. Backwards, in what has no ranges, all places are passed and the last one is kept. */
async function findOn(job: FindTextJob, source: ByteSource, post: (bytes: number) => void): Promise<number | null> {
  const needle = new Needle(job);
  const reader = new ForwardReader(source);
  const memory = Buffer.allocUnsafeSlow(chunkSize + needle.length);
  // What begins in the range may end behind it.
  const end = job.to + needle.length - 1;
  let last: number | null = null;
  try {
    for (let at = job.from, carried = 0; ; ) {
      checkCancelled(job);
      const wanted = Math.min(chunkSize, end - at);
      const read = await reader.read(memory.subarray(carried, carried + wanted), at);
      const bytes = memory.subarray(0, carried + read);
      const found = job.backwards ? needle.lastIn(bytes) : needle.firstIn(bytes);
      if (found >= 0) last = at - carried + found;
      at += read;
      if (read < chunkSize || (last !== null && !job.backwards)) return last;
      if ((at - job.from) % partSize < chunkSize) post(at - job.from);
      carried = Math.min(needle.length - 1, bytes.length);
      memory.copyWithin(0, bytes.length - carried, bytes.length);
    }
  } finally {
    await reader.close();
  }
}

function findBack(job: FindTextJob, source: ByteSource, post: (bytes: number) => void): number | null {
  const needle = new Needle(job);
  const memory = Buffer.allocUnsafeSlow(chunkSize + needle.length);
  for (let end = job.to; end > job.from; ) {
    checkCancelled(job);
    const at = Math.max(job.from, end - chunkSize);
    const bytes = memory.subarray(0, end - at + needle.length - 1);
    const found = needle.lastIn(bytes.subarray(0, source.read(bytes, at)));
    if (found >= 0) return at + found;
    if ((job.to - at) % partSize < chunkSize) post(job.to - at);
    end = at;
  }
  return null;
}
