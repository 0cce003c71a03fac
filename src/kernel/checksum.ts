import { finish, mix } from './hash';
import { chunkAt } from './layout';

/** The checksum of the first `length` bytes of the chunk, as `scan` finds it. Bytes behind them are set to zero. */
export function checksum(length: usize): u32 {
  const padded = fillUp(chunkAt + length);
  let sumA = firstSum(1);
  let sumB = firstSum(5);
  let sumC = firstSum(9);
  let sumD = firstSum(13);
  for (let at = chunkAt; at < padded; at += 64) {
    sumA = checksumStep(sumA, v128.load(at));
    sumB = checksumStep(sumB, v128.load(at, 16));
    sumC = checksumStep(sumC, v128.load(at, 32));
    sumD = checksumStep(sumD, v128.load(at, 48));
  }
  return lastChecksum(length, sumA, sumB, sumC, sumD);
}

/** Sets bytes to zero up to a multiple of 64, and returns it. */
export function fillUp(end: usize): usize {
  const padded = (end + 63) & ~63;
  if (padded > end) memory.fill(end, 0, padded - end);
  return padded;
}

/** Four lanes of a checksum before the first bytes: those from `lane` on, which counts from 1. */
export function firstSum(lane: i32): v128 {
  return i32x4.mul(i32x4.add(i32x4.splat(lane), i32x4(0, 1, 2, 3)), i32x4.splat(0x85ebca77));
}

/** The rotation by 16 bits is one exchange of bytes. */
export function checksumStep(sum: v128, bytes: v128): v128 {
  const product = i32x4.mul(v128.xor(sum, bytes), i32x4.splat(0x9e3779b1));
  return i8x16.shuffle(product, product, 2, 3, 0, 1, 6, 7, 4, 5, 10, 11, 8, 9, 14, 15, 12, 13);
}

export function lastChecksum(length: usize, a: v128, b: v128, c: v128, d: v128): u32 {
  return finish(lanes(lanes(lanes(lanes(length as u32, a), b), c), d));
}

function lanes(hash: u32, sum: v128): u32 {
  const half = mix(mix(hash, i32x4.extract_lane(sum, 0)), i32x4.extract_lane(sum, 1));
  return mix(mix(half, i32x4.extract_lane(sum, 2)), i32x4.extract_lane(sum, 3));
}
