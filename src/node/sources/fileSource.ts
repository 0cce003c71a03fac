import { closeSync, fstatSync, openSync, readSync, type Stats } from 'node:fs';
import {
  type ByteSource,
  type Chunks,
  changedNote,
  pathOf,
  type SourceRef,
  type StreamEnd,
  streamChunks,
  type TakeChunk,
} from './byteSource';
import { missingOf, NotHeldError } from './heldBlocks';

const chunkSize = 1024 * 1024;

/** A plain file. Reads are synchronous: they run in workers, where nothing else waits. */
export class FileSource implements ByteSource {
  readonly ref: SourceRef;
  readonly size: number;
  readonly shrunk: boolean;
  private readonly descriptor: number;

  /** @throws Error of the file system */
  constructor(ref: SourceRef) {
    this.ref = ref;
    this.descriptor = openSync(pathOf(ref), 'r');
    const stat = fstatSync(this.descriptor);
    const replaced = ref.file !== null && ref.file !== fileName(stat);
    this.shrunk = replaced || stat.size < ref.storedSize;
    // Another file at the same place has other lines at the same offsets. What a remote file has grown by since is still
    // on its way.
    this.size = replaced ? 0 : ref.mirror ? Math.min(stat.size, ref.storedSize) : stat.size;
  }

  /** @throws NotHeldError where it is of a remote file and not here yet */
  read(into: Uint8Array, from: number): number {
    if (from >= this.size) return 0;
    const { mirror, id } = this.ref;
    if (!mirror) return readFully(this.descriptor, into, from, into.length);
    const length = Math.min(into.length, this.size - from);
    const [missing] = mirror.held ? missingOf(mirror.held, { from, to: from + length }, this.size) : [];
    if (missing) throw new NotHeldError(id, missing);
    return readFully(this.descriptor, into, from, length);
  }

  async *chunks(): Chunks {
    const chunk = Buffer.allocUnsafeSlow(chunkSize);
    for (let at = this.ref.start; at < this.size; ) {
      const length = this.read(chunk, at);
      if (length === 0) break;
      at += length;
      yield chunk.subarray(0, length);
      // Lets a cancel or another request in between two chunks.
      await new Promise(resolve => setImmediate(resolve));
    }
    return this.shrunk ? changedNote(this.ref) : null;
  }

  stream(take: TakeChunk): Promise<StreamEnd> {
    return streamChunks(this.chunks(), take);
  }

  close(): void {
    closeSync(this.descriptor);
  }
}

/** Names a physical file; `null` where the file system has no inode numbers. */
export const fileName = ({ dev, ino }: Stats): string | null => (ino === 0 ? null : `${dev}:${ino}`);

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
