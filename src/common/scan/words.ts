import { endsEscape } from './escapes';

/**
 * The words of a log by which an index tells in which blocks an ID may stand. A word is a maximal run of ASCII letters
 * and digits, of at least 8 bytes, with at least one digit and one letter; with `digits`, all-digit runs count too.
 * Case counts. What stands behind an escape within a run (`%2F7c2d9f7b`) is a word as well.
 */
export interface WordRule {
  /** Whether words of digits only count: a source with numeric IDs wants it, times and sizes would flood any other. */
  digits: boolean;
}

export const shortestWord = 8;
/** Longer words are in the filter too, up to twice this length, but none is asked for. */
export const longestWord = 1024;
/** Bytes of a word that its hash is made of, at most. */
export const hashedBytes = 64;

const digit = 1;
const letter = 2;
const both = digit | letter;

/** By byte: 0 where it is in no word, else `digit` or `letter`. */
export const kinds = Uint8Array.from({ length: 256 }, (_, byte) => {
  if (byte >= 0x30 && byte <= 0x39) return digit;
  return (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a) ? letter : 0;
});

/** Whether a run that holds these kinds of bytes is a word. */
export const isWord = (seen: number, { digits }: WordRule): boolean => seen === both || (digits && seen === digit);

/** The kinds of bytes in a run, as far as needed to see whether it is a word. */
export function kindsIn(bytes: Uint8Array, start: number, end: number): number {
  let seen = 0;
  for (let at = start; at < end && seen !== both; at++) seen |= kinds[bytes[at] ?? 0] ?? 0;
  return seen;
}

/**
 * Tells where words begin within the run `[start, end)` behind an escape. A run cannot hold `%` or a backslash, so an
 * escape ends at most 5 bytes into it; only the digits of a terminal's colour may reach farther.
 */
export function eachEscaped(
  bytes: Uint8Array,
  start: number,
  end: number,
  rule: WordRule,
  each: (at: number) => void,
): void {
  for (let at = start + 1; at <= end - shortestWord; at++) {
    if (at > start + 5 && kinds[bytes[at - 2] ?? 0] !== digit) return;
    if (endsEscape(bytes, at) && isWord(kindsIn(bytes, at, end), rule)) each(at);
  }
}

const primes = [0x9e3779b1, 0x85ebca77, 0xc2b2ae3d, 0x27d4eb2f] as const;

/**
 * The 32-bit hash of the word `[start, end)`, which has at least 8 bytes. Four lanes take 16 bytes at a time, as
 * little-endian words, the last 16 bytes overlapping those before; of a word of less than 16 bytes they take the first
 * 8 and the last 8. Primes and final mix are those of xxHash32 and MurmurHash3.
 */
export function hashWord(bytes: Uint8Array, start: number, end: number): number {
  const length = Math.min(end - start, hashedBytes);
  let a = length;
  let b = 0;
  let c = 0;
  let d = 0;
  const behind = start + length;
  for (let at = start; ; at += 16) {
    const last = at + 16 >= behind;
    const low = last ? Math.max(start, behind - 16) : at;
    const high = last ? behind - 8 : at + 8;
    a = Math.imul(a ^ wordAt(bytes, low), primes[0]);
    b = Math.imul(b ^ wordAt(bytes, low + 4), primes[1]);
    c = Math.imul(c ^ wordAt(bytes, high), primes[2]);
    d = Math.imul(d ^ wordAt(bytes, high + 4), primes[3]);
    if (last) return finish(a + rotate(b, 7) + rotate(c, 12) + rotate(d, 18));
    a = rotate(a, 15);
    b = rotate(b, 15);
    c = rotate(c, 15);
    d = rotate(d, 15);
  }
}

const wordAt = (bytes: Uint8Array, at: number): number =>
  (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24);
const rotate = (value: number, by: number): number => (value << by) | (value >>> (32 - by));
const mix = (hash: number, lane: number): number => Math.imul(rotate(hash, 13) ^ lane, primes[0]);

function finish(hash: number): number {
  const once = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  const twice = Math.imul(once ^ (once >>> 13), 0xc2b2ae35);
  return (twice ^ (twice >>> 16)) >>> 0;
}

/**
 * A 32-bit checksum, to notice that a block was rewritten: 16 lanes take 64 bytes at a time as little-endian words, the
 * last ones filled with zeros.
 * @param words the bytes, at least up to the next multiple of 64, with zeros there
 */
export function checksumOf(words: Int32Array, length: number): number {
  const lanes = new Int32Array(16);
  const end = Math.ceil(length / 64) * 16;
  // Lanes do not depend on each other: four at a time keep the processor busy.
  for (let lane = 0; lane < lanes.length; lane += 4) {
    let a = Math.imul(lane + 1, primes[1]);
    let b = Math.imul(lane + 2, primes[1]);
    let c = Math.imul(lane + 3, primes[1]);
    let d = Math.imul(lane + 4, primes[1]);
    for (let at = lane; at < end; at += 16) {
      a = rotate(Math.imul(a ^ (words[at] ?? 0), primes[0]), 16);
      b = rotate(Math.imul(b ^ (words[at + 1] ?? 0), primes[0]), 16);
      c = rotate(Math.imul(c ^ (words[at + 2] ?? 0), primes[0]), 16);
      d = rotate(Math.imul(d ^ (words[at + 3] ?? 0), primes[0]), 16);
    }
    lanes.set([a, b, c, d], lane);
  }
  return finish(lanes.reduce(mix, length));
}

/** A word that every block with a sought ID has in its filter. */
export interface SoughtWord {
  hash: number;
  /** Bytes of the sought ID behind the word. */
  end: number;
}

/**
 * The words that a filter must hold if the needle stands alone (`standsAlone`) in the text: each run within it ends
 * where the text's run ends, and begins where that one does or behind an escape. None: the filter cannot tell.
 */
export function wordsOf(needle: Uint8Array, rule: WordRule): SoughtWord[] {
  const words: SoughtWord[] = [];
  let start = 0;
  for (let at = 0; at <= needle.length; at++) {
    if (kinds[needle[at] ?? 0]) continue;
    const length = at - start;
    if (length >= shortestWord && length <= longestWord && isWord(kindsIn(needle, start, at), rule))
      words.push({ hash: hashWord(needle, start, at), end: needle.length - at });
    start = at + 1;
  }
  return words;
}
