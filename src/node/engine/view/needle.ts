/** A text to look for in bytes. Where case does not count, that goes for the letters of ASCII. */
export class Needle {
  readonly length: number;
  private readonly bytes: Buffer;
  private readonly folded: string | null;

  constructor({ needle, matchCase }: { needle: Uint8Array; matchCase: boolean }) {
    this.bytes = Buffer.from(needle);
    this.length = needle.length;
    this.folded = matchCase ? null : this.bytes.toString('latin1').toLowerCase();
  }

  /** -1 where it is not. */
  firstIn(bytes: Buffer): number {
    if (this.folded === null) return bytes.indexOf(this.bytes);
    const text = bytes.toString('latin1').toLowerCase();
    let at = text.indexOf(this.folded);
    while (at >= 0 && !this.isAt(bytes, at)) at = text.indexOf(this.folded, at + 1);
    return at;
  }

  lastIn(bytes: Buffer): number {
    if (bytes.length < this.length) return -1;
    if (this.folded === null) return bytes.lastIndexOf(this.bytes);
    const text = bytes.toString('latin1').toLowerCase();
    let at = text.lastIndexOf(this.folded);
    while (at >= 0 && !this.isAt(bytes, at)) at = at === 0 ? -1 : text.lastIndexOf(this.folded, at - 1);
    return at;
  }

  /** Latin-1 has letters of its own, which are parts of characters here. */
  private isAt(bytes: Buffer, at: number): boolean {
    return this.bytes.every((byte, index) => foldOf(byte) === foldOf(bytes[at + index] ?? 0));
  }
}

const foldOf = (byte: number): number => (byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte);
