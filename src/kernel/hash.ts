/** The hash of a word and the mixing of lanes, as in `src/common/scan/words.ts`. */
export const hashedBytes: usize = 64;

const primeA: u32 = 0x9e3779b1;
const primeB: u32 = 0x85ebca77;
const primeC: u32 = 0xc2b2ae3d;
const primeD: u32 = 0x27d4eb2f;

/**
 * The hashes of four words. Each has four lanes; in the last step the same lane of all four is worked on at once.
 * @param lengths as far as they are hashed
 */
export function hashFour(starts: v128, lengths: v128): v128 {
  let first = firstAndLast(i32x4.extract_lane(starts, 0), i32x4.extract_lane(lengths, 0));
  let second = firstAndLast(i32x4.extract_lane(starts, 1), i32x4.extract_lane(lengths, 1));
  let third = firstAndLast(i32x4.extract_lane(starts, 2), i32x4.extract_lane(lengths, 2));
  let fourth = firstAndLast(i32x4.extract_lane(starts, 3), i32x4.extract_lane(lengths, 3));
  if (v128.any_true(i32x4.gt_s(lengths, i32x4.splat(15)))) {
    first = orLong(first, i32x4.extract_lane(starts, 0), i32x4.extract_lane(lengths, 0));
    second = orLong(second, i32x4.extract_lane(starts, 1), i32x4.extract_lane(lengths, 1));
    third = orLong(third, i32x4.extract_lane(starts, 2), i32x4.extract_lane(lengths, 2));
    fourth = orLong(fourth, i32x4.extract_lane(starts, 3), i32x4.extract_lane(lengths, 3));
  }
  const lowA = v128.shuffle<i32>(first, second, 0, 4, 1, 5);
  const lowB = v128.shuffle<i32>(third, fourth, 0, 4, 1, 5);
  const highA = v128.shuffle<i32>(first, second, 2, 6, 3, 7);
  const highB = v128.shuffle<i32>(third, fourth, 2, 6, 3, 7);
  let hash = lastStep(v128.xor(v128.shuffle<i64>(lowA, lowB, 0, 2), lengths), primeA);
  hash = mixFour(hash, lastStep(v128.shuffle<i64>(lowA, lowB, 1, 3), primeB));
  hash = mixFour(hash, lastStep(v128.shuffle<i64>(highA, highB, 0, 2), primeC));
  hash = mixFour(hash, lastStep(v128.shuffle<i64>(highA, highB, 1, 3), primeD));
  const once = i32x4.mul(v128.xor(hash, i32x4.shr_u(hash, 16)), i32x4.splat(0x85ebca6b));
  const twice = i32x4.mul(v128.xor(once, i32x4.shr_u(once, 13)), i32x4.splat(0xc2b2ae35));
  return v128.xor(twice, i32x4.shr_u(twice, 16));
}

function firstAndLast(start: usize, length: usize): v128 {
  return v128.load64_lane(start + length - 8, v128.load64_zero(start), 1);
}

/** Of a long word, what all steps but the last one make of it, with the bytes that the last one takes. */
function orLong(short: v128, start: usize, length: usize): v128 {
  if (length < 16) return short;
  const behind = start + length;
  const primes = i32x4(primeA, primeB, primeC, primeD);
  // What every word begins with the last step brings in.
  const begin = v128.xor(primes, i32x4(length as i32, 0, 0, 0));
  let lanes = begin;
  for (let at = start; at + 16 < behind; at += 16)
    lanes = turned(i32x4.mul(v128.xor(lanes, v128.load(at)), primes), 15);
  return v128.xor(v128.xor(lanes, begin), v128.load(behind - 16));
}

function lastStep(lane: v128, prime: i32): v128 {
  const primes = i32x4.splat(prime);
  return turned(i32x4.mul(v128.xor(lane, primes), primes), 15);
}

function turned(lanes: v128, by: i32): v128 {
  return v128.or(i32x4.shl(lanes, by), i32x4.shr_u(lanes, 32 - by));
}

function mixFour(hash: v128, lane: v128): v128 {
  return i32x4.mul(v128.xor(turned(hash, 13), lane), i32x4.splat(primeA));
}

export function mix(hash: u32, lane: u32): u32 {
  return (rotl<u32>(hash, 13) ^ lane) * primeA;
}

export function finish(hash: u32): u32 {
  const once = (hash ^ (hash >> 16)) * 0x85ebca6b;
  const twice = (once ^ (once >> 13)) * 0xc2b2ae35;
  return twice ^ (twice >> 16);
}
