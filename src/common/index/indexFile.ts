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
 * The index of a source as a file: four numbers of 32 bits (magic, version, checksum of the head, length of the head), a
 * head in JSON, which has the checksum of each segment, and for each segment its columns. Each of these is filled with
 * zeros up to a multiple of 4 bytes. Numbers are the machine's own: a file from one with another byte order has a wrong
 * magic. Raise the version with every change, also of what a word is (`words.ts`).
 */
const magic = 0x58494c54;
const version = 2;
const preamble = 16;

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
      checksum: count,
      endsLine: v.boolean(),
    }),
  ),
});
type Head = v.InferOutput<typeof headSchema>;

const padded = (length: number): number => Math.ceil(length / 4) * 4;

/** The parts of a file, one behind the other: most of them are views of the segments, which may be many times a head. */
export function encodeIndex({ source, sample, segments }: StoredIndex): Uint8Array[] {
  const parts: Uint8Array[] = [];
  const head: Head = { source, sample, blockSize, segments: [] };
  for (const { from, to, endsLine, newlines, checksums, words } of segments) {
    let sum = 0;
    for (const column of [newlines, checksums, words.starts, words.bits]) {
      const bytes = new Uint8Array(column.buffer, column.byteOffset, column.byteLength);
      sum = mixed(sum, checksum(bytes, bytes.length));
      parts.push(bytes);
    }
    parts.push(new Uint8Array(padded(words.bits.length) - words.bits.length));
    const { bucketBits, bits } = words;
    head.segments.push({ from, to, blocks: newlines.length, bucketBits, bytes: bits.length, checksum: sum, endsLine });
  }
  const text = new TextEncoder().encode(JSON.stringify(head));
  const beginning = new Uint8Array(preamble + padded(text.length));
  beginning.set(text, preamble);
  const sum = checksum(beginning.subarray(preamble), text.length);
  new Uint32Array(beginning.buffer, 0, 4).set([magic, version, sum, text.length]);
  return [beginning, ...parts];
}

/**
 * @param bytes of a file, which may hold anything; the segments are views of them
 * @returns `null` where they are no index, or one that is damaged or of another version
 */
export function decodeIndex(bytes: Uint8Array): StoredIndex | null {
  if (bytes.length < preamble || bytes.length % 4 !== 0 || bytes.byteOffset % 4 !== 0) return null;
  const [name, of, sum, length = 0] = new Uint32Array(bytes.buffer, bytes.byteOffset, 4);
  if (name !== magic || of !== version) return null;
  const columns = new Columns(bytes, preamble);
  const text = columns.bytes(length);
  const head = text && columns.takeSum() === mixed(0, sum ?? 0) ? headOf(text) : null;
  if (!head) return null;
  const segments: IndexSegment[] = [];
  for (const { from, to, blocks, bucketBits, bytes: size, checksum, endsLine } of head.segments) {
    const newlines = columns.numbers(blocks);
    const checksums = columns.numbers(blocks);
    const starts = columns.numbers(2 ** bucketBits + 1);
    const bits = columns.bytes(size);
    if (!newlines || !checksums || !starts || !bits || columns.takeSum() !== checksum) return null;
    if (!isSound(from, to, blocks, segments.at(-1))) return null;
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
  private sum = 0;

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
    this.sum = mixed(this.sum, checksum(this.all.subarray(at, this.at), length));
    return this.all.subarray(at, at + length);
  }

  /** The checksum of what was read since it was asked for last. */
  takeSum(): number {
    const { sum } = this;
    this.sum = 0;
    return sum;
  }

  numbers(length: number): Uint32Array | null {
    const bytes = this.bytes(4 * length);
    return bytes && new Uint32Array(bytes.buffer, bytes.byteOffset, length);
  }
}

/** Of some columns. */
const mixed = (sum: number, next: number): number => Math.imul(sum ^ next, 0x9e3779b1) >>> 0;

/**
 * Of bytes that begin at a multiple of 4; the last ones that make no 64 are filled up with zeros.
 * @param bytes with those behind `length` that must be zero
 */
function checksum(bytes: Uint8Array, length: number): number {
  const whole = length - (length % 64);
  const rest = new Int32Array(16);
  new Uint8Array(rest.buffer).set(bytes.subarray(whole));
  const sum = checksumOf(new Int32Array(bytes.buffer, bytes.byteOffset, whole / 4), whole);
  return mixed(sum, checksumOf(rest, length - whole));
}
