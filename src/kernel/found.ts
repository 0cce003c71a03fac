import { isDigit, isLetter } from './bytes';
import { endsEscape, escapeSign, mayGoOn } from './escapes';
import { firstAndLast, hashedBytes, hashFour, lettersIn, longWord } from './hash';
import { chunkAt, endsAt, hashedAt, hashesAt, runsAt, tableAt, tableSize } from './layout';

/**
 * The words that were found. First each is noted by where it stands; then they are hashed four at a time, and each hash
 * is kept once. Notes and hashes have one place: there are never more of these than notes that were read.
 */

const shortestWord: usize = 8;
/** Twice as much as `longestWord`. */
const longestHeld: usize = 2048;
/**
 * A note is the place where a run begins and how many of its bytes are hashed, and between them a bit that is set where
 * the run is a word: where it is not set, the run may be one of digits only.
 */
const lengthBits: u32 = 7;
const lengthMask: u32 = (1 << lengthBits) - 1;
const wordBit: u32 = 1 << lengthBits;
const startBits: u32 = lengthBits + 1;

/** The place behind the last note. */
let notesTo: usize = hashesAt;

export function clear(): void {
  notesTo = hashesAt;
}

/**
 * Notes the runs that end before the places from `endsAt` on, those that are too short left out. How long a run is tell
 * the bits of the bytes up to its last one.
 */
export function noteWords(endsTo: usize, allDigits: bool): void {
  let to = notesTo;
  for (let at = endsAt; at < endsTo; at += 4) {
    const end = load<u32>(at) as usize;
    const last = end - 1;
    const before = load<u64>(last >> 3, runsAt + 1 - (chunkAt >> 3)) << (~last & 7);
    const length = clz(~before) as usize;
    const start = end - length;
    if ((u32(length > surelyKnown) | escapeSign(start)) !== 0) {
      to = noteRare(to, start, end, allDigits);
    } else {
      store<u32>(to, ((start as u32) << startBits) | (length as u32));
      to += 4 * usize(length >= shortestWord);
    }
  }
  notesTo = to;
}

/** Notes a run that may be longer than what is known of it, or follow an escape. @returns the place for the next note */
function noteRare(to: usize, start: usize, end: usize, allDigits: bool): usize {
  notesTo = to;
  noteRun(startOf(start, end), end, allDigits);
  return notesTo;
}

/** So many bits of eight bytes are at least before a place that one of the last eight tells. */
const surelyKnown: usize = 56;

/** Where the run begins that goes on at `start`. */
function startOf(from: usize, end: usize): usize {
  let start = from;
  while (start + longestHeld >= end && isInRun(start - 1)) start--;
  return start;
}

export function isInRun(at: usize): bool {
  const byte: u32 = load<u8>(at);
  return isDigit(byte) || isLetter(byte);
}

/** Notes a run if it is a word, whatever its length and what it follows; and the words in it that follow an escape. */
export function noteRun(start: usize, end: usize, allDigits: bool): void {
  if (end - start > longestHeld || !isWord(start, end, allDigits)) return;
  note(start, end);
  if (escapeSign(start) === 0) return;
  for (let at = start + 1; at + shortestWord <= end && mayGoOn(start, at); at++) {
    if (endsEscape(at) && isWord(at, end, allDigits)) note(at, end);
  }
}

function note(start: usize, end: usize): void {
  store<u32>(notesTo, ((start as u32) << startBits) | wordBit | (min(end - start, hashedBytes) as u32));
  notesTo += 4;
}

function isWord(start: usize, end: usize, allDigits: bool): bool {
  return end - start >= shortestWord && hasDigit(start, end) && (allDigits || hasLetter(start, end));
}

export function hasDigit(start: usize, end: usize): bool {
  for (let at = start; at < end; at++) if (isDigit(load<u8>(at))) return true;
  return false;
}

function hasLetter(start: usize, end: usize): bool {
  for (let at = start; at < end; at++) if (isLetter(load<u8>(at))) return true;
  return false;
}

/**
 * Hashes what was noted. Of the hashes that share a place in the table the last one is known: a word that comes again
 * soon is not kept again.
 * @returns number of hashes
 */
export function hashNotes(allDigits: bool): u32 {
  if (notesTo === hashesAt) return 0;
  forgetHashes();
  // The last one fills up the last four.
  v128.store(notesTo, i32x4.splat(load<i32>(notesTo - 4)));
  const surely = i32x4.splat(allDigits ? -1 : wordBit);
  let to = hashesAt;
  for (let at = hashesAt; at < notesTo; at += 16) {
    const notes = v128.load(at);
    const lengths = v128.and(notes, i32x4.splat(lengthMask));
    let a = noted(at);
    let b = noted(at + 4);
    let c = noted(at + 8);
    let d = noted(at + 12);
    let letters = lettersIn(a, b, c, d);
    if (v128.any_true(i32x4.gt_s(lengths, i32x4.splat(15)))) {
      a = orLong(a, at);
      b = orLong(b, at + 4);
      c = orLong(c, at + 8);
      d = orLong(d, at + 12);
      const inLong = i32x4(longHasLetter(at), longHasLetter(at + 4), longHasLetter(at + 8), longHasLetter(at + 12));
      letters = v128.or(letters, inLong);
    }
    v128.store(hashedAt, hashFour(a, b, c, d, lengths));
    const words = i32x4.bitmask(i32x4.ne(v128.or(letters, v128.and(notes, surely)), i32x4.splat(0)));
    to = keep(to, load<u32>(hashedAt), words & 1);
    to = keep(to, load<u32>(hashedAt, 4), words & 2);
    to = keep(to, load<u32>(hashedAt, 8), words & 4);
    to = keep(to, load<u32>(hashedAt, 12), words & 8);
  }
  return ((to - hashesAt) >> 2) as u32;
}

function noted(at: usize): v128 {
  const note = load<u32>(at);
  return firstAndLast((note >> startBits) as usize, (note & lengthMask) as usize);
}

function orLong(short: v128, at: usize): v128 {
  const note = load<u32>(at);
  const length = (note & lengthMask) as usize;
  return length < 16 ? short : longWord((note >> startBits) as usize, length);
}

function longHasLetter(at: usize): i32 {
  const note = load<u32>(at);
  const start = (note >> startBits) as usize;
  const length = (note & lengthMask) as usize;
  return i32(length > 16 && hasLetter(start, start + length));
}

/** Each place of the table holds a hash that belongs to another one: none is known. */
function forgetHashes(): void {
  for (let at = tableAt; at < tableAt + 4 * tableSize; at += 64) {
    v128.store(at, i32x4.splat(0));
    v128.store(at, i32x4.splat(0), 16);
    v128.store(at, i32x4.splat(0), 32);
    v128.store(at, i32x4.splat(0), 48);
  }
  store<u32>(tableAt, 1);
}

/** @returns the place for the next one */
function keep(to: usize, hash: u32, isWord: u32): usize {
  const place = tableAt + ((hash & ((tableSize as u32) - 1)) as usize) * 4;
  const known = load<u32>(place);
  const kept = select<u32>(hash, known, isWord !== 0);
  store<u32>(to, kept);
  store<u32>(place, kept);
  return to + 4 * usize(known !== kept);
}
