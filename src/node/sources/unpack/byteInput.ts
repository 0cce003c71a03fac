import type { Chunks, StreamEnd } from '../byteSource';

/** Stored bytes as a decoder wants them: it looks ahead as far as it needs and says how much of that it has used. */
export class ByteInput {
  /** Stored bytes that were used up. */
  used = 0;
  /** What was lost of the stored bytes, once they have ended. */
  note: StreamEnd['note'] = null;
  private readonly chunks: Chunks;
  private ahead = Buffer.alloc(0);
  private over = false;

  constructor(chunks: Chunks) {
    this.chunks = chunks;
  }

  /** The next stored bytes; fewer only at the end. */
  async peek(length: number): Promise<Buffer> {
    while (this.ahead.length < length && !this.over) {
      const next = await this.chunks.next();
      this.over = next.done === true;
      if (next.done) this.note = next.value;
      else this.ahead = Buffer.concat([this.ahead, next.value]);
    }
    return this.ahead.subarray(0, length);
  }

  skip(length: number): void {
    this.used += length;
    this.ahead = this.ahead.subarray(length);
  }

  /** Blocks of a tape are filled up with zeros. */
  async onlyZeros(): Promise<boolean> {
    for (let piece = await this.peek(zerosSize); piece.length > 0; piece = await this.peek(zerosSize)) {
      if (piece.some(byte => byte !== 0)) return false;
      this.skip(piece.length);
    }
    return true;
  }

  async close(): Promise<void> {
    await this.chunks.return(null);
  }
}

const zerosSize = 64 * 1024;
