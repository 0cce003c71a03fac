const blank = 0x20;
const tab = 0x09;
const carriageReturn = 0x0d;

/** Whether the line `bytes[start, end)` holds nothing but blanks. */
export function isBlank(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const byte = bytes[at];
    if (byte !== blank && byte !== tab && byte !== carriageReturn) return false;
  }
  return true;
}

/** Bytes of the UTF-8 byte order mark at the beginning: 3 or 0. */
export const lengthOfBom = (bytes: Uint8Array): number =>
  bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;

/** The end of the line `bytes[start, end)` without the carriage return of a CRLF. */
export const withoutReturn = (bytes: Uint8Array, start: number, end: number): number =>
  end > start && bytes[end - 1] === carriageReturn ? end - 1 : end;
