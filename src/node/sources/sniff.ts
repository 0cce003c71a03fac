import type { SourceRef } from './byteSource';

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
];

const startsWith = (head: Uint8Array, magic: number[]): boolean => magic.every((byte, at) => head[at] === byte);

/** Decides by the first bytes of a file whether it can hold log text. */
export function sniff(head: Uint8Array): Sniffed {
  if (head.length === 0) return { kind: 'skip', reason: 'empty' };
  if (startsWith(head, [0x1f, 0x8b])) return { kind: 'log', source: 'gzip', encoding: 'utf-8' };
  const magic = magics.find(([bytes]) => startsWith(head, bytes));
  if (magic) return { kind: 'skip', reason: magic[1] };
  if (startsWith(head, [0xff, 0xfe])) return { kind: 'log', source: 'file', encoding: 'utf-16le' };
  if (startsWith(head, [0xfe, 0xff])) return { kind: 'log', source: 'file', encoding: 'utf-16be' };
  if (head.includes(0)) return { kind: 'skip', reason: 'binary' };
  return { kind: 'log', source: 'file', encoding: 'utf-8' };
}
