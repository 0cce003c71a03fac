import { createReadStream } from 'node:fs';
import { constants, createGunzip } from 'node:zlib';
import type { ByteSource, SourceRef, StreamEnd, TakeChunk } from './byteSource';

export interface GzipLimits {
  /** Most decompressed bytes. */
  output: number;
  /** Most decompressed bytes for each stored one, once more than `ratioFrom` bytes came out. */
  ratio: number;
  ratioFrom: number;
}

/** Logs shrink 5 to 50 times, the densest repetition about 1,000 times: what shrinks 250 times is a bomb. */
const defaultLimits: GzipLimits = { output: 64 * 2 ** 30, ratio: 250, ratioFrom: 64 * 2 ** 20 };

/** A gzip file of one or more members. A damaged one gives what stands before the damage, with a note. */
export class GzipSource implements ByteSource {
  readonly ref: SourceRef;
  readonly size = null;
  private readonly limits: GzipLimits;

  constructor(ref: SourceRef, limits: GzipLimits = defaultLimits) {
    this.ref = ref;
    this.limits = limits;
  }

  read(): number {
    throw new Error(`${this.ref.id} is compressed and can only be read from its beginning.`);
  }

  stream(take: TakeChunk): Promise<StreamEnd> {
    return new Promise((resolve, reject) => {
      const input = createReadStream(this.ref.id, { highWaterMark: 256 * 1024 });
      const gunzip = createGunzip({ chunkSize: 512 * 1024 });
      let bytes = 0;
      const end = (note: StreamEnd['note']) => {
        input.destroy();
        gunzip.destroy();
        resolve({ bytes, note });
      };
      gunzip.on('data', (chunk: Buffer) => {
        if (gunzip.destroyed) return;
        bytes += chunk.length;
        const limit = this.exceeded(bytes, input.bytesRead);
        if (limit !== null) return end({ kind: 'cut', text: limit });
        try {
          if (!take(chunk)) end(null);
        } catch (error) {
          end(null);
          reject(error);
        }
      });
      gunzip.on('end', () => end(null));
      gunzip.on('error', error => end({ kind: 'truncatedSource', text: this.damaged(error, bytes) }));
      input.on('error', error => {
        gunzip.destroy();
        reject(error);
      });
      input.on('data', chunk => {
        if (!gunzip.write(chunk)) input.pause();
      });
      gunzip.on('drain', () => input.resume());
      // Everything that was understood comes out before `end` can find that the file was cut off.
      input.on('end', () => gunzip.flush(constants.Z_SYNC_FLUSH, () => gunzip.end()));
    });
  }

  close(): void {}

  private exceeded(bytes: number, stored: number): string | null {
    const tooMuch = bytes > this.limits.output;
    const tooDense = bytes > this.limits.ratioFrom && bytes > stored * this.limits.ratio;
    if (!tooMuch && !tooDense) return null;
    const why = tooMuch ? `more than ${this.limits.output} bytes` : `${Math.round(bytes / stored)} times its size`;
    return `${this.ref.id} unpacks to ${why}: reading stopped after ${bytes} bytes. Unpack it yourself to read all of it.`;
  }

  private damaged(error: Error, bytes: number): string {
    return `${this.ref.id} is cut off or damaged (${error.message}): only the ${bytes} bytes before that were read.`;
  }
}
