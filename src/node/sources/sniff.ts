import { constants, inflateRawSync } from 'node:zlib';
import type { SourceRef } from './byteSource';
import { lengthOfGzipHeader } from './gzipHeader';

/** How many first bytes decide what a file is. */
export const sniffSize = 8192;

export type Sniffed =
  | { kind: 'log'; source: SourceRef['kind']; encoding: SourceRef['encoding'] }
  | { kind: 'skip'; reason: string };

/** What begins a file that is no log, and what to tell of it. */
const magics: [number[], string][] = [
  [[0x28, 0xb5, 0x2f, 0xfd], 'compressed with zstd, which is not read: unpack it first'],
  [[0xfd, 0x37, 0x7a, 0x58, 0x5a], 'compressed with xz, which is not read: unpack it first'],
  [[0x42, 0x5a, 0x68], 'compressed with bzip2, which is not read: unpack it first'],
  [[0x50, 0x4b, 0x03, 0x04], 'a zip archive, which is not read: unpack it first'],
  [[0x37, 0x7a, 0xbc, 0xaf], 'a 7-Zip archive, which is not read: unpack it first'],
  [[0x25, 0x50, 0x44, 0x46, 0x2d], 'binary (PDF)'],
  [[0x89, 0x50, 0x4e, 0x47], 'binary (PNG)'],
  [[0x7f, 0x45, 0x4c, 0x46], 'binary (program)'],
  [[...Buffer.from('SQLite format 3\0')], 'binary (SQLite)'],
];

/** So many NULs in a row are a hole that was never written; fewer belong to a binary format. */
export const holeSize = 64;
/** Largest share of NULs and other control characters that a text has. */
const mostControls = 0.04;

const startsWith = (head: Uint8Array, magic: number[]): boolean => magic.every((byte, at) => head[at] === byte);

/** Decides by the first bytes of a file, behind a hole at its beginning, whether it can hold log text. */
export function sniff(head: Uint8Array): Sniffed {
  if (head.length === 0) return { kind: 'skip', reason: 'empty' };
  if (startsWith(head, [0x1f, 0x8b])) return sniffPacked(head);
  return sniffPlain(head);
}

function sniffPlain(head: Uint8Array): Sniffed {
  const magic = magics.find(([bytes]) => startsWith(head, bytes));
  if (magic) return { kind: 'skip', reason: magic[1] };
  const encoding = utf16Of(head);
  if (encoding) return { kind: 'log', source: 'file', encoding };
  if (isBinary(head)) return { kind: 'skip', reason: 'binary' };
  return { kind: 'log', source: 'file', encoding: 'utf-8' };
}

/** What is packed is looked at too. */
function sniffPacked(head: Uint8Array): Sniffed {
  const inside = unpackedHead(head);
  if (startsWith(inside, [0x1f, 0x8b])) {
    return { kind: 'skip', reason: 'gzip inside gzip, which is not read: unpack it once' };
  }
  const sniffed = inside.length > 0 ? sniffPlain(inside) : null;
  if (sniffed?.kind === 'log') return { ...sniffed, source: 'gzip' };
  return sniffed ?? { kind: 'log', source: 'gzip', encoding: 'utf-8' };
}

/** The first bytes of what is packed, none where that cannot be said: reading it will tell why. */
function unpackedHead(head: Uint8Array): Uint8Array {
  try {
    const packed = head.subarray(lengthOfGzipHeader(head) ?? head.length);
    return inflateRawSync(packed, { finishFlush: constants.Z_SYNC_FLUSH }).subarray(0, sniffSize);
  } catch {
    return new Uint8Array(0);
  }
}

/** UTF-16 by its byte order mark, or by its every other byte being NUL. */
function utf16Of(head: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (startsWith(head, [0xff, 0xfe])) return 'utf-16le';
  if (startsWith(head, [0xfe, 0xff])) return 'utf-16be';
  const nulls: [number, number] = [0, 0];
  for (const [at, byte] of head.entries()) if (byte === 0) nulls[at % 2 === 0 ? 0 : 1]++;
  const [even, odd] = nulls.map(count => count / (head.length / 2)) as [number, number];
  if (head.length < 8 || Math.max(even, odd) < 0.6 || Math.min(even, odd) > 0.02) return null;
  return odd > even ? 'utf-16le' : 'utf-16be';
}

/** Whether there are too many NULs and control characters outside of holes. */
function isBinary(head: Uint8Array): boolean {
  let controls = 0;
  let bytes = 0;
  for (let at = 0; at < head.length; ) {
    const end = endOfNulls(head, at);
    if (end - at < holeSize) {
      controls += end - at;
      bytes += end - at;
    }
    at = end;
    if (at >= head.length) break;
    bytes++;
    if (isControl(head[at] ?? 0)) controls++;
    at++;
  }
  return bytes === 0 || controls / bytes > mostControls;
}

function endOfNulls(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length && bytes[at] === 0) at++;
  return at;
}

/** Control characters that no log has: not backspace to carriage return, nor what colours begin with. */
const isControl = (byte: number): boolean =>
  (byte < 0x20 && !(byte >= 8 && byte <= 13) && byte !== 0x1b) || byte === 0x7f;
