/** The hash of a word and the mixing of lanes, as in `src/common/scan/words.ts`. */
export const hashedBytes: usize = 64;

const primeA: u32 = 0x9e3779b1;
const primeB: u32 = 0x85ebca77;
const primeC: u32 = 0xc2b2ae3d;
const primeD: u32 = 0x27d4eb2f;

/**
 * The hashes of four words. Each has four lanes; in the last step the same lane of all four is worked on at once.
 * @param first of each word what `firstAndLast` or `longWord` says
 * @param lengths as far as they are hashed
 */
export function hashFour(first: v128, second: v128, third: v128, fourth: v128, lengths: v128): v128 {
  const lowA = v128.shuffle<i32>(first, second, 0, 4, 1, 5);
  const lowB = v128.shuffle<i32>(third, fourth, 0, 4, 1, 5);
  const highA = v128.shuffle<i32>(first, second, 2, 6, 3, 7);
  const highB = v128.shuffle<i32>(third, fourth, 2, 6, 3, 7);
  const a = i32x4.mul(v128.xor(v128.shuffle<i64>(lowA, lowB, 0, 2), lengths), i32x4.splat(primeA));
  const b = i32x4.mul(v128.shuffle<i64>(lowA, lowB, 1, 3), i32x4.splat(primeB));
  const c = i32x4.mul(v128.shuffle<i64>(highA, highB, 0, 2), i32x4.splat(primeC));
  const d = i32x4.mul(v128.shuffle<i64>(highA, highB, 1, 3), i32x4.splat(primeD));
  const sum = i32x4.add(i32x4.add(a, turned(b, 7)), i32x4.add(turned(c, 12), turned(d, 18)));
  const once = i32x4.mul(v128.xor(sum, i32x4.shr_u(sum, 16)), i32x4.splat(0x85ebca6b));
  const twice = i32x4.mul(v128.xor(once, i32x4.shr_u(once, 13)), i32x4.splat(0xc2b2ae35));
  return v128.xor(twice, i32x4.shr_u(twice, 16));
}

/** Of a word of less than 16 bytes, its first 8 and its last 8. */
export function firstAndLast(start: usize, length: usize): v128 {
  return v128.load64_lane(start + length - 8, v128.load64_zero(start), 1);
}

/** Of a longer one, what all steps but the last one make of it, with the bytes that the last one takes. */
export function longWord(start: usize, length: usize): v128 {
  const behind = start + length;
  const primes = i32x4(primeA, primeB, primeC, primeD);
  // What every word begins with the last step brings in.
  const begin = i32x4(length as i32, 0, 0, 0);
  let lanes = begin;
  for (let at = start; at + 16 < behind; at += 16)
    lanes = turned(i32x4.mul(v128.xor(lanes, v128.load(at)), primes), 15);
  return v128.xor(v128.xor(lanes, begin), v128.load(behind - 16));
}

/** Not 0 for each of four runs with a letter among the bytes that `firstAndLast` says. */
export function lettersIn(first: v128, second: v128, third: v128, fourth: v128): v128 {
  const lowA = v128.shuffle<i32>(first, second, 0, 4, 1, 5);
  const lowB = v128.shuffle<i32>(third, fourth, 0, 4, 1, 5);
  const highA = v128.shuffle<i32>(first, second, 2, 6, 3, 7);
  const highB = v128.shuffle<i32>(third, fourth, 2, 6, 3, 7);
  const a = v128.or(lowA, highA);
  const b = v128.or(lowB, highB);
  const seen = v128.or(v128.shuffle<i64>(a, b, 0, 2), v128.shuffle<i64>(a, b, 1, 3));
  return v128.and(seen, i8x16.splat(letterBit));
}

/** A letter has it and a digit has not. */
const letterBit: i8 = 0x40;

function turned(lanes: v128, by: i32): v128 {
  return v128.or(i32x4.shl(lanes, by), i32x4.shr_u(lanes, 32 - by));
}

export function mix(hash: u32, lane: u32): u32 {
  return (rotl<u32>(hash, 13) ^ lane) * primeA;
}

export function finish(hash: u32): u32 {
  const once = (hash ^ (hash >> 16)) * 0x85ebca6b;
  const twice = (once ^ (once >> 13)) * 0xc2b2ae35;
  return twice ^ (twice >> 16);
}
