import type { SoughtWord } from '../scan/words';
import { blockSize, type IndexSegment, sizeOfSegment } from './segment';
import { blocksOf } from './wordTable';

/** Blocks of a source that follow each other. */
export interface Span {
  /** Offset of the first block. */
  from: number;
  /** Offset behind the last block. */
  blocksTo: number;
  /** A hit whose end lies before this may stand in the blocks: its last bytes may be behind them. */
  to: number;
  /** Line breaks of the source before `from`. */
  newlinesBefore: number;
  /** Of each block. */
  checksums: number[];
}

/** Most blocks of a span, so that several workers can share what is long. */
const longestSpan = 64;

/** What is known of a source from its beginning on: in which blocks a word may stand, and how many lines are before each. */
export class SourceIndex {
  readonly segments: readonly IndexSegment[];
  /** Line breaks before each segment; the last is the sum of all. */
  private readonly newlinesBefore: number[] = [0];

  /** @param segments one behind the other; all but the last end at a multiple of `blockSize` */
  constructor(segments: readonly IndexSegment[]) {
    this.segments = segments;
    let sum = 0;
    for (const { newlines } of segments) {
      sum += sumOf(newlines, newlines.length);
      this.newlinesBefore.push(sum);
    }
  }

  get from(): number {
    return this.segments[0]?.from ?? 0;
  }

  /** Offset behind what is indexed. */
  get to(): number {
    return this.segments.at(-1)?.to ?? 0;
  }

  /** Line breaks of all that is indexed. */
  get newlines(): number {
    return this.newlinesBefore.at(-1) ?? 0;
  }

  /** Whether the last byte that is indexed is a line break. */
  get endsLine(): boolean {
    return this.segments.at(-1)?.endsLine ?? true;
  }

  /** Bytes that it takes. */
  get size(): number {
    return this.segments.reduce((total, segment) => total + sizeOfSegment(segment), 0);
  }

  /**
   * Where some spellings may stand; nowhere else in what is indexed stands any of them.
   * @param spellings the words of each (`wordsOf`)
   * @returns `null` where a spelling has no word to go by
   */
  spansOf(spellings: readonly (readonly SoughtWord[])[]): Span[] | null {
    /** Bytes behind each block that belong to what is sought. */
    const behind = new Map<number, number>();
    for (const words of spellings) {
      const rarest = this.rarest(words);
      if (!rarest) return null;
      for (const block of rarest.blocks) behind.set(block, Math.max(behind.get(block) ?? 0, rarest.end));
    }
    const spans: Span[] = [];
    for (const [block, bytes] of [...behind].sort(([a], [b]) => a - b)) {
      const span = this.block(block);
      const last = spans.at(-1);
      if (last?.blocksTo === span.from && last.checksums.length < longestSpan) {
        last.blocksTo = span.blocksTo;
        last.to = span.blocksTo + bytes;
        last.checksums.push(...span.checksums);
      } else {
        spans.push({ ...span, to: span.blocksTo + bytes });
      }
    }
    return spans;
  }

  /** The block that holds a line break, which are counted from 1; `null` where the index does not reach it. */
  blockOfNewline(newline: number): Span | null {
    if (newline < 1 || newline > this.newlines) return null;
    const segment = this.newlinesBefore.findLastIndex(before => before < newline);
    let before = this.newlinesBefore[segment] ?? 0;
    const counts = this.segments[segment]?.newlines ?? [];
    for (const [at, count] of counts.entries()) {
      before += count;
      if (before >= newline) return this.block(this.firstBlock(segment) + at);
    }
    return null;
  }

  /** Where each block begins, and the line breaks before it. */
  *blockPlaces(): Generator<{ offset: number; newlines: number }> {
    let newlines = 0;
    for (const segment of this.segments) {
      for (const [block, count] of segment.newlines.entries()) {
        yield { offset: segment.from + block * blockSize, newlines };
        newlines += count;
      }
    }
  }

  /** The last block: a source that only grew still has it. `null` where there is none. */
  get lastBlock(): Span | null {
    const blocks = Math.ceil((this.to - this.from) / blockSize);
    return blocks === 0 ? null : this.block(blocks - 1);
  }

  /** The blocks of the word that stands in the fewest, and the bytes that are sought behind it. */
  private rarest(words: readonly SoughtWord[]): { blocks: number[]; end: number } | null {
    let rarest: { blocks: number[]; end: number } | null = null;
    for (const { hash, end } of words) {
      const blocks = this.segments.flatMap((segment, at) => {
        const found = blocksOf(segment.words, hash, segment.newlines.length);
        return found.map(block => this.firstBlock(at) + block);
      });
      if (rarest === null || blocks.length < rarest.blocks.length) rarest = { blocks, end };
    }
    return rarest;
  }

  /** A block by its number, counted through. */
  private block(number: number): Span {
    const from = this.from + number * blockSize;
    const at = this.segments.findLastIndex(segment => segment.from <= from);
    const segment = this.segments[at];
    if (!segment) throw new Error(`The index has no block ${number}.`);
    const block = number - this.firstBlock(at);
    const blocksTo = Math.min(from + blockSize, segment.to);
    return {
      from,
      blocksTo,
      to: blocksTo,
      newlinesBefore: (this.newlinesBefore[at] ?? 0) + sumOf(segment.newlines, block),
      checksums: [segment.checksums[block] ?? 0],
    };
  }

  private firstBlock(segment: number): number {
    return ((this.segments[segment]?.from ?? 0) - this.from) / blockSize;
  }
}

function sumOf(counts: Uint32Array, length: number): number {
  let sum = 0;
  for (let at = 0; at < length; at++) sum += counts[at] ?? 0;
  return sum;
}
