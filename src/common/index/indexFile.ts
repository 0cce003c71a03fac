import * as v from 'valibot';
import { beginningOf, checksum, type FileKind, headOf, mixed, padded } from './checkedBytes';
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
 * The index of a source as a file: a head, which has the checksum of each segment, and for each segment its columns.
 * Raise the version with every change, also of what a word is (`words.ts`).
 */
const kind: FileKind = { magic: 0x58494c54, version: 3 };

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
  return [beginningOf(kind, head), ...parts];
}

/**
 * @param bytes of a file, which may hold anything; the segments are views of them
 * @returns `null` where they are no index, or one that is damaged or of another version
 */
export function decodeIndex(bytes: Uint8Array): StoredIndex | null {
  const file = headOf(bytes, kind);
  const parsed = v.safeParse(headSchema, file?.head);
  if (!file || !parsed.success) return null;
  const { columns } = file;
  const head = parsed.output;
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

/** Whether a segment has as many blocks as it says, and stands behind the one before. */
function isSound(from: number, to: number, blocks: number, before: IndexSegment | undefined): boolean {
  if (from % blockSize !== 0 || (before && before.to !== from)) return false;
  return to > from && Math.ceil((to - from) / blockSize) === blocks;
}
