import { blockSize, type IndexSegment, SegmentBuilder } from '../../../common/index/segment';
import { chunkSize, lookBack, type WordScanner } from '../../../common/scan/wordScan';
import { type ByteSource, hasRanges } from '../../sources/byteSource';
import { openSource } from '../../sources/openSource';
import { checkCancelled } from '../scan/cancel';
import type { IndexEnd, IndexJob } from '../scan/scanJobs';
import { openKernel } from './kernel';
import { openSegmentWords } from './segmentWords';
import { openWordScanner } from './wordScanner';

/**
 * Builds the index of a range of a source, or of the whole of one that has no ranges, and posts it segment by segment.
 * @throws AbortError, an error of the file system, or where the source is not what it was
 */
export async function indexRange(job: IndexJob, post: (segment: IndexSegment) => void): Promise<IndexEnd> {
  const source = openSource(job.source);
  try {
    return hasRanges(job.source) ? readRange(job, source, post) : await readStream(job, source, post);
  } finally {
    source.close();
  }
}

function readRange(job: IndexJob, source: ByteSource, post: (segment: IndexSegment) => void): IndexEnd {
  const { from, to } = job;
  const scanner = scannerOf(job);
  const before = new Uint8Array(Math.min(lookBack, from));
  source.read(before, from - before.length);
  scanner.reset(before);
  const builder = new SegmentBuilder(scanner, from, words);
  for (let at = from; at < to; at += chunkSize) {
    checkCancelled(job);
    const length = Math.min(chunkSize, to - at);
    if (source.shrunk || source.read(scanner.memory.subarray(0, length), at) < length) throw new Error(changed);
    for (let block = 0; block < length; block += blockSize) builder.add(Math.min(blockSize, length - block), block);
  }
  post(builder.finish(to >= job.source.storedSize));
  return { bytes: to - from };
}

const changed = 'it changed while being indexed';

async function readStream(job: IndexJob, source: ByteSource, post: (segment: IndexSegment) => void): Promise<IndexEnd> {
  const scanner = scannerOf(job);
  scanner.reset();
  let builder = new SegmentBuilder(scanner, 0, words);
  let filled = 0;
  const add = () => {
    if (builder.isFull) {
      post(builder.finish(false));
      builder = new SegmentBuilder(scanner, builder.to, words);
    }
    builder.add(filled);
    filled = 0;
  };
  const { bytes, note } = await source.stream(chunk => {
    checkCancelled(job);
    for (let at = 0; at < chunk.length; ) {
      const part = chunk.subarray(at, at + blockSize - filled);
      scanner.memory.set(part, filled);
      filled += part.length;
      at += part.length;
      if (filled === blockSize) add();
    }
    return true;
  });
  // What is damaged or cut has something to tell each time that it is read.
  if (note) throw new Error(note.text);
  if (filled > 0) add();
  if (builder.to > 0) post(builder.finish(true));
  return { bytes };
}

/** A worker builds one segment at a time, and has one kernel for all that it takes. */
const kernel = openKernel(null);
const words = openSegmentWords(kernel);

const scanners = new Map<boolean, WordScanner>();

function scannerOf({ digits }: IndexJob): WordScanner {
  const known = scanners.get(digits);
  if (known) return known;
  const scanner = openWordScanner({ digits }, kernel);
  scanners.set(digits, scanner);
  return scanner;
}
