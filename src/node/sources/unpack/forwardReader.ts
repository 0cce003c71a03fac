import type { ByteSource, StreamEnd } from '../byteSource';
import { ByteInput } from './byteInput';

const pieceSize = 256 * 1024;

/** Reads at rising offsets: where the source has ranges directly, else by passing over what stands between. */
export class ForwardReader {
  private readonly source: ByteSource;
  private readonly input: ByteInput | null;

  constructor(source: ByteSource) {
    this.source = source;
    this.input = source.size === null ? new ByteInput(source.chunks()) : null;
  }

  /** What was lost of the source, once it has ended. */
  get note(): StreamEnd['note'] {
    return this.input?.note ?? null;
  }

  /** Fills `into` from offset `at` on, which is not before the end of the last read. @returns bytes, fewer only at the end */
  async read(into: Uint8Array, at: number): Promise<number> {
    if (!this.input) return this.source.read(into, at);
    await this.pass(this.input, at - this.input.used, null);
    return this.pass(this.input, into.length, into);
  }

  async close(): Promise<void> {
    await this.input?.close();
  }

  private async pass(input: ByteInput, length: number, into: Uint8Array | null): Promise<number> {
    let passed = 0;
    while (passed < length) {
      const piece = await input.peek(Math.min(pieceSize, length - passed));
      if (piece.length === 0) break;
      into?.set(piece, passed);
      input.skip(piece.length);
      passed += piece.length;
    }
    return passed;
  }
}
