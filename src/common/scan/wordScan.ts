import { escapeReach } from './escapes';
import { countNewlines } from './newlineCounter';
import { checksumOf, eachEscaped, hashWord, isWord, kinds, longestWord, shortestWord, type WordRule } from './words';

/** Bytes of a block of a source; the last one is shorter. */
export const blockSize = 64 * 1024;

/** What a block holds. */
export interface BlockWords {
  /** Hashes of the words, each once, in no order. Valid until the scanner is used again. */
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
  /** Where a block's bytes are to be put before `scan`: `blockSize` bytes from the beginning of a page. Always the same. */
  readonly memory: Uint8Array;
  /**
   * Begins at the beginning of a source, or at a place within it.
   * @param before the bytes before that place: at least `lookBack`, or all there are
   */
  reset(before?: Uint8Array): void;
  /** Scans the first `length` bytes of `memory`, the source's next block. Bytes behind them may be set to zero. */
  scan(length: number): BlockWords;
  /** Hashes of a word that ends with the source, to be added to those of its last block. Changes nothing. */
  finish(): Uint32Array;
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
  /** The look-back and, behind it, the block. Zeros stand for what is before the source: they end no escape. */
  private readonly bytes: Uint8Array;
  private readonly words: Int32Array;
  private readonly found = new Set<number>();

  /** @param buffer `lookBack + blockSize` bytes that begin at a page */
  constructor(rule: WordRule, buffer = new ArrayBuffer(lookBack + blockSize)) {
    this.rule = rule;
    this.bytes = new Uint8Array(buffer);
    this.memory = this.bytes.subarray(lookBack);
    this.words = new Int32Array(buffer, lookBack);
  }

  reset(before: Uint8Array = new Uint8Array(0)): void {
    const tail = before.subarray(Math.max(0, before.length - lookBack));
    this.bytes.fill(0, 0, lookBack - tail.length);
    this.bytes.set(tail, lookBack - tail.length);
  }

  scan(length: number): BlockWords {
    const { bytes, rule } = this;
    this.found.clear();
    this.memory.fill(0, length, Math.min(blockSize, Math.ceil(length / 64) * 64));
    const end = lookBack + length;
    let { start, seen } = this.openRun();
    for (let at = lookBack; at < end; at++) {
      const kind = kinds[bytes[at] ?? 0] ?? 0;
      if (kind !== 0) {
        seen |= kind;
      } else {
        if (at - start >= shortestWord && isWord(seen, rule)) this.add(start, at);
        start = at + 1;
        seen = 0;
      }
    }
    const newlines = countNewlines(this.memory, 0, length);
    const checksum = checksumOf(this.words, length);
    bytes.copyWithin(0, length, length + lookBack);
    return { hashes: Uint32Array.from(this.found), newlines, checksum };
  }

  finish(): Uint32Array {
    this.found.clear();
    const { start, seen } = this.openRun();
    if (lookBack - start >= shortestWord && isWord(seen, this.rule)) this.add(start, lookBack);
    return Uint32Array.from(this.found);
  }

  /** The run that ends with the look-back, and the kinds of its bytes. */
  private openRun(): { start: number; seen: number } {
    let start = lookBack;
    let seen = 0;
    for (; start > 0; start--) {
      const kind = kinds[this.bytes[start - 1] ?? 0] ?? 0;
      if (kind === 0) break;
      seen |= kind;
    }
    return { start, seen };
  }

  private add(start: number, end: number): void {
    if (end - start > longestHeld) return;
    this.found.add(hashWord(this.bytes, start, end));
    eachEscaped(this.bytes, start, end, this.rule, at => this.found.add(hashWord(this.bytes, at, end)));
  }
}
