import { digits, letters, mask, newlines, sumOf } from './bytes';
import { checksumStep, firstSum, lastChecksum } from './checksum';
import { addWord, addWords, clear, count, hasDigit, hasLetter, isInRun, isWord } from './found';
import { blockAt, endsAt, factsAt, lookBack, lookBackAt, runsAt } from './layout';

export { checksum } from './checksum';
export { blockAt, blockSize, factsAt, hashesAt, lookBack, lookBackAt } from './layout';
export { bitsAt, bucketBits, forget, keep, room, startsAt, table } from './words';

/**
 * Scans a block of `length` bytes, 64 at a time, one bit for each byte. Where all of 8 bytes in a row are letters or
 * digits is told by three shifts; the bits behind the runs that hold a digit are told by one addition, which carries
 * each digit's bit to the end of its run; likewise for letters. The words that end there are looked at afterwards: how
 * many there are in 64 bytes cannot be foreseen, and a wrong guess costs the processor more than a look.
 * @returns number of hashes
 */
export function scan(length: usize, allDigits: bool): u32 {
  clear();
  const end = blockAt + length;
  const padded = (end + 63) & ~63;
  memory.fill(end, 0, padded - end);

  const start = openRun();
  let digitBefore: u64 = hasDigit(start, blockAt) ? 1 : 0;
  let letterBefore: u64 = hasLetter(start, blockAt) ? 1 : 0;
  // Where 1, 2, 4 and 8 bytes in a row, up to this one, are in a run: of the 64 bytes before.
  let last1 = runsIn(blockAt - 64);
  let last2 = last1 & (last1 << 1);
  let last4 = last2 & (last2 << 2);
  let last8 = last4 & (last4 << 4);
  let runs = runsAt;
  store<u64>(runs, last1);
  let found = endsAt;

  let sumA = firstSum(1);
  let sumB = firstSum(5);
  let sumC = firstSum(9);
  let sumD = firstSum(13);
  // A part grows by 8 for each 64 bytes at most: 16 bits are enough for a block.
  let newlineParts = i16x8.splat(0);

  for (let at = blockAt; at < padded; at += 64) {
    const a = v128.load(at);
    const b = v128.load(at, 16);
    const c = v128.load(at, 32);
    const d = v128.load(at, 48);
    sumA = checksumStep(sumA, a);
    sumB = checksumStep(sumB, b);
    sumC = checksumStep(sumC, c);
    sumD = checksumStep(sumD, d);
    newlineParts = i16x8.add(newlineParts, newlines(a, b, c, d));

    const digit = mask(digits(a), digits(b), digits(c), digits(d));
    const letter = mask(letters(a), letters(b), letters(c), letters(d));
    const in1 = digit | letter;
    const in2 = in1 & ((in1 << 1) | (last1 >> 63));
    const in4 = in2 & ((in2 << 2) | (last2 >> 62));
    const in8 = in4 & ((in4 << 4) | (last4 >> 60));
    const digitSum = in1 + digit;
    const digitEnds = digitSum + digitBefore;
    const letterSum = in1 + letter;
    const letterEnds = letterSum + letterBefore;
    let ends = ~in1 & ((in8 << 1) | (last8 >> 63)) & digitEnds;
    if (!allDigits) ends &= letterEnds;
    if (at + 64 > end) ends &= ((1 as u64) << ((end - at) as u64)) - 1;
    runs += 8;
    store<u64>(runs, in1);
    // Two are always written: most often that is enough, and the next ones are written over those that are none.
    const next = found + 4 * (popcnt(ends) as usize);
    store<u32>(found, (at + (ctz(ends) as usize)) as u32);
    ends &= ends - 1;
    store<u32>(found + 4, (at + (ctz(ends) as usize)) as u32);
    for (ends &= ends - 1; ends !== 0; ends &= ends - 1) {
      store<u32>(found + 8, (at + (ctz(ends) as usize)) as u32);
      found += 4;
    }
    found = next;
    digitBefore = u64(digitSum < in1) | u64(digitEnds < digitSum);
    letterBefore = u64(letterSum < in1) | u64(letterEnds < letterSum);
    last1 = in1;
    last2 = in2;
    last4 = in4;
    last8 = in8;
  }

  addWords(found, allDigits);
  store<u32>(factsAt, sumOf(newlineParts));
  store<u32>(factsAt + 4, lastChecksum(length, sumA, sumB, sumC, sumD));
  memory.copy(lookBackAt, lookBackAt + length, lookBack);
  return count;
}

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
  const start = openRun();
  if (blockAt - start >= 8 && isWord(start, blockAt, allDigits)) addWord(start, blockAt, allDigits);
  return count;
}

/** Where the run begins that ends with the look-back. */
function openRun(): usize {
  let start = blockAt;
  while (start > lookBackAt && isInRun(start - 1)) start--;
  return start;
}
