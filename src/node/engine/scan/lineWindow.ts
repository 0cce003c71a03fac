import { countNewlines } from '../../../common/scan/newlineCounter';
import { type ByteSource, hasRanges } from '../../sources/byteSource';
import type { ByteWindow } from '../search/hitReader';

/** Bytes around the beginning of a line, which stands at `at` in the window. */
export interface LineWindow {
  window: ByteWindow;
  at: number;
}

const chunkSize = 1024 * 1024;
const newline = 0x0a;

/** A place from which lines can be counted: so many line breaks stand before it. */
export interface CountedPlace {
  offset: number;
  newlines: number;
}

/**
 * Finds a line by its number (from 1) and reads about `margin` bytes on both sides; `null` if there is no such line.
 * @param near a place before the line; `null`: all lines are counted
 */
export async function windowAtLine(
  source: ByteSource,
  line: number,
  margin: number,
  near: CountedPlace | null,
): Promise<LineWindow | null> {
  if (!hasRanges(source.ref)) return streamToLine(source, line, margin);
  const offset = offsetOfLine(source, line, near ?? { offset: source.ref.start, newlines: 0 });
  if (offset === null) return null;
  const base = Math.max(source.ref.start, offset - margin);
  const memory = Buffer.alloc(offset - base + margin);
  const read = source.read(memory, base);
  const window = {
    bytes: memory.subarray(0, read),
    base,
    startsAtFileStart: base === source.ref.start,
    endsAtFileEnd: base + read >= (source.size ?? 0),
  };
  return read > offset - base ? { window, at: offset - base } : null;
}

function offsetOfLine(source: ByteSource, line: number, { offset, newlines }: CountedPlace): number | null {
  const chunk = Buffer.allocUnsafeSlow(chunkSize);
  let before = line - 1 - newlines;
  for (let at = offset; ; at += chunkSize) {
    if (before === 0) return at;
    const bytes = chunk.subarray(0, source.read(chunk, at));
    if (bytes.length === 0) return null;
    const found = nthNewline(bytes, before);
    if (found >= 0) return at + found + 1;
    before -= countNewlines(bytes);
  }
}

/** Place of the n-th line break, -1 if there are fewer. */
function nthNewline(bytes: Buffer, n: number): number {
  let place = -1;
  for (let count = 0; count < n; count++) {
    place = bytes.indexOf(newline, place + 1);
    if (place < 0) return -1;
  }
  return place;
}

/** The same for a source that can only be read from its beginning. */
async function streamToLine(source: ByteSource, line: number, margin: number): Promise<LineWindow | null> {
  let before = line - 1;
  let bytes = Buffer.alloc(0);
  let base = 0;
  let at = before === 0 ? 0 : -1;
  let complete = true;
  await source.stream(chunk => {
    const length = bytes.length;
    bytes = Buffer.concat([bytes, chunk]);
    if (at < 0) {
      const found = nthNewline(bytes.subarray(length), before);
      if (found >= 0) at = length + found + 1;
      else before -= countNewlines(bytes, length);
    }
    const drop = Math.max(0, (at < 0 ? bytes.length : at) - margin);
    bytes = bytes.subarray(drop);
    base += drop;
    if (at >= 0) at -= drop;
    complete = at < 0 || bytes.length - at < margin;
    return complete;
  });
  return at >= 0 && at < bytes.length
    ? { window: { bytes, base, startsAtFileStart: base === 0, endsAtFileEnd: complete }, at }
    : null;
}
