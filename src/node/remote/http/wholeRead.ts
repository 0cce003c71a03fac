import type { Stretch } from '../../sources/heldBlocks';
import type { FarFile, TakeBytes } from '../transport';

/**
 * Hands out a file that only comes as a whole: all of it from the first stretch on, since what is asked for next would
 * have to come again. @throws what `bytes` and `take` throw
 */
export async function readWhole(
  bytes: AsyncIterable<Buffer>,
  { size }: FarFile,
  [first]: readonly Stretch[],
  take: TakeBytes,
): Promise<void> {
  const end = size ?? Number.POSITIVE_INFINITY;
  let at = 0;
  for await (const chunk of bytes) {
    const start = Math.max(at, first?.from ?? end);
    const stop = Math.min(at + chunk.length, end);
    if (start < stop) await take(chunk.subarray(start - at, stop - at), start);
    at += chunk.length;
    if (at >= end) return;
  }
}
