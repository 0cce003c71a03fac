/** Bits of some bytes, the highest of each byte first. Behind the end there are zeros, and `over` is true. */
export class BitReader {
  private readonly bytes: Uint8Array;
  private next: number;
  private held = 0;
  private count = 0;

  /** @param bit where to begin, as a number of bits */
  constructor(bytes: Uint8Array, bit: number) {
    this.bytes = bytes;
    this.next = bit >> 3;
    this.read(bit & 7);
  }

  /** Number of bits that were read, from the beginning of the bytes. */
  get at(): number {
    return this.next * 8 - this.count;
  }

  get over(): boolean {
    return this.at > this.bytes.length * 8;
  }

  /** @param length at most 24 */
  read(length: number): number {
    const value = this.look(length);
    this.count -= length;
    return value;
  }

  /** The next bits, which stay to be read. @param length at most 24 */
  look(length: number): number {
    while (this.count < length) {
      this.held = (this.held << 8) | (this.bytes[this.next++] ?? 0);
      this.count += 8;
    }
    return (this.held >>> (this.count - length)) & ((1 << length) - 1);
  }
}
