import type { CountedLines, CountOptions, CountRequest } from '../../../common/protocol/logReader';
import { AbortError } from '../../../common/protocol/rpcChannel';
import { hasRanges } from '../../sources/byteSource';
import type { Engine } from '../engine';
import type { CountedBlocks } from '../scan/scanJobs';
import { blockSize } from './countBlocks';
import { viewedLog } from './shownLines';
import type { ViewedLog } from './viewedLogs';

/** What one job counts: short, so that whatever else the workers are asked comes in between. */
const rangeSize = 128 * blockSize;
/** For a line's offset so much is read at a time. */
const stretch = 256 * 1024;
const newline = 0x0a;

/** @throws EngineError, AbortError */
export async function countLines(
  engine: Engine,
  { source, toLine }: CountRequest,
  { signal, onProgress }: CountOptions,
): Promise<CountedLines> {
  const log = await viewedLog(engine, source);
  const { counted, counts, bytes } = log;
  await useIndex(engine, log);
  // It may have grown since.
  if (bytes.size.bytes > counted.bytes) counted.isAll = false;
  const isThere = () => toLine !== undefined && counts.beforeLine(toLine + 1).newlines >= toLine - 1;
  while (!counted.isAll && !isThere()) {
    const tell = () => onProgress?.(answer(log, null));
    await countRange(engine, log, signal, tell);
    tell();
  }
  const goOn = () => {
    if (signal?.aborted) throw new AbortError();
  };
  return answer(log, toLine === undefined ? null : await offsetOfLine(log, toLine, goOn));
}

const answer = ({ counted, bytes }: ViewedLog, offset: number | null): CountedLines => ({
  lines: counted.newlines + (counted.endsLine ? 0 : 1),
  bytes: counted.bytes,
  isAll: counted.isAll,
  size: bytes.size,
  offset,
});

/** What the index has counted need not be counted again. */
async function useIndex(engine: Engine, { ref, counts, counted }: ViewedLog): Promise<void> {
  if (!hasRanges(ref) || counted.bytes > ref.start) return;
  const index = engine.indexes.of({ source: ref, ...(await engine.profiles.ofOne(ref)) });
  if (!index) return;
  for (const place of index.blockPlaces()) counts.add(place);
  Object.assign(counted, { bytes: index.to, newlines: index.newlines, endsLine: index.endsLine });
}

async function countRange(engine: Engine, log: ViewedLog, signal: AbortSignal | undefined, tell: () => void) {
  const { ref, counted, counts } = log;
  const from = hasRanges(ref) ? counted.bytes : 0;
  const to = hasRanges(ref) ? from + rangeSize : Number.POSITIVE_INFINITY;
  let newlines = hasRanges(ref) ? counted.newlines : 0;
  const onPart = ({ from, counts: blocks }: CountedBlocks) => {
    for (const [index, count] of blocks.entries()) {
      newlines += count;
      counts.add({ offset: from + (index + 1) * blockSize, newlines });
    }
    const bytes = from + blocks.length * blockSize;
    if (bytes <= counted.bytes) return;
    Object.assign(counted, { bytes, newlines });
    log.bytes.learn(bytes, false, null);
    tell();
  };
  const end = await engine.pool.run('countLines', { source: ref, from, to }, { signal, onPart, background: true });
  const isAll = end.to < to;
  Object.assign(counted, { bytes: end.to, newlines: newlines + end.newlines, endsLine: end.endsLine, isAll });
  log.bytes.learn(end.to, isAll, end.note?.text ?? null);
}

/** `null` where the log has fewer lines. */
async function offsetOfLine({ bytes, counts }: ViewedLog, line: number, goOn: () => void): Promise<number | null> {
  const place = counts.beforeLine(line);
  let left = line - 1 - place.newlines;
  for (let at = place.offset; ; ) {
    const read = Buffer.from(await bytes.read(at, stretch, goOn));
    // Behind the last line break there may be nothing.
    if (left === 0) return read.length > 0 ? at : null;
    if (read.length === 0) return null;
    let found = -1;
    while (left > 0) {
      const next = read.indexOf(newline, found + 1);
      if (next < 0) break;
      found = next;
      left--;
    }
    at += left === 0 ? found + 1 : read.length;
  }
}
