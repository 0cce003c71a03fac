import { escapeReach } from './escapes';
import { countNewlines } from './newlineCounter';
import {
  checksumOf,
  eachEscaped,
  hashWord,
  isWord,
  kinds,
  kindsIn,
  longestWord,
  shortestWord,
  type WordRule,
} from './words';

/** Most bytes of a block of a source. */
export const blockSize = 64 * 1024;
/** Bytes that a scanner's memory holds. Several blocks are read in one go: that takes half as long as one by one. */
export const chunkSize = 256 * 1024;

/** What a block holds. */
export interface BlockWords {
  /** Hashes of the words, seldom one twice, in no order. Valid until the scanner is used again. */
  hashes: Uint32Array;
  newlines: number;
  /** Of the block's bytes, to notice that they were rewritten. */
  checksum: number;
}

/**
 * Scans a source block by block for its words (`words.ts`). A word counts to the block that holds the byte behind it,
 * as a hit does in the search of a range; one that goes on over the end of a block is carried.
 */
export interface WordScanner {
  /** Which one this is. */
  readonly kind: 'kernel' | 'twin';
  /**
   * Where blocks are to be put before `scan`: `chunkSize` bytes from the beginning of a page. Valid until words are added
   * to a segment.
   */
  readonly memory: Uint8Array;
  /**
   * Begins at the beginning of a source, or at a place within it.
   * @param before the bytes before that place: at least `lookBack`, or all there are
   */
  reset(before?: Uint8Array): void;
  /**
   * Scans the source's next block. Where its length is no multiple of 64, bytes behind it may be set to zero.
   * @param at its place in `memory`: 0, or right behind the block before, if that has `lookBack` bytes at least
   */
  scan(length: number, at?: number): BlockWords;
  /** Hashes of a word that ends with the source, to be added to those of its last block. Changes nothing. */
  finish(): Uint32Array;
  /** The checksum of the first `length` bytes of `memory`, as `scan` finds it. */
  checksum(length: number): number;
}

/** Bytes before a place that a scanner must know: a word twice as long as one can be sought, and the escape before it. */
export const lookBack = 4096;
const longestHeld = 2 * longestWord;
if (longestHeld + escapeReach >= lookBack) throw new Error('A scanner must see the beginning of each word.');

/** The scanner without WebAssembly, and the one that tells what the kernel must find. */
export class TwinScanner implements WordScanner {
  readonly kind = 'twin';
  readonly memory: Uint8Array;
  private readonly rule: WordRule;
  /** The look-back and, behind it, the blocks. Zeros stand for what is before the source: they end no escape. */
  private readonly bytes: Uint8Array;
  private readonly words: Int32Array;
  private readonly found = new Set<number>();
  private readonly hashes = new Uint32Array(lookBack + blockSize);

  /** @param buffer `lookBack + chunkSize` bytes that begin at a page */
  constructor(rule: WordRule, buffer = new ArrayBuffer(lookBack + chunkSize)) {
    this.rule = rule;
    this.bytes = new Uint8Array(buffer);
    this.memory = this.bytes.subarray(lookBack, lookBack + chunkSize);
    this.words = new Int32Array(buffer, lookBack, chunkSize / 4);
  }

  checksum(length: number, at = 0): number {
    this.memory.fill(0, at + length, at + Math.ceil(length / 64) * 64);
    return checksumOf(this.words.subarray(at / 4), length);
  }

  reset(before: Uint8Array = new Uint8Array(0)): void {
    const tail = before.subarray(Math.max(0, before.length - lookBack));
    this.bytes.fill(0, 0, lookBack - tail.length);
    this.bytes.set(tail, lookBack - tail.length);
  }

  scan(length: number, at = 0): BlockWords {
    const { bytes } = this;
    this.found.clear();
    const begin = lookBack + at;
    const end = begin + length;
    // Of a run that may begin at `start` the eighth byte tells most: where it is none of the run, seven are skipped.
    for (let start = this.openRun(begin); start + shortestWord <= end; ) {
      let last = start + shortestWord - 1;
      while (last >= start && kinds[bytes[last] ?? 0]) last--;
      if (last >= start) {
        start = last + 1;
        continue;
      }
      let behind = start + shortestWord;
      while (behind < end && kinds[bytes[behind] ?? 0]) behind++;
      if (behind < end) this.add(start, behind);
      start = behind + 1;
    }
    const newlines = countNewlines(bytes, begin, end);
    const checksum = this.checksum(length, at);
    bytes.copyWithin(0, end - lookBack, end);
    return { hashes: this.hashes.subarray(0, this.found.size), newlines, checksum };
  }

  finish(): Uint32Array {
    this.found.clear();
    const start = this.openRun(lookBack);
    if (lookBack - start >= shortestWord) this.add(start, lookBack);
    return this.hashes.subarray(0, this.found.size);
  }

  /** Where the run begins that goes on, or ends, before a place. */
  private openRun(end: number): number {
    let start = end;
    while (start > end - lookBack && kinds[this.bytes[start - 1] ?? 0]) start--;
    return start;
  }

  /** Adds a run of at least 8 bytes if it is a word. */
  private add(start: number, end: number): void {
    const { bytes, rule } = this;
    if (end - start > longestHeld || !isWord(kindsIn(bytes, start, end), rule)) return;
    this.addHash(hashWord(bytes, start, end));
    eachEscaped(bytes, start, end, rule, at => this.addHash(hashWord(bytes, at, end)));
  }

  private addHash(hash: number): void {
    const known = this.found.size;
    // A signed number is a small integer to the machine: a set of those is faster.
    if (this.found.add(hash | 0).size > known) this.hashes[known] = hash;
  }
}
