import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { ByteSource, SourceRef, StreamEnd, TakeChunk } from './byteSource';

const chunkSize = 1024 * 1024;

/** A plain file. Reads are synchronous: they run in workers, where nothing else waits. */
export class FileSource implements ByteSource {
  readonly ref: SourceRef;
  readonly size: number | null;
  private readonly descriptor: number;
  private readonly fileSize: number;

  /** @throws Error of the file system */
  constructor(ref: SourceRef) {
    this.ref = ref;
    this.descriptor = openSync(ref.id, 'r');
    this.fileSize = fstatSync(this.descriptor).size;
    this.size = ref.encoding === 'utf-8' ? this.fileSize : null;
  }

  read(into: Uint8Array, from: number): number {
    if (this.size === null) throw new Error(`${this.ref.id} can only be read from its beginning.`);
    return readFully(this.descriptor, into, from, into.length);
  }

  async stream(take: TakeChunk): Promise<StreamEnd> {
    const decoder = this.ref.encoding === 'utf-8' ? null : new TextDecoder(this.ref.encoding);
    const chunk = Buffer.allocUnsafeSlow(chunkSize);
    let bytes = 0;
    for (let at = 0; at < this.fileSize; ) {
      const length = readFully(this.descriptor, chunk, at, chunkSize);
      if (length === 0) break;
      at += length;
      const raw = chunk.subarray(0, length);
      const decoded = decoder ? Buffer.from(decoder.decode(raw, { stream: at < this.fileSize })) : raw;
      bytes += decoded.length;
      if (!take(decoded)) break;
      // Lets a cancel or another request in between two chunks.
      await new Promise(resolve => setImmediate(resolve));
    }
    return { bytes, note: null };
  }

  close(): void {
    closeSync(this.descriptor);
  }
}

/** Reads until `length` bytes are there or the file ends: one `read` may return less at any time. */
export function readFully(descriptor: number, into: Uint8Array, from: number, length: number): number {
  let got = 0;
  while (got < length) {
    const read = readSync(descriptor, into, got, length - got, from + got);
    if (read === 0) break;
    got += read;
  }
  return got;
}
