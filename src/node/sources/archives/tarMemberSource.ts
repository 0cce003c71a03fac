import {
  type ByteSource,
  type Chunks,
  type SourceRef,
  type StreamEnd,
  streamChunks,
  type TakeChunk,
} from '../byteSource';

/**
 * A member of a tar: a stretch of its bytes. Of a packed tar they can only be had by unpacking what stands before them, too.
 */
export class TarMemberSource implements ByteSource {
  readonly ref: SourceRef;
  readonly size: number | null;
  private readonly archive: ByteSource;
  private readonly offset: number;

  /** @throws Error of the file system */
  constructor(ref: SourceRef, open: (archive: SourceRef) => ByteSource) {
    if (ref.member?.kind !== 'tar') throw new Error(`${ref.id} is no member of a tar.`);
    this.ref = ref;
    this.archive = open(ref.member.archive);
    this.offset = ref.member.offset;
    const { size } = this.archive;
    this.size = size === null ? null : Math.min(ref.storedSize, Math.max(0, size - this.offset));
  }

  get shrunk(): boolean {
    return this.archive.shrunk;
  }

  read(into: Uint8Array, from: number): number {
    const length = Math.min(into.length, (this.size ?? 0) - from);
    return length <= 0 ? 0 : this.archive.read(into.subarray(0, length), this.offset + from);
  }

  async *chunks(): Chunks {
    const archive = this.archive.chunks();
    const end = this.offset + this.ref.storedSize;
    try {
      for (let at = this.archive.ref.start; at < end; ) {
        const next = await archive.next();
        if (next.done) return next.value ?? this.cutOff();
        const chunk = next.value.subarray(Math.max(0, this.offset - at), Math.max(0, end - at));
        at += next.value.length;
        if (chunk.length > 0) yield chunk;
      }
    } finally {
      await archive.return(null);
    }
    return null;
  }

  stream(take: TakeChunk): Promise<StreamEnd> {
    return streamChunks(this.chunks(), take);
  }

  close(): void {
    this.archive.close();
  }

  private cutOff(): StreamEnd['note'] {
    const text = `${this.ref.id} is cut off, since its archive ends before it does: only what is there was read.`;
    return { kind: 'truncatedSource', text };
  }
}
