import { BitReader, BitWriter } from './bits';

/** Bits of a word's hash that are kept. Of so few another word may have the same: then a block is read in vain. */
export const hashBits = 22;
/** Bits of a block's number: so many blocks has a segment at most. */
export const blockBits = 10;
const wordsPerBucket = 12;
const blockMask = (1 << blockBits) - 1;

/**
 * In which of a segment's blocks each word stands. Words are sorted by hash; a bucket has those whose hashes begin
 * alike. A word is the rest of its hash, its first block, and the gaps to the next ones in Elias's gamma code, each
 * plus one, up to a 1. So a word of one block takes 3 bytes, each further block less than one.
 */
export interface WordTable {
  /** Bits of the hash that choose the bucket. */
  bucketBits: number;
  /** Where each bucket begins in `bits`, and where the last one ends. */
  starts: Uint32Array;
  bits: Uint8Array;
}

/** A word in a block, as one number that sorts by hash. */
const pairOf = (hash: number, block: number): number => (((hash >>> blockBits) << blockBits) | block) >>> 0;

/** The words of a segment's blocks. One is used for segment after segment: its memory is many times that of a segment. */
export interface SegmentWords {
  clear(): void;
  /** @param block not before that of the words that were added before */
  add(hashes: Uint32Array, block: number): void;
  /** Of all that were added. To be asked for once, and nothing is added to it then. */
  table(): WordTable;
}

/** The words without WebAssembly, and the ones that tell what the kernel must make of them. */
export class WordPairs implements SegmentWords {
  private pairs = new Uint32Array(1 << 16);
  private spare = new Uint32Array(0);
  private count = 0;

  clear(): void {
    this.count = 0;
  }

  add(hashes: Uint32Array, block: number): void {
    if (this.count + hashes.length > this.pairs.length) {
      const pairs = new Uint32Array(Math.max(2 * this.pairs.length, this.count + hashes.length));
      pairs.set(this.pairs);
      this.pairs = pairs;
    }
    for (let at = 0; at < hashes.length; at++) this.pairs[this.count++] = pairOf(hashes[at] ?? 0, block);
  }

  table(): WordTable {
    return tableOf(this.sorted());
  }

  /** Sorts by the upper 22 bits, two digits of 11, and keeps the order of equal ones: it is that of their blocks. */
  private sorted(): Uint32Array {
    if (this.spare.length < this.count) this.spare = new Uint32Array(this.pairs.length);
    let from = this.pairs.subarray(0, this.count);
    let to = this.spare.subarray(0, this.count);
    for (let shift = blockBits; shift < 32; shift += digitBits) {
      scatter(from, to, shift);
      [from, to] = [to, from];
    }
    return from;
  }
}

function tableOf(sorted: Uint32Array): WordTable {
  const words = countWords(sorted);
  const bucketBits = Math.min(hashBits, Math.max(0, Math.ceil(Math.log2(words / wordsPerBucket))));
  const starts = new Uint32Array(2 ** bucketBits + 1);
  const writer = new BitWriter(24 * words + 6 * sorted.length);
  const restBits = hashBits - bucketBits;
  const restMask = (1 << restBits) - 1;
  const buckets = starts.length - 1;
  let bucket = -1;
  let word = -1;
  let last = 0;
  for (let at = 0; at < sorted.length; at++) {
    const pair = sorted[at] ?? 0;
    const hash = pair >>> blockBits;
    const block = pair & blockMask;
    if (hash === word) {
      if (block > last) writer.writeGamma(block - last + 1);
    } else {
      if (word >= 0) writer.write(1, 1);
      const next = hash >>> restBits;
      while (bucket < next) starts[++bucket] = writer.length;
      writer.write(hash & restMask, restBits);
      writer.write(block, blockBits);
      word = hash;
    }
    last = block;
  }
  if (word >= 0) writer.write(1, 1);
  while (bucket < buckets) starts[++bucket] = writer.length;
  return { bucketBits, starts, bits: writer.finish() };
}

/** The blocks in which a word may stand, ascending. Of a damaged table anything, but within `blocks` and without end. */
export function blocksOf({ bucketBits, starts, bits }: WordTable, hash: number, blocks: number): number[] {
  const restBits = hashBits - bucketBits;
  const kept = hash >>> blockBits;
  const bucket = kept >>> restBits;
  const sought = kept & ((1 << restBits) - 1);
  const end = starts[bucket + 1] ?? 0;
  const reader = new BitReader(bits, starts[bucket] ?? 0);
  const found: number[] = [];
  while (reader.at < end) {
    const rest = reader.read(restBits);
    if (rest > sought) return found;
    let block = reader.read(blockBits);
    for (let gap = 0; ; block += gap) {
      if (rest === sought && block < blocks) found.push(block);
      gap = reader.readGamma() - 1;
      if (gap === 0) break;
    }
  }
  return found;
}

function countWords(sorted: Uint32Array): number {
  let words = 0;
  let last = -1;
  for (let at = 0; at < sorted.length; at++) {
    const hash = (sorted[at] ?? 0) >>> blockBits;
    if (hash !== last) words++;
    last = hash;
  }
  return words;
}

const digitBits = 11;

function scatter(from: Uint32Array, to: Uint32Array, shift: number): void {
  const mask = (1 << digitBits) - 1;
  const places = new Uint32Array(1 << digitBits);
  for (let at = 0; at < from.length; at++) {
    const digit = ((from[at] ?? 0) >>> shift) & mask;
    places[digit] = (places[digit] ?? 0) + 1;
  }
  let place = 0;
  for (let digit = 0; digit <= mask; digit++) {
    const count = places[digit] ?? 0;
    places[digit] = place;
    place += count;
  }
  for (let at = 0; at < from.length; at++) {
    const pair = from[at] ?? 0;
    const digit = (pair >>> shift) & mask;
    const target = places[digit] ?? 0;
    places[digit] = target + 1;
    to[target] = pair;
  }
}
