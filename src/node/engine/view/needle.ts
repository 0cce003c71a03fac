/** A text to look for in bytes. Where case does not count, that goes for the letters of ASCII. */
export class Needle {
  readonly length: number;
  private readonly bytes: Buffer;
  private readonly matchCase: boolean;

  constructor({ needle, matchCase }: { needle: Uint8Array; matchCase: boolean }) {
    this.bytes = Buffer.from(needle);
    this.length = needle.length;
    this.matchCase = matchCase;
    if (!matchCase) toLowerCase(this.bytes);
  }

  /** -1 where it is not. Where case does not count, the bytes are in lower case afterwards. */
  firstIn(bytes: Buffer): number {
    if (!this.matchCase) toLowerCase(bytes);
    return bytes.indexOf(this.bytes);
  }

  /** As {@link firstIn}. */
  lastIn(bytes: Buffer): number {
    if (bytes.length < this.length) return -1;
    if (!this.matchCase) toLowerCase(bytes);
    return bytes.lastIndexOf(this.bytes);
  }

  /** How often it begins in what is shown; places may overlap. As {@link firstIn}. */
  countIn(bytes: Buffer): number {
    if (!this.matchCase) toLowerCase(bytes);
    let count = 0;
    for (let at = bytes.indexOf(this.bytes); at >= 0; at = bytes.indexOf(this.bytes, at + 1)) count++;
    return count;
  }
}

/**
 * In place, four bytes at a time: text in lower case would be twice as many bytes of garbage. The top bit of each byte of
 * a sum tells whether what is below it is at least `A`, or above `Z`.
 */
function toLowerCase(bytes: Buffer): void {
  const { buffer, byteOffset, length } = bytes;
  const head = Math.min(length, -byteOffset & 3);
  const words = length < 8 ? [] : new Uint32Array(buffer, byteOffset + head, (length - head) >> 2);
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? 0;
    const ascii = word & 0x7f7f7f7f;
    const upper = (ascii + 0x3f3f3f3f) & ~(ascii + 0x25252525) & ~word & 0x80808080;
    words[at] = word | (upper >>> 2);
  }
  for (let at = 0; at < head; at++) bytes[at] = lowerCase(bytes[at] ?? 0);
  for (let at = head + 4 * words.length; at < length; at++) bytes[at] = lowerCase(bytes[at] ?? 0);
}

const lowerCase = (byte: number): number => (byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte);
