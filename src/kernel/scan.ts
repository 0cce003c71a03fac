import { digits, isDigit, isLetter, letters, mask, newlines, sumOf } from './bytes';
import { checksumStep, firstSum, lastChecksum } from './checksum';
import { addWord, clear, count, hasDigit, hasLetter, isWord } from './found';
import { blockAt, factsAt, lookBack, lookBackAt } from './layout';

export { checksum } from './checksum';
export { blockAt, blockSize, factsAt, hashesAt, lookBack, lookBackAt } from './layout';

/** One bit for each of the `length` last bytes of 64. */
function last(length: i64): u64 {
  return length <= 0 ? 0 : length >= 64 ? ~(0 as u64) : ~(0 as u64) << (64 - length);
}

/**
 * Scans a block of `length` bytes, 64 at a time, one bit for each byte. Where all of 8 bytes in a row are letters or
 * digits is told by three shifts; the bits behind the runs that hold a digit are told by one addition, which carries
 * each digit's bit to the end of its run; likewise for letters. Only words are then looked at one by one.
 * @returns number of hashes
 */
export function scan(length: usize, allDigits: bool): u32 {
  clear();
  const end = blockAt + length;
  const padded = (end + 63) & ~63;
  memory.fill(end, 0, padded - end);

  let start = openRun();
  const open = (blockAt - start) as i64;
  let digitBefore: u64 = hasDigit(start, blockAt) ? 1 : 0;
  let letterBefore: u64 = hasLetter(start, blockAt) ? 1 : 0;
  // Where 1, 2, 4 and 8 bytes in a row, up to this one, are in a run: of the 64 bytes before.
  let last1 = last(open);
  let last2 = last(open - 1);
  let last4 = last(open - 3);
  let last8 = last(open - 7);

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
    if (at + 64 > end) ends &= ~last((at + 64 - end) as i64);
    for (; ends !== 0; ends &= ends - 1) {
      const place = ctz(ends);
      const before = ~in1 & (((1 as u64) << place) - 1);
      addWord(before === 0 ? start : at + 64 - (clz(before) as usize), at + (place as usize), allDigits);
    }
    if (~in1 !== 0) start = at + 64 - (clz(~in1) as usize);
    digitBefore = u64(digitSum < in1) | u64(digitEnds < digitSum);
    letterBefore = u64(letterSum < in1) | u64(letterEnds < letterSum);
    last1 = in1;
    last2 = in2;
    last4 = in4;
    last8 = in8;
  }

  store<u32>(factsAt, sumOf(newlineParts));
  store<u32>(factsAt + 4, lastChecksum(length, sumA, sumB, sumC, sumD));
  memory.copy(lookBackAt, lookBackAt + length, lookBack);
  return count;
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
  for (; start > lookBackAt; start--) {
    const byte = load<u8>(start - 1);
    if (!isDigit(byte) && !isLetter(byte)) break;
  }
  return start;
}
