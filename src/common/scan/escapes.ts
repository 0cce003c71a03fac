/**
 * An ID may stand directly behind an escape that ends in a letter or digit: `%2F7c2d9f7b`, `\n7c2d9f7b`,
 * `\u00227c2d9f7b`, `ESC[32m7c2d9f7b`. These are the places where a word begins although letters stand before it.
 */

/** Whether the bytes before `at` are an escape of another character (`%3D`, `\n`, `\u0022`) or of a terminal. */
export function endsEscape(bytes: Uint8Array, at: number): boolean {
  if (bytes[at - 2] === 0x5c) return true;
  if (bytes[at - 3] === 0x25) return areHex(bytes, at - 2, at);
  if (bytes[at - 6] === 0x5c && bytes[at - 5] === 0x75) return areHex(bytes, at - 4, at);
  return endsColour(bytes, at);
}

function areHex(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    const byte = bytes[at] ?? 0;
    if (!(byte >= 0x30 && byte <= 0x39) && !((byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x66)) return false;
  }
  return true;
}

/** Bytes before a word by which `endsEscape` decides, at most: the longest colour and the escape character, written. */
export const escapeReach = 64;

const longestColour = 40;
const escapeByte = 0x1b;
/** How JSON and programs write the escape character. */
const writtenEscapes = ['\\u001b', '\\u001B', '\\x1b', '\\x1B', '\\033', '\\e', '^['].map(text =>
  Uint8Array.from(text, character => character.charCodeAt(0)),
);

/** Whether a terminal's colour (`ESC[0m`) or another of its control sequences ends before `at`. */
function endsColour(bytes: Uint8Array, at: number): boolean {
  let open = at - 2;
  // Between the bracket and the final letter stand digits, `:`, `;` and `?`.
  while (open > at - longestColour && (bytes[open] ?? 0) >= 0x30 && (bytes[open] ?? 0) <= 0x3f) open--;
  if (bytes[open] !== 0x5b) return false;
  if (bytes[open - 1] === escapeByte) return true;
  return writtenEscapes.some(text => text.every((byte, index) => bytes[open - text.length + index] === byte));
}
