/** Reads `[from, from + length)` of a source; fewer bytes only at its end. They are the caller's own for now. */
export type ReadBytes = (from: number, length: number) => Promise<Uint8Array>;

export interface LinesAround {
  /** Offset in the line that the others stand around; at most the source's size. */
  at: number;
  /** Lines before it, and from it on. */
  before: number;
  after: number;
}

export interface CutOptions {
  /** Where the source begins. */
  start: number;
  /** Reading stops after about so many bytes on either side, but never without a line. */
  most?: number;
  /** See `LineCut`. */
  cutSize?: number;
}

/**
 * A line of a source with its line break, or a piece of one that is too long to be handled whole. Pieces begin at multiples
 * of the cut size, at each that has no line break in the stretch of that size before it. So where pieces begin can be told
 * from the bytes around, from whichever side a reader comes.
 */
export interface LineCut {
  from: number;
  to: number;
  /** Whether it begins within a line, and whether its line goes on behind it. */
  continues: boolean;
  goesOn: boolean;
  /** Bytes `[from, to)`, and up to 3 more where a character goes on behind a cut. */
  bytes: Uint8Array;
}

const newline = 0x0a;
const firstStep = 64 * 1024;
/** A view full of pieces of a line without end is read at once, and no more than that. */
const usualMost = 2 * 1024 * 1024;
/** So large that what people write as a line is whole, so small that few bytes are read for each row. */
const usualCut = 64 * 1024;
/** Bytes of a character that may stand behind a cut. */
const restOfCharacter = 3;

/** The lines around a place. Only the bytes around it are read, however large the source is. */
export async function linesAround(
  read: ReadBytes,
  { at, before, after }: LinesAround,
  options: CutOptions,
): Promise<LineCut[]> {
  const { most = usualMost } = options;
  const window = new LineWindow(read, at, options);
  const middle = await window.startOf(at);
  const places: [from: number, to: number][] = [];
  for (let from = middle; places.length < before && from > window.start && middle - from < most; ) {
    const previous = await window.startOf(from - 1);
    places.unshift([previous, from]);
    from = previous;
  }
  const behind: typeof places = [];
  for (let from = middle; behind.length < after && from - middle < most; ) {
    const to = await window.endOf(from);
    if (to === from) break;
    behind.push([from, to]);
    from = to;
  }
  await window.cover(middle + restOfCharacter);
  return [...places, ...behind].map(([from, to]) => window.cut(from, to));
}

/** The bytes around a place, as far as they were needed until now. */
class LineWindow {
  readonly start: number;
  private readonly read: ReadBytes;
  private readonly cutSize: number;
  private bytes: Uint8Array = new Uint8Array(0);
  private base: number;
  private isAtEnd = false;

  constructor(read: ReadBytes, at: number, { start, cutSize = usualCut }: CutOptions) {
    this.read = read;
    this.start = start;
    this.cutSize = cutSize;
    this.base = Math.max(start, at);
  }

  /** Where the line, or the piece, begins that holds an offset. */
  async startOf(offset: number): Promise<number> {
    const lastCut = Math.max(this.start, offset - (offset % this.cutSize));
    const lowest = Math.max(this.start, lastCut - this.cutSize);
    for (;;) {
      const from = Math.max(lowest, this.base);
      const found = this.bytes.subarray(from - this.base, Math.max(from, offset) - this.base).lastIndexOf(newline);
      if (found >= 0) return from + found + 1;
      if (this.base <= lowest) return lastCut;
      await this.readBack();
    }
  }

  /** Where the line, or the piece, that begins at an offset ends. */
  async endOf(from: number): Promise<number> {
    const cutBefore = from - (from % this.cutSize);
    // Any other beginning has a line break before it.
    const isInBlock = from > cutBefore && from > this.start;
    const limit = cutBefore + (isInBlock ? 2 : 1) * this.cutSize;
    for (let searched = from; ; ) {
      const end = this.base + this.bytes.length;
      const found = this.bytes.subarray(searched - this.base, limit - this.base).indexOf(newline);
      if (found >= 0) return searched + found + 1;
      if (end >= limit + restOfCharacter) return limit;
      if (this.isAtEnd) return Math.min(limit, end);
      searched = Math.max(from, end);
      await this.readOn();
    }
  }

  cut(from: number, to: number): LineCut {
    const { bytes, base, start } = this;
    const isEnd = to === base + bytes.length && this.isAtEnd;
    const goesOn = bytes[to - 1 - base] !== newline && !isEnd;
    let end = to;
    while (goesOn && end < to + restOfCharacter && isInCharacter(bytes[end - base])) end++;
    return {
      from,
      to,
      continues: from > start && from % this.cutSize === 0 && bytes[from - 1 - base] !== newline,
      goesOn,
      bytes: bytes.subarray(from - base, end - base),
    };
  }

  /** Reads up to an offset. */
  async cover(to: number): Promise<void> {
    while (this.base + this.bytes.length < to && !this.isAtEnd) await this.readOn();
  }

  private async readBack(): Promise<void> {
    const from = Math.max(this.start, this.base - Math.max(firstStep, this.bytes.length));
    const more = await this.read(from, this.base - from);
    this.bytes = joined(more, this.bytes);
    this.base = from;
  }

  private async readOn(): Promise<void> {
    const length = Math.max(firstStep, this.bytes.length);
    const more = await this.read(this.base + this.bytes.length, length);
    this.isAtEnd = more.length < length;
    this.bytes = joined(this.bytes, more);
  }
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(a.length + b.length);
  bytes.set(a);
  bytes.set(b, a.length);
  return bytes;
}

/** Whether a byte of UTF-8 belongs to the character before it. */
export const isInCharacter = (byte: number | undefined): boolean => byte !== undefined && (byte & 0xc0) === 0x80;
