import type { SourceProfile } from '../model/sourceProfile';

type Encoding = SourceProfile['encoding'];

/** The encoding of bytes by their mark, by the zeros that UTF-16 has in ASCII, or by whether they are valid UTF-8. */
export function encodingOf(bytes: Uint8Array): Encoding {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const head = bytes.subarray(0, Math.min(bytes.length, 4096));
  const zeros = [0, 0];
  for (let at = 0; at < head.length; at++) if (head[at] === 0) zeros[at & 1] = (zeros[at & 1] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  if (odd > head.length / 4 && even === 0) return 'utf-16le';
  if (even > head.length / 4 && odd === 0) return 'utf-16be';
  return isUtf8(bytes) ? 'utf-8' : 'latin1';
}

/** A few wrong bytes do not make a file Latin-1: only text whose high bytes are mostly no UTF-8 is. */
function isUtf8(bytes: Uint8Array): boolean {
  let valid = 0;
  let wrong = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte < 0x80) continue;
    const length = byte >= 0xf0 ? 3 : byte >= 0xe0 ? 2 : byte >= 0xc2 ? 1 : 0;
    let follows = 0;
    while (follows < length && ((bytes[at + 1 + follows] ?? 0) & 0xc0) === 0x80) follows++;
    if (length > 0 && follows === length) valid++;
    else if (length === 0 || at + length < bytes.length) wrong++;
    at += follows;
  }
  return wrong <= valid;
}

/** Decodes bytes of a source; wrong ones become U+FFFD. */
export const decode = (bytes: Uint8Array, encoding: Encoding): string => new TextDecoder(encoding).decode(bytes);
