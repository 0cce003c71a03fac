import * as v from 'valibot';
import { checksumOf } from '../scan/words';
import { blockSize, type IndexSegment, segmentBlocks } from './segment';
import { hashBits } from './wordTable';

/** What an index was made of. It is good for a source only as long as this is true of it. */
export interface IndexedSource {
  /** The source's name. */
  id: string;
  /** Of its file and beginning, see `SourceRef`. */
  identity: string;
  start: number;
  /** Stored bytes, of which all are in the index. */
  size: number;
  /** Same as long as nobody wrote to it, see `SourceRef`. */
  written: string;
  /** Whether words of digits count. */
  digits: boolean;
}

export interface StoredIndex {
  source: IndexedSource;
  /** What else is to be kept of the source, as JSON; whoever reads it checks it. */
  sample: unknown;
  segments: IndexSegment[];
}

/**
 * The index of a source as a file: four numbers of 32 bits (magic, version, checksum of all that follows, length of the
 * head), a head in JSON, and for each segment its columns. Numbers are the machine's own: a file from one with another
 * byte order has a wrong magic. Raise the version with every change, also of what a word is (`words.ts`).
 */
const magic = 0x58494c54;
const version = 1;
const preamble = 16;
const checkedFrom = 12;

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const headSchema = v.object({
  source: v.object({
    id: v.string(),
    identity: v.string(),
    start: count,
    size: count,
    written: v.string(),
    digits: v.boolean(),
  }),
  sample: v.unknown(),
  blockSize: v.literal(blockSize),
  segments: v.array(
    v.object({
      from: count,
      to: count,
      blocks: v.pipe(count, v.minValue(1), v.maxValue(segmentBlocks)),
      bucketBits: v.pipe(count, v.maxValue(hashBits)),
      bytes: count,
      endsLine: v.boolean(),
    }),
  ),
});
type Head = v.InferOutput<typeof headSchema>;

const padded = (length: number): number => (length + 3) & ~3;

export function encodeIndex({ source, sample, segments }: StoredIndex): Uint8Array {
  const head: Head = {
    source,
    sample,
    blockSize,
    segments: segments.map(({ from, to, endsLine, newlines, words }) => ({
      from,
      to,
      blocks: newlines.length,
      bucketBits: words.bucketBits,
      bytes: words.bits.length,
      endsLine,
    })),
  };
  const text = new TextEncoder().encode(JSON.stringify(head));
  const parts = segments.flatMap(({ newlines, checksums, words }) => [newlines, checksums, words.starts, words.bits]);
  const size = parts.reduce((sum, { byteLength }) => sum + padded(byteLength), preamble + padded(text.length));
  const bytes = new Uint8Array(size);
  bytes.set(text, preamble);
  let at = preamble + padded(text.length);
  for (const part of parts) {
    bytes.set(new Uint8Array(part.buffer, part.byteOffset, part.byteLength), at);
    at += padded(part.byteLength);
  }
  const numbers = new Uint32Array(bytes.buffer, 0, 4);
  numbers.set([magic, version, 0, text.length]);
  numbers[2] = checksum(bytes);
  return bytes;
}

/**
 * @param bytes of a file, which may hold anything; the segments are views of them
 * @returns `null` where they are no index, or one that is damaged or of another version
 */
export function decodeIndex(bytes: Uint8Array): StoredIndex | null {
  if (bytes.length < preamble || bytes.length % 4 !== 0 || bytes.byteOffset % 4 !== 0) return null;
  const [name, of, sum, length = 0] = new Uint32Array(bytes.buffer, bytes.byteOffset, 4);
  if (name !== magic || of !== version || preamble + length > bytes.length || sum !== checksum(bytes)) return null;
  const head = headOf(bytes.subarray(preamble, preamble + length));
  if (!head) return null;
  const columns = new Columns(bytes, preamble + padded(length));
  const segments: IndexSegment[] = [];
  for (const { from, to, blocks, bucketBits, bytes: size, endsLine } of head.segments) {
    const newlines = columns.numbers(blocks);
    const checksums = columns.numbers(blocks);
    const starts = columns.numbers(2 ** bucketBits + 1);
    const bits = columns.bytes(size);
    if (!newlines || !checksums || !starts || !bits || !isSound(from, to, blocks, segments.at(-1))) return null;
    if (starts.some((start, at) => start < (starts[at - 1] ?? 0) || start > 8 * bits.length)) return null;
    segments.push({ from, to, newlines, checksums, words: { bucketBits, starts, bits }, endsLine });
  }
  return columns.isRead ? { source: head.source, sample: head.sample, segments } : null;
}

function headOf(bytes: Uint8Array): Head | null {
  try {
    const parsed = v.safeParse(headSchema, JSON.parse(new TextDecoder().decode(bytes)));
    return parsed.success ? parsed.output : null;
  } catch {
    return null;
  }
}

/** Whether a segment has as many blocks as it says, and stands behind the one before. */
function isSound(from: number, to: number, blocks: number, before: IndexSegment | undefined): boolean {
  if (from % blockSize !== 0 || (before && before.to !== from)) return false;
  return to > from && Math.ceil((to - from) / blockSize) === blocks;
}

/** Columns behind each other. */
class Columns {
  private readonly all: Uint8Array;
  private at: number;

  constructor(all: Uint8Array, at: number) {
    this.all = all;
    this.at = at;
  }

  get isRead(): boolean {
    return this.at === this.all.length;
  }

  /** `null` where there are not so many bytes. */
  bytes(length: number): Uint8Array | null {
    const { at } = this;
    if (at + padded(length) > this.all.length) return null;
    this.at += padded(length);
    return this.all.subarray(at, at + length);
  }

  numbers(length: number): Uint32Array | null {
    const bytes = this.bytes(4 * length);
    return bytes && new Uint32Array(bytes.buffer, bytes.byteOffset, length);
  }
}

/** Of what follows the checksum; a few bytes at the end that make no 64 are counted with zeros. */
function checksum(bytes: Uint8Array): number {
  const checked = bytes.subarray(checkedFrom);
  const words = new Int32Array(Math.ceil(checked.length / 64) * 16);
  words.set(new Int32Array(checked.buffer, checked.byteOffset, checked.length / 4));
  return checksumOf(words, checked.length);
}
