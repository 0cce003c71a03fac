import { type ByteSource, type Chunks, type SourceRef, type StreamEnd, StreamedSource } from './byteSource';

/** UTF-16 as UTF-8, so that whatever looks for bytes and line feeds need not know. Read from the beginning only. */
export class Utf16Source extends StreamedSource {
  readonly ref: SourceRef;
  private readonly stored: ByteSource;

  constructor(stored: ByteSource) {
    super();
    this.ref = stored.ref;
    this.stored = stored;
  }

  get shrunk(): boolean {
    return this.stored.shrunk;
  }

  async *chunks(): Chunks {
    const decoder = new TextDecoder(this.ref.encoding);
    const stored = this.stored.chunks();
    let note: StreamEnd['note'];
    try {
      for (;;) {
        const next = await stored.next();
        // Half a character at the very end becomes a replacement character.
        const text = next.done ? decoder.decode() : decoder.decode(next.value, { stream: true });
        if (text !== '') yield Buffer.from(text);
        if (!next.done) continue;
        note = next.value;
        break;
      }
    } finally {
      await stored.return(null);
    }
    return note;
  }

  close(): void {
    this.stored.close();
  }
}
