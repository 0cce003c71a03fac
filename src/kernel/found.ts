import { isDigit, isLetter } from './bytes';
import { endsEscape, mayFollowEscape, mayGoOn } from './escapes';
import { hashWord } from './hash';
import { hashesAt, tableAt, tableSize } from './layout';

/** The words that were found, each hash once. */

const shortestWord: usize = 8;
/** Twice as much as `longestWord`. */
const longestHeld: usize = 2048;
/** With more hashes in the table than this a look into it would take long: they may repeat then. */
const mostInTable: u32 = 12 * 1024;

export let count: u32 = 0;
/** Names the block: an entry of the table with another stamp is free. */
let stamp: u64 = 0;

export function clear(): void {
  count = 0;
  stamp = (stamp + 1) & 0xffffffff;
  if (stamp === 0) {
    memory.fill(tableAt, 0, tableSize * 8);
    stamp = 1;
  }
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

function add(hash: u32): void {
  const entry = (stamp << 32) | hash;
  let slot: usize = hash & ((tableSize as u32) - 1);
  if (count < mostInTable) {
    for (;;) {
      const present = load<u64>(tableAt + slot * 8);
      if (present === entry) return;
      if (present >> 32 !== stamp) break;
      slot = (slot + 1) & (tableSize - 1);
    }
    store<u64>(tableAt + slot * 8, entry);
  }
  store<u32>(hashesAt + (count as usize) * 4, hash);
  count++;
}
