import { isDigit, isLetter } from './bytes';
import { endsEscape, mayFollowEscape, mayGoOn } from './escapes';
import { hashWord } from './hash';
import { blockAt, endsAt, hashesAt, runsAt, tableAt, tableSize } from './layout';

/** The words that were found, each hash once. */

const shortestWord: usize = 8;
/** Twice as much as `longestWord`. */
const longestHeld: usize = 2048;

export let count: u32 = 0;

/** Each place holds a hash that belongs to another one: none is known. */
export function clear(): void {
  count = 0;
  memory.fill(tableAt, 0, tableSize * 4);
  store<u32>(tableAt, 1);
}

/**
 * Adds the words that end before the places in `endsAt`. How long a word is tell the bits of the 64 bytes before it,
 * whichever of the block's 64 it ends in.
 */
export function addWords(endsTo: usize, allDigits: bool): void {
  for (let at = endsAt; at < endsTo; at += 4) {
    const end = load<u32>(at) as usize;
    const place = (end & 63) as u64;
    const runs = runsAt + (((end - blockAt) >> 6) << 3);
    const before = ((load<u64>(runs, 8) << (63 - place)) << 1) | (load<u64>(runs) >> place);
    const length = clz(~before) as usize;
    if (length < 64) addWord(end - length, end, allDigits);
    else addLong(end, allDigits);
  }
}

/** Adds a word of at least 64 bytes. */
function addLong(end: usize, allDigits: bool): void {
  let start = end - 64;
  while (start >= end - longestHeld && isInRun(start - 1)) start--;
  addWord(start, end, allDigits);
}

export function isInRun(at: usize): bool {
  const byte: u32 = load<u8>(at);
  return isDigit(byte) || isLetter(byte);
}

export function addWord(start: usize, end: usize, allDigits: bool): void {
  if (end - start > longestHeld) return;
  add(hashWord(start, end));
  if (mayFollowEscape(start)) addEscaped(start, end, allDigits);
}

function addEscaped(start: usize, end: usize, allDigits: bool): void {
  for (let at = start + 1; at + shortestWord <= end && mayGoOn(start, at); at++) {
    if (endsEscape(at) && isWord(at, end, allDigits)) add(hashWord(at, end));
  }
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

/** Of the hashes that share a place in the table the last one is known: a word that comes again soon is not added again. */
function add(hash: u32): void {
  const place = tableAt + ((hash & ((tableSize as u32) - 1)) as usize) * 4;
  store<u32>(hashesAt + (count as usize) * 4, hash);
  count += u32(load<u32>(place) !== hash);
  store<u32>(place, hash);
}
