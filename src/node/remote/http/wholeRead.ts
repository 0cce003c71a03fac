import type { Stretch } from '../../sources/heldBlocks';
import type { FarFile, TakeBytes } from '../transport';

/**
 * Hands out stretches of a file that only comes as a whole, and all that stands behind them: it would have to come again.
 * What stands before is passed. @throws what `bytes` and `take` throw
 */
export async function readWhole(
  bytes: AsyncIterable<Buffer>,
  { size }: FarFile,
  stretches: readonly Stretch[],
  take: TakeBytes,
): Promise<void> {
  const end = size ?? Number.POSITIVE_INFINITY;
  const last = stretches.at(-1);
  const wanted = last ? [...stretches.slice(0, -1), { from: last.from, to: end }] : [];
  let at = 0;
  for await (const chunk of bytes) {
    for (const { from, to } of wanted) {
      const start = Math.max(at, from);
      const stop = Math.min(at + chunk.length, to, end);
      if (start < stop) await take(chunk.subarray(start - at, stop - at), start);
    }
    at += chunk.length;
    if (at >= end) return;
  }
}
