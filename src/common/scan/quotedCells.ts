const quote = 0x22;
const blank = 0x20;

/**
 * What a line leaves behind: no cell open; that cell open with which it began, or its first; another cell open than that
 * with which it began; or a cell that was never meant to be open, as a quote in it neither ends it nor is doubled.
 */
export type LineEnd = 'closed' | 'open' | 'reopened' | 'stray';

/**
 * Follows the quoted cells of RFC 4180 through the lines of a chunk of bytes: a quote counts where a cell begins (behind
 * blanks at most), two quotes within such a cell are one of its text, and what stands behind its last is part of it.
 */
export class QuotedCells {
  private readonly separator: number;
  private bytes: Uint8Array = new Uint8Array(0);
  /** The first quote at or behind the last line that was asked for; the length of the bytes if there is none. */
  private nextQuote = -1;

  constructor(separator: number) {
    this.separator = separator;
  }

  begin(bytes: Uint8Array): void {
    this.bytes = bytes;
    this.nextQuote = -1;
  }

  /** Reads the line `[from, to)` (without its break), which began within a quoted cell if `open`. */
  after(from: number, to: number, open: boolean): LineEnd {
    const { bytes, separator } = this;
    let at = from;
    let inside = open;
    for (let cells = 0; ; cells++) {
      if (inside) {
        at = this.closingQuote(at, to);
        if (at === to) return cells > 0 && open ? 'reopened' : 'open';
        at++;
        const isStray = open && cells === 0 && at < to && bytes[at] !== separator;
        if (isStray) return 'stray';
      }
      at = this.openingQuote(at, to, !inside && cells === 0);
      if (at === to) return 'closed';
      at++;
      inside = true;
    }
  }

  /** The next quote that is not doubled, `to` where there is none. */
  private closingQuote(from: number, to: number): number {
    for (let at = this.quoteFrom(from, to); at < to; at = this.quoteFrom(at + 2, to)) {
      if (at + 1 === to || this.bytes[at + 1] !== quote) return at;
    }
    return to;
  }

  /** The next quote with which a cell begins, `to` where there is none. `isStart`: whether one begins at `from`. */
  private openingQuote(from: number, to: number, isStart: boolean): number {
    for (let at = this.quoteFrom(from, to); at < to; at = this.quoteFrom(at + 1, to)) {
      let before = at - 1;
      if (this.separator !== blank) while (before >= from && this.bytes[before] === blank) before--;
      if (before >= from ? this.bytes[before] === this.separator : isStart) return at;
    }
    return to;
  }

  private quoteFrom(from: number, to: number): number {
    if (this.nextQuote < from) {
      const { bytes } = this;
      // Quotes of a line stand close together: a call for each would cost more than the bytes between.
      const near = Math.min(from + 64, to);
      for (let at = from; at < near; at++) {
        if (bytes[at] !== quote) continue;
        this.nextQuote = at;
        return at;
      }
      const found = bytes.indexOf(quote, near);
      this.nextQuote = found < 0 ? bytes.length : found;
    }
    return Math.min(this.nextQuote, to);
  }
}
