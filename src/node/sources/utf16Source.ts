import type { ByteSource, SourceRef, StreamEnd, TakeChunk } from './byteSource';

/** UTF-16 as UTF-8, so that whatever looks for bytes and line feeds need not know. Read from the beginning only. */
export class Utf16Source implements ByteSource {
  readonly ref: SourceRef;
  readonly size = null;
  private readonly stored: ByteSource;

  constructor(stored: ByteSource) {
    this.ref = stored.ref;
    this.stored = stored;
  }

  get shrunk(): boolean {
    return this.stored.shrunk;
  }

  read(): number {
    throw new Error(`${this.ref.id} can only be read from its beginning.`);
  }

  async stream(take: TakeChunk): Promise<StreamEnd> {
    const decoder = new TextDecoder(this.ref.encoding);
    let bytes = 0;
    let more = true;
    const hand = (text: string): boolean => {
      const decoded = Buffer.from(text);
      bytes += decoded.length;
      more = decoded.length === 0 || take(decoded);
      return more;
    };
    const { note } = await this.stored.stream(chunk => hand(decoder.decode(chunk, { stream: true })));
    // Half a character at the very end becomes a replacement character.
    if (more) hand(decoder.decode());
    return { bytes, note };
  }

  close(): void {
    this.stored.close();
  }
}
