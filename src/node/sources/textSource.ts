import type { ByteSource, SourceRef, StreamEnd, TakeChunk } from './byteSource';

/** Bytes that are no file: standard input, an untitled editor. */
export class TextSource implements ByteSource {
  readonly ref: SourceRef;
  readonly size: number;
  readonly shrunk = false;
  private readonly bytes: Uint8Array;

  constructor(ref: SourceRef) {
    this.ref = ref;
    this.bytes = ref.text ?? new Uint8Array(0);
    this.size = this.bytes.length;
  }

  read(into: Uint8Array, from: number): number {
    const part = this.bytes.subarray(from, from + into.length);
    into.set(part);
    return part.length;
  }

  async stream(take: TakeChunk): Promise<StreamEnd> {
    take(this.bytes.subarray(this.ref.start));
    return { bytes: this.size - this.ref.start, note: null };
  }

  close(): void {}
}
