/** Bytes of a block: as small as a place among its matches is quick to count, as large as their number costs nothing. */
export const matchBlock = 256 * 1024;

/** How often a text begins in the blocks of a log, which follow each other from its beginning, as far as it was counted. */
export class MatchCounts {
  readonly text: string;
  readonly matchCase: boolean;
  private readonly start: number;
  /** Matches before each block, and behind the last one. */
  private readonly sums = [0];
  /** What stands behind the last whole block. It is counted anew when the log has grown. */
  private rest: { bytes: number; matches: number } | null = null;

  constructor({ text, matchCase }: { text: string; matchCase: boolean }, start: number) {
    this.text = text;
    this.matchCase = matchCase;
    this.start = start;
  }

  /** Where the next block begins. */
  get next(): number {
    return this.start + (this.sums.length - 1) * matchBlock;
  }

  /** Offset up to which matches are counted. */
  get bytes(): number {
    return this.next + (this.rest?.bytes ?? 0);
  }

  get matches(): number {
    return this.sums.at(-1)! + (this.rest?.matches ?? 0);
  }

  isOf({ text, matchCase }: { text: string; matchCase: boolean }): boolean {
    return text === this.text && matchCase === this.matchCase;
  }

  /** Blocks that somebody else has counted meanwhile are passed over, so that none counts twice. */
  addBlocks(from: number, counts: readonly number[]): void {
    for (const [index, count] of counts.entries()) {
      if (from + index * matchBlock !== this.next) continue;
      this.sums.push(this.sums.at(-1)! + count);
      this.rest = null;
    }
  }

  /** What stands between the last whole block and the end of the log. */
  end(bytes: number, matches: number): void {
    if (bytes >= this.next) this.rest = { bytes: bytes - this.next, matches };
  }

  /** The block that holds an offset, and the matches before it; `null` where it is not counted up to there. */
  blockOf(offset: number): { from: number; matches: number } | null {
    if (offset > this.bytes) return null;
    const index = Math.floor((offset - this.start) / matchBlock);
    return { from: this.start + index * matchBlock, matches: this.sums[index]! };
  }
}
