import { createHash } from 'node:crypto';
import { holeSize } from './sniff';

/** Where the NULs at the beginning end. */
export const endOfHole = (bytes: Uint8Array): number => {
  const end = bytes.findIndex(byte => byte !== 0);
  return end < 0 ? bytes.length : end;
};

/** A few NULs at the beginning are part of a binary format. */
export const holeOf = (end: number): number => (end < holeSize ? 0 : end);

/** Of the first kilobyte, or of the last power of two that fits: a small file that grows keeps it for a while. */
export function headHash(bytes: Uint8Array): string {
  const size = bytes.length >= 1024 ? 1024 : 2 ** Math.floor(Math.log2(Math.max(1, bytes.length)));
  return createHash('sha1').update(bytes.subarray(0, size)).digest('hex').slice(0, 16);
}
