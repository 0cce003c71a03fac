/** The hash of a word and the mixing of lanes, as in `src/common/scan/words.ts`. */
const hashedBytes: usize = 64;

export function hashWord(start: usize, end: usize): u32 {
  const primes = i32x4(0x9e3779b1, 0x85ebca77, 0xc2b2ae3d, 0x27d4eb2f);
  const length = min(end - start, hashedBytes);
  const behind = start + length;
  let lanes = v128.xor(primes, i32x4(length as i32, 0, 0, 0));
  if (length < 16) {
    lanes = step(lanes, v128.load64_lane(behind - 8, v128.load64_zero(start), 1), primes);
  } else {
    for (let at = start; at + 16 < behind; at += 16) lanes = step(lanes, v128.load(at), primes);
    lanes = step(lanes, v128.load(behind - 16), primes);
  }
  let hash = i32x4.extract_lane(lanes, 0) as u32;
  hash = mix(hash, i32x4.extract_lane(lanes, 1));
  hash = mix(hash, i32x4.extract_lane(lanes, 2));
  return finish(mix(hash, i32x4.extract_lane(lanes, 3)));
}

function step(lanes: v128, bytes: v128, primes: v128): v128 {
  const product = i32x4.mul(v128.xor(lanes, bytes), primes);
  return v128.or(i32x4.shl(product, 15), i32x4.shr_u(product, 17));
}

export function mix(hash: u32, lane: u32): u32 {
  return (rotl<u32>(hash, 13) ^ lane) * 0x9e3779b1;
}

export function finish(hash: u32): u32 {
  const once = (hash ^ (hash >> 16)) * 0x85ebca6b;
  const twice = (once ^ (once >> 13)) * 0xc2b2ae35;
  return twice ^ (twice >> 16);
}
