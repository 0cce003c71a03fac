import type { Packing, SourceRef } from '../byteSource';

/** How many first bytes decide what a file is. */
export const sniffSize = 8192;

export type Sniffed =
  | { kind: 'log'; encoding: SourceRef['encoding'] }
  | { kind: 'packed'; packing: Exclude<Packing, 'none'> }
  | { kind: 'archive'; archive: 'zip' | 'tar' }
  | { kind: 'skip'; reason: string };

const skip = (reason: string): Sniffed => ({ kind: 'skip', reason });
const packed = (packing: Exclude<Packing, 'none'>): Sniffed => ({ kind: 'packed', packing });
const zip: Sniffed = { kind: 'archive', archive: 'zip' };

/** What begins a file that is not a log itself. */
const magics: [number[], Sniffed][] = [
  [[0x1f, 0x8b], packed('gzip')],
  [[0x28, 0xb5, 0x2f, 0xfd], packed('zstd')],
  [[0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00], packed('xz')],
  ...[1, 2, 3, 4, 5, 6, 7, 8, 9].flatMap((level): [number[], Sniffed][] => [
    [[0x42, 0x5a, 0x68, 0x30 + level, 0x31, 0x41, 0x59, 0x26, 0x53, 0x59], packed('bzip2')],
    [[0x42, 0x5a, 0x68, 0x30 + level, 0x17, 0x72, 0x45, 0x38, 0x50, 0x90], packed('bzip2')],
  ]),
  [[0x50, 0x4b, 0x03, 0x04], zip],
  [[0x50, 0x4b, 0x05, 0x06], skip('empty (a zip archive without members)')],
  [[0x37, 0x7a, 0xbc, 0xaf], skip('a 7-Zip archive, which is not read: unpack it first')],
  [[...Buffer.from('Rar!')], skip('a RAR archive, which is not read: unpack it first')],
  [[0x04, 0x22, 0x4d, 0x18], skip('compressed with lz4, which is not read: unpack it first')],
  [[...Buffer.from('TLIX')], skip('binary (an index of ours)')],
  [[0x25, 0x50, 0x44, 0x46, 0x2d], skip('binary (PDF)')],
  [[0x89, 0x50, 0x4e, 0x47], skip('binary (PNG)')],
  [[0x7f, 0x45, 0x4c, 0x46], skip('binary (program)')],
  [[...Buffer.from('SQLite format 3\0')], skip('binary (SQLite)')],
];

/** So many NULs in a row are a hole that was never written; fewer belong to a binary format. */
export const holeSize = 64;
/** Largest share of NULs and other control characters that a text has. */
const mostControls = 0.04;

const startsWith = (head: Uint8Array, magic: number[]): boolean => magic.every((byte, at) => head[at] === byte);

/** Decides by the first bytes of a file, behind a hole at its beginning, whether it can hold log text. */
export function sniff(head: Uint8Array): Sniffed {
  if (head.length === 0) return skip('empty');
  const magic = magics.find(([bytes]) => startsWith(head, bytes));
  if (magic) return magic[1];
  // A single frame that can be skipped is how parallel compressors begin.
  if (startsWith(head.subarray(1), [0x2a, 0x4d, 0x18]) && ((head[0] ?? 0) & 0xf0) === 0x50) return packed('zstd');
  if (isTar(head)) return { kind: 'archive', archive: 'tar' };
  const encoding = utf16Of(head);
  if (encoding) return { kind: 'log', encoding };
  return isBinary(head) ? skip('binary') : { kind: 'log', encoding: 'utf-8' };
}

/** Old tars have no magic: the sum over their first header tells them. */
function isTar(head: Uint8Array): boolean {
  if (head.length < 512) return false;
  const field = /^ *([0-7]+)[ \0]/.exec(Buffer.from(head.subarray(148, 156)).toString('latin1'))?.[1];
  if (field === undefined) return false;
  let sum = 8 * 0x20;
  for (const [at, byte] of head.subarray(0, 512).entries()) if (at < 148 || at >= 156) sum += byte;
  return sum === Number.parseInt(field, 8);
}

/** UTF-16 by its byte order mark, or by its every other byte being NUL. */
function utf16Of(head: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (startsWith(head, [0xff, 0xfe])) return 'utf-16le';
  if (startsWith(head, [0xfe, 0xff])) return 'utf-16be';
  const nulls: [number, number] = [0, 0];
  for (let at = 0; at < head.length; at++) if (head[at] === 0) nulls[at % 2 === 0 ? 0 : 1]++;
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
