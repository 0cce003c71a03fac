import { mask, newline, sumOf } from './bytes';
import { needleAt } from './layout';

/**
 * The first place in `[from, to)` at which the needle stands, `length` bytes that begin at `needleAt`; `to` where it is
 * not there. Its first byte and its last one are compared for 64 places at a time; bytes behind `to` are read too.
 */
export function find(from: usize, to: usize, length: usize): usize {
  if (to - from < length) return to;
  const behind = to - length + 1;
  const first = i8x16.splat(load<i8>(needleAt));
  const last = i8x16.splat(load<i8>(needleAt + length - 1));
  for (let at = from; at < behind; at += 64) {
    const a = bothAt(at, first, last, length);
    const b = bothAt(at + 16, first, last, length);
    const c = bothAt(at + 32, first, last, length);
    const d = bothAt(at + 48, first, last, length);
    if (!v128.any_true(v128.or(v128.or(a, b), v128.or(c, d)))) continue;
    for (let places = mask(a, b, c, d); places !== 0; places &= places - 1) {
      const place = at + (ctz(places) as usize);
      if (place >= behind) break;
      if (isNeedle(place, length)) return place;
    }
  }
  return to;
}

function bothAt(at: usize, first: v128, last: v128, length: usize): v128 {
  return v128.and(i8x16.eq(v128.load(at), first), i8x16.eq(v128.load(at + length - 1), last));
}

function isNeedle(place: usize, length: usize): bool {
  for (let at: usize = 0; at < length; at++) {
    if (load<u8>(place + at) !== load<u8>(needleAt + at)) return false;
  }
  return true;
}

/** Line feeds in `[from, to)`. */
export function newlines(from: usize, to: usize): u32 {
  let count: u32 = 0;
  let at = from;
  while (at + 64 <= to) {
    /** One part for each of 16 bytes, which grows by 4 for each 64 bytes at most: 8 bits are enough for so many. */
    let parts = i8x16.splat(0);
    for (const end = min(to - 63, at + 32 * 64); at < end; at += 64) {
      const ab = i8x16.add(lineFeeds(at), lineFeeds(at + 16));
      const cd = i8x16.add(lineFeeds(at + 32), lineFeeds(at + 48));
      parts = i8x16.sub(parts, i8x16.add(ab, cd));
    }
    count += sumOf(parts);
  }
  for (; at < to; at++) count += u32(load<i8>(at) === newline);
  return count;
}

function lineFeeds(at: usize): v128 {
  return i8x16.eq(v128.load(at), i8x16.splat(newline));
}
