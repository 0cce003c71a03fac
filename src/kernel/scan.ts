import { digits, letters, mask, newline, sumOf } from './bytes';
import { checksumStep, fillUp, firstSum, lastChecksum } from './checksum';
import { clear, hasDigit, hashNotes, isInRun, noteRun, noteWords } from './found';
import { chunkAt, endsAt, factsAt, lookBack, lookBackAt, runsAt } from './layout';

export { checksum } from './checksum';
export { find, newlines } from './find';
export { chunkAt, chunkSize, factsAt, hashesAt, lookBack, needleAt } from './layout';
export { bitsAt, bucketBits, forget, keep, room, startsAt, table } from './words';

/**
 * Scans the block of `length` bytes that begins at `begin`, 64 at a time, one bit for each byte. Where all of 8 bytes in a row are letters or
 * digits is told by three shifts; the bits behind the runs that hold a digit are told by one addition, which carries
 * each digit's bit to the end of its run; likewise for letters. The words that end there are looked at afterwards: how
 * many there are in 64 bytes cannot be foreseen, and a wrong guess costs the processor more than a look.
 * @returns number of hashes
 */
export function scan(begin: usize, length: usize, allDigits: bool): u32 {
  clear();
  const end = begin + length;
  const padded = fillUp(end);

  const start = openRun(begin);
  let digitBefore: u64 = hasDigit(start, begin) ? 1 : 0;
  store<u64>(begin >> 3, runsIn(begin - 64), runsAt - (chunkAt >> 3));
  let found = endsAt;

  let sumA = firstSum(1);
  let sumB = firstSum(5);
  let sumC = firstSum(9);
  let sumD = firstSum(13);
  let newlineCount: u32 = 0;

  for (let at = begin; at < padded; ) {
    const to = min(at + countedBytes, padded);
    /** One part for each of 16 bytes. */
    let newlineParts = i8x16.splat(0);
    do {
      const a = v128.load(at);
      const b = v128.load(at, 16);
      const c = v128.load(at, 32);
      const d = v128.load(at, 48);
      sumA = checksumStep(sumA, a);
      sumB = checksumStep(sumB, b);
      sumC = checksumStep(sumC, c);
      sumD = checksumStep(sumD, d);
      newlineParts = i8x16.sub(newlineParts, i8x16.eq(a, i8x16.splat(newline)));
      newlineParts = i8x16.sub(newlineParts, i8x16.eq(b, i8x16.splat(newline)));
      newlineParts = i8x16.sub(newlineParts, i8x16.eq(c, i8x16.splat(newline)));
      newlineParts = i8x16.sub(newlineParts, i8x16.eq(d, i8x16.splat(newline)));

      const digit = mask(digits(a), digits(b), digits(c), digits(d));
      const letter = mask(letters(a), letters(b), letters(c), letters(d));
      const in1 = digit | letter;
      const in2 = in1 & (in1 << 1);
      const in4 = in2 & (in2 << 2);
      const in8 = in4 & (in4 << 4);
      const digitEnds = in1 + digit + digitBefore;
      let ends = ~in1 & ((in8 << 1) | (in1 + 1)) & digitEnds;
      // What is carried out of the 64 bits.
      digitBefore = (digit | (in1 & ~digitEnds)) >> 63;
      store<u64>(at >> 3, in1, runsAt + 8 - (chunkAt >> 3));
      // Three are always written: most often that is enough, and the next ones are written over those that are none.
      const next = found + 4 * (popcnt(ends) as usize);
      store<u32>(found, (at + (ctz(ends) as usize)) as u32);
      ends &= ends - 1;
      store<u32>(found, (at + (ctz(ends) as usize)) as u32, 4);
      ends &= ends - 1;
      store<u32>(found, (at + (ctz(ends) as usize)) as u32, 8);
      for (ends &= ends - 1; ends !== 0; ends &= ends - 1) {
        store<u32>(found, (at + (ctz(ends) as usize)) as u32, 12);
        found += 4;
      }
      found = next;
      at += 64;
    } while (at < to);
    newlineCount += sumOf(newlineParts);
  }
  // Whether a word ends with the block tells the byte behind it.
  if (found > endsAt && (load<u32>(found - 4) as usize) >= end) found -= 4;

  noteWords(found, allDigits);
  const hashes = hashNotes(allDigits);
  store<u32>(factsAt, newlineCount);
  store<u32>(factsAt + 4, lastChecksum(length, sumA, sumB, sumC, sumD));
  memory.copy(lookBackAt, end - lookBack, lookBack);
  return hashes;
}

/** A part grows by 4 for each 64 bytes at most: 8 bits are enough for so many. */
const countedBytes: usize = 32 * 64;

/** One bit for each of 64 bytes that are letters or digits. */
function runsIn(at: usize): u64 {
  const a = v128.load(at);
  const b = v128.load(at, 16);
  const c = v128.load(at, 32);
  const d = v128.load(at, 48);
  return mask(digits(a), digits(b), digits(c), digits(d)) | mask(letters(a), letters(b), letters(c), letters(d));
}

/** The hashes of a word that ends with the look-back. */
export function finish(allDigits: bool): u32 {
  clear();
  const start = openRun(chunkAt);
  noteRun(start, chunkAt, allDigits);
  return hashNotes(allDigits);
}

/** Where the run begins that goes on, or ends, before a place. */
function openRun(end: usize): usize {
  let start = end;
  while (start > end - lookBack && isInRun(start - 1)) start--;
  return start;
}
