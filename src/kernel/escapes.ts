import { isDigit } from './bytes';

/** What ends an escape, as in `src/common/scan/escapes.ts`. The look-back makes each place before a word readable. */

const percent: u32 = 0x25;
const backslash: u32 = 0x5c;
const bracket: u32 = 0x5b;
const longestColour: usize = 40;

function byteAt(at: usize): u32 {
  return load<u8>(at);
}

/**
 * The bytes right before a run that an escape may have, one bit for each: percent, backslash, bracket and what stands
 * between the numbers of a colour. Some others share their bits, which costs no more than a look: of letters and digits
 * none stands there.
 */
const signs: u64 = (1 << 0x25) | (1 << (0x5c & 63)) | (1 << (0x5b & 63)) | (0x3f << 0x3a);

/** 1 where an escape may end within the run that begins at `start`, else 0: a quick look at the byte before it. */
export function escapeSign(start: usize): u32 {
  return (signs >> (byteAt(start - 1) as u64)) as u32 & 1;
}

export function endsEscape(at: usize): bool {
  if (byteAt(at - 2) === backslash) return true;
  if (byteAt(at - 3) === percent) return areHex(at - 2, at);
  if (byteAt(at - 6) === backslash && byteAt(at - 5) === 0x75) return areHex(at - 4, at);
  return endsColour(at);
}

function areHex(from: usize, to: usize): bool {
  for (let at = from; at < to; at++) {
    const byte = byteAt(at);
    if (!isDigit(byte) && (byte | 0x20) - 0x61 >= 6) return false;
  }
  return true;
}

function endsColour(at: usize): bool {
  let open = at - 2;
  while (open > at - longestColour && byteAt(open) >= 0x30 && byteAt(open) <= 0x3f) open--;
  return byteAt(open) === bracket && isEscapeCharacter(open);
}

/** Whether the escape character ends before `end`, or one of the ways to write it. */
function isEscapeCharacter(end: usize): bool {
  const last = byteAt(end - 1);
  if (last === 0x1b) return true;
  if (last === bracket) return byteAt(end - 2) === 0x5e; // ^[
  if (last === 0x65) return byteAt(end - 2) === backslash; // \e
  if (last === 0x33) return load<u32>(end - 4) === 0x3333305c; // \033
  if ((last | 0x20) !== 0x62) return false;
  if ((load<u32>(end - 4) | 0x20000000) === 0x6231785c) return true; // \x1b
  return byteAt(end - 6) === backslash && load<u32>(end - 5) === 0x31303075; // \u001b
}

/** Whether an escape that ends at `at`, behind the beginning of a run, may be followed by another one. */
export function mayGoOn(start: usize, at: usize): bool {
  return at <= start + 5 || isDigit(byteAt(at - 2));
}
