import type { FindTextOptions, FindTextRequest, TextPlace } from '../../../common/protocol/logReader';
import { hasRanges } from '../../sources/byteSource';
import type { Engine } from '../engine';
import { soughtBytes, viewedLog } from './shownLines';
import { startOf } from './viewedLogs';

/** What one job searches: short, so that whatever else the workers are asked comes in between. */
const rangeSize = 128 * 1024 * 1024;

/** @throws EngineError, AbortError */
export async function findText(
  engine: Engine,
  { source, text, matchCase, from, backwards }: FindTextRequest,
  { signal, onProgress }: FindTextOptions,
): Promise<TextPlace | null> {
  const log = await viewedLog(engine, source);
  const { ref } = log;
  const needle = await soughtBytes(engine, log, text);
  if (needle.length === 0) return null;
  let searched = 0;
  for (const range of rangesOf(startOf(ref), hasRanges(ref) ? ref.storedSize : null, from, backwards)) {
    const found = await engine.pool.run(
      'findText',
      { source: ref, needle, matchCase, backwards, ...range },
      { signal, onPart: bytes => onProgress?.(searched + bytes) },
    );
    if (found) return found;
    searched += range.to - range.from;
    onProgress?.(searched);
  }
  return null;
}

/** Where to search, one after the other. @param size `null`: it can only be read from its beginning, in one go */
function* rangesOf(start: number, size: number | null, from: number, backwards: boolean) {
  if (size === null) {
    yield backwards ? { from: start, to: from } : { from, to: Number.POSITIVE_INFINITY };
  } else if (backwards) {
    for (let to = Math.min(from, size); to > start; to -= rangeSize) {
      yield { from: Math.max(start, to - rangeSize), to };
    }
  } else {
    for (let at = Math.max(start, from); at < size; at += rangeSize)
      yield { from: at, to: Math.min(size, at + rangeSize) };
  }
}
