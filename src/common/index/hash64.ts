/** The two halves of a 64-bit hash of what was hashed last. */
export const hashed = { high: 0, low: 0 };

/** Hashes `bytes[start, end)`: two lanes of multiply and add, each mixed at the end as in MurmurHash3's finalizer. */
export function hash64(bytes: Uint8Array, start: number, end: number): void {
  let a = 0x9747b28c ^ (end - start);
  let b = 0x2f0b4a27;
  for (let at = start; at < end; at++) {
    const byte = bytes[at]!;
    a = Math.imul(a ^ byte, 0x01000193);
    b = Math.imul(b, 0x85ebca6b) + byte + 1;
    b = (b << 13) | (b >>> 19);
  }
  hashed.high = mixed(a ^ (b >>> 7));
  hashed.low = mixed(b ^ (a << 5));
}

function mixed(value: number): number {
  let hash = value ^ (value >>> 16);
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
