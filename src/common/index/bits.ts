/** Writes numbers of any width one after the other, the lowest bit first. */
export class BitWriter {
  private words: Int32Array;
  /** Whole words of 32 bits. */
  private filled = 0;
  /** What is not in `words` yet, and its bits: less than 32. */
  private open = 0;
  private opened = 0;

  /** @param capacity in bits; grows as needed */
  constructor(capacity: number) {
    this.words = new Int32Array(2 + (capacity >>> 5));
  }

  /** Bits written. */
  get length(): number {
    return 32 * this.filled + this.opened;
  }

  /** @param width 0 to 24 bits */
  write(value: number, width: number): void {
    const { opened } = this;
    this.open |= value << opened;
    this.opened = opened + width;
    if (this.opened < 32) return;
    if (this.filled === this.words.length) this.grow();
    this.words[this.filled++] = this.open;
    this.opened -= 32;
    this.open = value >>> (width - this.opened);
  }

  /** Elias's gamma code: short for small numbers. @param value 1 to 2047 */
  writeGamma(value: number): void {
    const width = 31 - Math.clz32(value);
    // The zeros say how many bits follow the highest one.
    this.write((1 << width) | ((value & ((1 << width) - 1)) << (width + 1)), 2 * width + 1);
  }

  /** All that was written. */
  finish(): Uint8Array {
    const { length } = this;
    if (this.filled === this.words.length) this.grow();
    this.words[this.filled] = this.open;
    return new Uint8Array(this.words.buffer, 0, Math.ceil(length / 8)).slice();
  }

  private grow(): void {
    const words = new Int32Array(2 * this.words.length);
    words.set(this.words);
    this.words = words;
  }
}

/** Reads what a {@link BitWriter} wrote. Behind the end there are only ones. */
export class BitReader {
  /** Bits read. */
  at: number;
  private readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array, at: number) {
    this.bytes = bytes;
    this.at = at;
  }

  /** @param width 0 to 24 bits */
  read(width: number): number {
    const { bytes } = this;
    const from = this.at >>> 3;
    const four =
      (bytes[from] ?? 0xff) |
      ((bytes[from + 1] ?? 0xff) << 8) |
      ((bytes[from + 2] ?? 0xff) << 16) |
      ((bytes[from + 3] ?? 0xff) << 24);
    const value = (four >>> (this.at & 7)) & ((1 << width) - 1);
    this.at += width;
    return value;
  }

  readGamma(): number {
    const ahead = this.read(24) | (1 << 24);
    const width = 31 - Math.clz32(ahead & -ahead);
    this.at += width + 1 - 24;
    return (1 << width) | this.read(width);
  }
}
