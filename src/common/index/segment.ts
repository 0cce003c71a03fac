import type { WordScanner } from '../scan/wordScan';
import { blockBits, type SegmentWords, type WordTable } from './wordTable';

/**
 * Bytes of a block: an ID is looked for in as many blocks as it has records, at most. Smaller ones are read faster, and
 * make a larger index.
 */
export const blockSize = 32 * 1024;

/** Most blocks of a segment. */
export const segmentBlocks = 2 ** blockBits;
export const segmentSize = segmentBlocks * blockSize;

/**
 * What an index knows of a stretch of a source: for each of its blocks the number of line breaks and a checksum, and
 * in which of them each word stands. Plain data, which goes from worker to worker and to disk as it is.
 */
export interface IndexSegment {
  /** Offset of the first block: a multiple of `blockSize`. */
  from: number;
  /** Offset behind the last block, which may be shorter than the others. */
  to: number;
  newlines: Uint32Array;
  checksums: Uint32Array;
  words: WordTable;
  /** Whether the last byte is a line break. */
  endsLine: boolean;
}

/** Bytes that a segment takes, in memory and, but for a few, on disk. */
export const sizeOfSegment = ({ newlines, words }: IndexSegment): number =>
  8 * newlines.length + words.starts.byteLength + words.bits.length;

/** Builds a segment block by block. */
export class SegmentBuilder {
  private readonly from: number;
  private readonly scanner: WordScanner;
  private readonly newlines: number[] = [];
  private readonly checksums: number[] = [];
  private readonly words: SegmentWords;
  /** Offset behind what was taken. */
  to: number;
  private endsLine = false;

  /** @param scanner stands at `from`, a multiple of `blockSize` @param words nobody else's until `finish` */
  constructor(scanner: WordScanner, from: number, words: SegmentWords) {
    words.clear();
    this.words = words;
    this.scanner = scanner;
    this.from = from;
    this.to = from;
  }

  get isFull(): boolean {
    return this.newlines.length === segmentBlocks;
  }

  /** Takes the block at a place in the scanner's memory; only the last one may be shorter than `blockSize`. */
  add(length: number, at = 0): void {
    const block = this.newlines.length;
    this.endsLine = this.scanner.memory[at + length - 1] === 0x0a;
    const { hashes, newlines, checksum } = this.scanner.scan(length, at);
    this.words.add(hashes, block);
    this.newlines.push(newlines);
    this.checksums.push(checksum);
    this.to += length;
  }

  /** @param endsSource whether the source ends behind the last block, and so a word with it */
  finish(endsSource: boolean): IndexSegment {
    const { from, to, endsLine, newlines, checksums } = this;
    if (endsSource && newlines.length > 0) this.words.add(this.scanner.finish(), newlines.length - 1);
    return {
      from,
      to,
      newlines: Uint32Array.from(newlines),
      checksums: Uint32Array.from(checksums),
      words: this.words.table(),
      endsLine,
    };
  }
}
