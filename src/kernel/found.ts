import { isDigit, isLetter } from './bytes';
import { endsEscape, mayFollowEscape, mayGoOn } from './escapes';
import { hashedBytes, hashFour } from './hash';
import { chunkAt, endsAt, hashesAt, runsAt, tableAt, tableSize } from './layout';

/**
 * The words that were found. First each is noted by where it stands; then they are hashed four at a time, and each hash
 * is kept once. Notes and hashes have one place: there are never more of these than notes that were read.
 */

const shortestWord: usize = 8;
/** Twice as much as `longestWord`. */
const longestHeld: usize = 2048;
/** Bits of a note that tell the length, as far as it is hashed. */
const lengthBits: u32 = 7;
const lengthMask: u32 = (1 << lengthBits) - 1;

/** The place behind the last note. */
let notesTo: usize = hashesAt;

export function clear(): void {
  notesTo = hashesAt;
}

/**
 * Notes the words that end before the places from `endsAt` on. How long a word is tell the bits of the bytes up
 * to its last one.
 */
export function noteWords(endsTo: usize, allDigits: bool): void {
  let to = notesTo;
  for (let at = endsAt; at < endsTo; at += 4) {
    const end = load<u32>(at) as usize;
    const last = end - 1;
    const before = load<u64>(last >> 3, runsAt + 1 - (chunkAt >> 3)) << (~last & 7);
    const length = clz(~before) as usize;
    const start = end - length;
    if (length > surelyKnown || mayFollowEscape(start)) {
      notesTo = to;
      noteRare(length > surelyKnown ? startOf(last) : start, end, allDigits);
      to = notesTo;
    } else {
      store<u32>(to, ((start as u32) << lengthBits) | (length as u32));
      to += 4;
    }
  }
  notesTo = to;
}

/** So many bits of eight bytes are at least before a place that one of the last eight tells. */
const surelyKnown: usize = 56;

/** Where a word of more bytes begins. */
function startOf(last: usize): usize {
  let start = last - surelyKnown;
  while (start > last - longestHeld && isInRun(start - 1)) start--;
  return start;
}

export function isInRun(at: usize): bool {
  const byte: u32 = load<u8>(at);
  return isDigit(byte) || isLetter(byte);
}

/** Notes a word that is long or may follow an escape. */
export function noteRare(start: usize, end: usize, allDigits: bool): void {
  if (end - start > longestHeld) return;
  note(start, end);
  if (!mayFollowEscape(start)) return;
  for (let at = start + 1; at + shortestWord <= end && mayGoOn(start, at); at++) {
    if (endsEscape(at) && isWord(at, end, allDigits)) note(at, end);
  }
}

function note(start: usize, end: usize): void {
  store<u32>(notesTo, ((start as u32) << lengthBits) | (min(end - start, hashedBytes) as u32));
  notesTo += 4;
}

/** Whether a run that has at least 8 bytes is a word. */
export function isWord(start: usize, end: usize, allDigits: bool): bool {
  return hasDigit(start, end) && (allDigits || hasLetter(start, end));
}

export function hasDigit(start: usize, end: usize): bool {
  for (let at = start; at < end; at++) if (isDigit(load<u8>(at))) return true;
  return false;
}

export function hasLetter(start: usize, end: usize): bool {
  for (let at = start; at < end; at++) if (isLetter(load<u8>(at))) return true;
  return false;
}

/**
 * Hashes what was noted. Of the hashes that share a place in the table the last one is known: a word that comes again
 * soon is not kept again.
 * @returns number of hashes
 */
export function hashNotes(): u32 {
  if (notesTo === hashesAt) return 0;
  forgetHashes();
  // The last one fills up the last four.
  const last = i32x4.splat(load<i32>(notesTo - 4));
  v128.store(notesTo, last);
  let to = hashesAt;
  for (let at = hashesAt; at < notesTo; at += 16) {
    const notes = v128.load(at);
    const lengths = v128.and(notes, i32x4.splat(lengthMask));
    const starts = i32x4.shr_u(notes, lengthBits);
    const hashes = hashFour(starts, lengths);
    to = keep(to, i32x4.extract_lane(hashes, 0));
    to = keep(to, i32x4.extract_lane(hashes, 1));
    to = keep(to, i32x4.extract_lane(hashes, 2));
    to = keep(to, i32x4.extract_lane(hashes, 3));
  }
  return ((to - hashesAt) >> 2) as u32;
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
function keep(to: usize, hash: u32): usize {
  const place = tableAt + ((hash & ((tableSize as u32) - 1)) as usize) * 4;
  const known = load<u32>(place);
  store<u32>(to, hash);
  store<u32>(place, hash);
  return to + 4 * usize(known !== hash);
}
