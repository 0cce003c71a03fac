import { type FileHandle, open } from 'node:fs/promises';
import { heldBlock, type Stretch } from '../sources/heldBlocks';
import type { Mirror } from './mirror';
import { Mutex } from './mutex';

/** The far file is not the one that the mirror is of. */
export class OtherFileError extends Error {}

/**
 * Takes in what a transfer brings of a file: bytes that are known already are compared, all others are written, and a
 * block is held as soon as it is full.
 */
export class Intake {
  bytes = 0;
  private readonly mirror: Mirror;
  private readonly handle: FileHandle;
  private readonly known: readonly Stretch[];
  private readonly filled = new Map<number, number>();
  private readonly writing = new Mutex();

  private constructor(mirror: Mirror, handle: FileHandle, known: readonly Stretch[]) {
    this.mirror = mirror;
    this.handle = handle;
    this.known = known;
  }

  /** @param known stretches that come again, to tell whether the file is still the same */
  static async open(mirror: Mirror, known: readonly Stretch[]): Promise<Intake> {
    return new Intake(mirror, await open(mirror.path, 'r+'), known);
  }

  /** No byte may come twice but those of `known`. @throws OtherFileError, Error of the file system */
  async take(bytes: Uint8Array, at: number): Promise<void> {
    this.bytes += bytes.length;
    let from = at;
    const end = at + bytes.length;
    for (const { from: start, to } of this.known) {
      if (to <= from || start >= end) continue;
      if (start > from) await this.write(bytes.subarray(from - at, start - at), from);
      from = Math.max(from, start);
      const till = Math.min(to, end);
      await this.compare(bytes.subarray(from - at, till - at), from);
      from = till;
    }
    if (from < end) await this.write(bytes.subarray(from - at), from);
    this.fill(at, end);
  }

  close(): Promise<void> {
    return this.handle.close();
  }

  private async compare(bytes: Uint8Array, at: number): Promise<void> {
    const { buffer } = await this.handle.read(Buffer.alloc(bytes.length), 0, bytes.length, at);
    if (!buffer.equals(bytes)) throw new OtherFileError();
  }

  /** One at a time: a file is written by one only, and who waits for that within the system burns the time of others. */
  private write(bytes: Uint8Array, at: number): Promise<void> {
    return this.writing.run(async () => {
      for (let done = 0; done < bytes.length; ) {
        const { bytesWritten } = await this.handle.write(bytes, done, bytes.length - done, at + done);
        done += bytesWritten;
      }
    });
  }

  private fill(at: number, end: number): void {
    for (let from = at; from < end; ) {
      const block = Math.floor(from / heldBlock);
      const to = Math.min(end, (block + 1) * heldBlock);
      const filled = (this.filled.get(block) ?? 0) + to - from;
      this.filled.set(block, filled);
      const length = Math.min(heldBlock, this.mirror.size - block * heldBlock);
      if (filled >= length) this.mirror.hold(block);
      from = to;
    }
  }
}
