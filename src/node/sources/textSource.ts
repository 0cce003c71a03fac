import {
  type ByteSource,
  type Chunks,
  type SourceRef,
  type StreamEnd,
  streamChunks,
  type TakeChunk,
} from './byteSource';

/** Bytes that are no file of their own: standard input, an untitled editor, a member of a small packed tar. */
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

  async *chunks(): Chunks {
    const bytes = this.bytes.subarray(this.ref.start);
    if (bytes.length > 0) yield bytes;
    return null;
  }

  stream(take: TakeChunk): Promise<StreamEnd> {
    return streamChunks(this.chunks(), take);
  }

  close(): void {}
}
