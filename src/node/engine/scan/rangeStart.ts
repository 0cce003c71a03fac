import type { ByteSource } from '../../sources/byteSource';
import { reach } from '../search/hitReader';

const newline = 0x0a;

/** Offset of the first line that begins at or after `from`; the source's size if none does. */
export function lineStartFrom(source: ByteSource, from: number, chunk: Buffer): number {
  if (from <= source.ref.start) return from;
  for (let at = from - 1; ; at += chunk.length) {
    const bytes = chunk.subarray(0, source.read(chunk, at));
    const found = bytes.indexOf(newline);
    if (found >= 0) return at + found + 1;
    if (bytes.length < chunk.length) return at + bytes.length;
  }
}

/** The last line before offset `first` that is not blank, with all that follows it up to there. */
export function textBefore(source: ByteSource, first: number): Uint8Array {
  for (let size = 64 * 1024; ; size *= 4) {
    const from = Math.max(source.ref.start, first - size);
    const bytes = Buffer.allocUnsafe(first - from);
    const read = bytes.subarray(0, source.read(bytes, from));
    let end = read.length;
    while (end > 0 && (read[end - 1] ?? 0) <= 0x20) end--;
    const lineBreak = end > 0 ? read.lastIndexOf(newline, end - 1) : -1;
    if (lineBreak >= 0) return read.subarray(lineBreak + 1);
    if (from === source.ref.start || size >= reach) return read;
  }
}
