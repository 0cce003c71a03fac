import { countsAt, gammasAt, pairsAt } from './layout';

/** The words of a segment and the table of them: what `src/common/index/wordTable.ts` does, to the same bits. */

const hashBits: u32 = 22;
const blockBits: u32 = 10;
const blockMask: u32 = (1 << blockBits) - 1;
const wordsPerBucket: u32 = 12;
const digitBits: u32 = 11;
const digits: u32 = 1 << digitBits;
const digitMask: u32 = digits - 1;

/** Pairs of the upper bits of a hash and a block, as the blocks came. */
let pairs: usize = 0;

export function forget(): void {
  pairs = 0;
}

/** Makes room for some hashes. @returns where they may be put */
export function room(hashes: usize): usize {
  const at = pairsAt + 4 * pairs;
  reserve(at + 4 * hashes + 16);
  return at;
}

/** Takes the hashes that stand at `from` as words of a block. */
export function keep(from: usize, hashes: usize, block: u32): void {
  const at = room(hashes);
  for (let four: usize = 0; four < 4 * hashes; four += 16) {
    const kept = v128.and(v128.load(from + four), i32x4.splat(~blockMask));
    v128.store(at + four, v128.or(kept, i32x4.splat(block)));
  }
  pairs += hashes;
}

function reserve(end: usize): void {
  const missing = (((end + 0xffff) >> 16) as i32) - memory.size();
  if (missing > 0 && memory.grow(max(missing, 16)) < 0) unreachable();
}

export let bucketBits: u32 = 0;
export let startsAt: usize = 0;
export let bitsAt: usize = 0;

/** Makes the table: from `startsAt` and from `bitsAt` on. @returns bytes of the latter */
export function table(): usize {
  const to = pairsAt + 4 * pairs;
  const spareAt = (to + 79) & ~63;
  const behind = spareAt + 4 * pairs + 0x10000;
  reserve(behind);
  sort(to, spareAt);
  bucketBits = bucketBitsFor(countWords(to));
  startsAt = behind;
  bitsAt = spareAt;
  reserve(startsAt + (4 << bucketBits) + 4);
  return write(to);
}

/** By the upper 22 bits, two digits of 11; equal ones keep their order. */
function sort(to: usize, spareAt: usize): void {
  // In order they come into the processor's cache sooner than one by one as pairs are moved there.
  for (let at = spareAt; at < spareAt + 4 * pairs; at += 64) store<u32>(at, 0);
  const lowAt = countsAt;
  const highAt = countsAt + 4 * digits;
  memory.fill(countsAt, 0, 8 * digits);
  for (let at = pairsAt; at < to; at += 4) {
    const pair = load<u32>(at);
    count(lowAt + 4 * ((pair >> blockBits) & digitMask));
    count(highAt + 4 * (pair >> (blockBits + digitBits)));
  }
  let low = spareAt as u32;
  let high = pairsAt as u32;
  for (let digit: usize = 0; digit < digits; digit++) {
    low = placeOf(lowAt + 4 * digit, low);
    high = placeOf(highAt + 4 * digit, high);
  }
  for (let at = pairsAt; at < to; at += 4) {
    const pair = load<u32>(at);
    move(pair, lowAt + 4 * ((pair >> blockBits) & digitMask));
  }
  for (let at = spareAt; at < spareAt + to - pairsAt; at += 4) {
    const pair = load<u32>(at);
    move(pair, highAt + 4 * (pair >> (blockBits + digitBits)));
  }
}

function count(at: usize): void {
  store<u32>(at, load<u32>(at) + 1);
}

/** Makes of the number of pairs the place of the first. @returns the place behind the last */
function placeOf(at: usize, place: u32): u32 {
  const behind = place + 4 * load<u32>(at);
  store<u32>(at, place);
  return behind;
}

function move(pair: u32, placeAt: usize): void {
  const place = load<u32>(placeAt);
  store<u32>(place, pair);
  store<u32>(placeAt, place + 4);
}

function countWords(to: usize): u32 {
  if (pairs === 0) return 0;
  // Each pair is compared with the one before it, four at a time; behind the last one stand some of the same word.
  v128.store(to, i32x4.splat(load<i32>(to - 4)));
  let changes = i32x4.splat(0);
  for (let at = pairsAt + 4; at < to; at += 16) {
    const changed = v128.xor(v128.load(at), v128.load(at - 4));
    changes = i32x4.sub(changes, i32x4.ne(i32x4.shr_u(changed, blockBits), i32x4.splat(0)));
  }
  return (1 +
    (i32x4.extract_lane(changes, 0) +
      i32x4.extract_lane(changes, 1) +
      i32x4.extract_lane(changes, 2) +
      i32x4.extract_lane(changes, 3))) as u32;
}

function bucketBitsFor(words: u32): u32 {
  let bits: u32 = 0;
  while (bits < hashBits && wordsPerBucket << bits < words) bits++;
  return bits;
}

/**
 * Writes bit by bit, the lowest one first. Whether a pair is of a new word cannot be foreseen: both are worked out and
 * one is chosen, which is faster than a wrong guess. A word's last bit is written with the next word. So that the first
 * one is like the others it writes such a bit too, right before the table.
 */
function write(to: usize): usize {
  makeGammas();
  const restBits = hashBits - bucketBits;
  const pairBits = restBits + blockBits;
  const restMask: u32 = (1 << restBits) - 1;
  const newWidth: u32 = pairBits + 1;
  const first = bitsAt;
  let starts = startsAt;
  store<u32>(starts, 0);
  let out = first - 1;
  /** Bits that are not written yet, less than 8. */
  let open: u64 = 0;
  let opened: u32 = 7;
  /** Of another word than the first one. */
  let last: u32 = ~load<u32>(pairsAt);
  let at = pairsAt;
  for (let bucket: u32 = 0; bucket >> bucketBits === 0; bucket++) {
    /** The greatest pair that may be in the bucket. */
    const most = ((((bucket + 1) as u64) << pairBits) - 1) as u32;
    for (; at < to; at += 4) {
      const pair = load<u32>(at);
      if (pair > most) break;
      const isNew = (pair ^ last) > blockMask;
      const fresh = (((pair >> blockBits) & restMask) | ((pair & blockMask) << restBits)) as u64;
      // Of a word that is not new: how many blocks it is behind.
      const gamma = load<u32>(gammasAt + 4 * ((pair - last) & blockMask));
      const value = select<u64>((fresh << 1) | 1, (gamma & gammaMask) as u64, isNew);
      open |= value << opened;
      store<u64>(out, open);
      opened += select<u32>(newWidth, gamma >> gammaBits, isNew);
      out += opened >> 3;
      open >>= opened & ~7;
      opened &= 7;
      last = pair;
    }
    // With its last word's last bit, which is not written yet.
    starts += 4;
    store<u32>(starts, ((out - first) as u32) * 8 + opened + 1);
  }
  if (pairs === 0) return 0;
  store<u8>(out, (open as u32) | (1 << opened));
  return out + 1 - first;
}

const gammaBits: u32 = 21;
const gammaMask: u32 = (1 << gammaBits) - 1;

/** For each distance of two blocks its code and, above that, how many bits it has: none where they are the same. */
function makeGammas(): void {
  if (load<u32>(gammasAt, 4) !== 0) return;
  for (let distance: u32 = 1; distance <= blockMask; distance++) {
    const gap = distance + 1;
    const size = 31 - clz(gap);
    const code = (1 << size) | ((gap ^ (1 << size)) << (size + 1));
    store<u32>(gammasAt + 4 * distance, code | ((2 * size + 1) << gammaBits));
  }
}
