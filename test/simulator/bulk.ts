import { open } from 'node:fs/promises';
import { BulkLines } from './bulk-lines.ts';

export interface BulkOptions {
  readonly file: string;
  /** The file ends with the first whole line at or past this size. */
  readonly bytes: number;
  readonly seed?: number;
  readonly format?: 'json' | 'bracketed';
  /** How many traces are interleaved; default 1000. */
  readonly inFlight?: number;
  /** How many ids to tell about; default 64. */
  readonly sample?: number;
}

export interface BulkId {
  readonly correlationId: string;
  readonly records: number;
  readonly firstLine: number;
  readonly lastLine: number;
}

export interface BulkWritten {
  readonly bytes: number;
  readonly lines: number;
  readonly seconds: number;
  /** Spread evenly over the file. The last traces may be cut, their counts are what was written. */
  readonly ids: readonly BulkId[];
}

const chunkBytes = 4 << 20;

/** Writes a big file at the speed of the disk: one buffer is filled while the other one is being written. */
export async function writeBulk(options: BulkOptions): Promise<BulkWritten> {
  const { file, bytes, seed = 1, format = 'json', inFlight = 1000, sample = 64 } = options;
  const begun = performance.now();
  const lines = new BulkLines({ seed, format, inFlight, bytes, sample });
  const handle = await open(file, 'w');
  try {
    let [filling, writing] = [Buffer.allocUnsafe(chunkBytes), Buffer.allocUnsafe(chunkBytes)];
    let pending: Promise<unknown> = Promise.resolve();
    for (let length = lines.fill(filling); length > 0; length = lines.fill(filling)) {
      await pending;
      [filling, writing] = [writing, filling];
      pending = writeAll(handle, writing.subarray(0, length));
      // Failing while the next buffer is being filled must not count as unhandled; the next `await` sees it.
      pending.catch(() => {});
    }
    await pending;
  } finally {
    await handle.close();
  }
  return { bytes: lines.bytes, lines: lines.lines, seconds: (performance.now() - begun) / 1000, ids: lines.ids() };
}

async function writeAll(handle: Awaited<ReturnType<typeof open>>, chunk: Buffer): Promise<void> {
  for (let at = 0; at < chunk.length; ) at += (await handle.write(chunk, at)).bytesWritten;
}
