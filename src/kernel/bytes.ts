/** Kinds of bytes, as in `src/common/scan/words.ts`. */

export function isDigit(byte: u32): bool {
  return byte - 0x30 < 10;
}
export function isLetter(byte: u32): bool {
  return (byte | 0x20) - 0x61 < 26;
}

/** 0xff for each letter. The add brings `z` to the greatest signed byte, so that one comparison is enough. */
export function letters(bytes: v128): v128 {
  return i8x16.gt_s(i8x16.add(v128.or(bytes, i8x16.splat(0x20)), i8x16.splat(0x7f - 0x7a)), i8x16.splat(0x7f - 26));
}

/** 0xff for each digit, likewise. */
export function digits(bytes: v128): v128 {
  return i8x16.gt_s(i8x16.add(bytes, i8x16.splat(0x7f - 0x39)), i8x16.splat(0x7f - 10));
}

/** One bit for each byte of four vectors that is not 0. */
export function mask(a: v128, b: v128, c: v128, d: v128): u64 {
  const low = i8x16.bitmask(a) | (i8x16.bitmask(b) << 16);
  const high = i8x16.bitmask(c) | (i8x16.bitmask(d) << 16);
  return (low as u32 as u64) | ((high as u64) << 32);
}

export const newline: i8 = 0x0a;

/** The sum of 16 numbers. */
export function sumOf(parts: v128): u32 {
  const four = i32x4.extadd_pairwise_i16x8_u(i16x8.extadd_pairwise_i8x16_u(parts));
  return (i32x4.extract_lane(four, 0) +
    i32x4.extract_lane(four, 1) +
    i32x4.extract_lane(four, 2) +
    i32x4.extract_lane(four, 3)) as u32;
}
