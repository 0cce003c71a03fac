/**
 * Which blocks of a remote file are here, one bit each. The bits lie in shared memory: who fetches a block sets its bit
 * behind it, and whoever reads sees it at once, in whatever thread. A bit is never taken back.
 */
export const heldBlock = 64 * 1024;

/** A stretch of a file, `to` behind its last byte. */
export interface Stretch {
  from: number;
  to: number;
}

/** No block of a file of `size` bytes. */
export const noneHeld = (size: number): Uint8Array =>
  new Uint8Array(new SharedArrayBuffer(Math.ceil(blocksOf(size) / 8)));

export const blocksOf = (size: number): number => Math.ceil(size / heldBlock);

export const isBlockHeld = (held: Uint8Array, block: number): boolean =>
  ((held[block >> 3] ?? 0) & (1 << (block & 7))) !== 0;

export function holdBlock(held: Uint8Array, block: number): void {
  Atomics.or(held, block >> 3, 1 << (block & 7));
}

/** What of a stretch is not held, in whole blocks. @param size of the file */
export function missingOf(held: Uint8Array, { from, to }: Stretch, size: number): Stretch[] {
  const missing: Stretch[] = [];
  const end = blocksOf(Math.min(to, size));
  for (let block = Math.floor(Math.max(0, from) / heldBlock); block < end; block++) {
    if (isBlockHeld(held, block)) continue;
    const last = missing.at(-1);
    const next = Math.min(size, (block + 1) * heldBlock);
    if (last?.to === block * heldBlock) last.to = next;
    else missing.push({ from: block * heldBlock, to: next });
  }
  return missing;
}

/** What is to be read of a remote file is not here yet. */
export class NotHeldError extends Error {
  override readonly name = 'NotHeldError';

  constructor(id: string, { from, to }: Stretch) {
    super(`${from}-${to} of ${id} is not here yet`);
  }
}

/** What a `NotHeldError` is about, of which a worker's channel hands on name and message; `null` for another error. */
export function notHeldOf(error: unknown): ({ id: string } & Stretch) | null {
  if (!(error instanceof Error) || error.name !== 'NotHeldError') return null;
  const [, from, to, id] = /^(\d+)-(\d+) of (.*) is not here yet$/s.exec(error.message) ?? [];
  return id === undefined ? null : { id, from: Number(from), to: Number(to) };
}
