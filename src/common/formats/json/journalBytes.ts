import type { OffsetMap } from './offsets';

const byteArray = /\[\s*\d{1,3}\s*(?:,\s*\d{1,3}\s*)*\]/y;
const journalKey = /^_{0,2}[A-Z][A-Z\d_]*$/;
const decoder = new TextDecoder();

/**
 * Where an array of bytes ends that begins at `from` and is a text: `journalctl -o json` writes a field so that holds
 * terminal escapes or is no UTF-8 (systemd's JOURNAL_EXPORT_FORMATS, "Journal JSON Format"). -1 where it is none.
 * @param text the whole record, which tells whether it is the journal's
 */
export function endOfBytes(text: string, from: number, key: string): number {
  if (!journalKey.test(key)) return -1;
  byteArray.lastIndex = from;
  return byteArray.test(text) && text.includes('"__REALTIME_TIMESTAMP"') ? byteArray.lastIndex : -1;
}

/** The text of an array of bytes. */
export const textOfBytes = (raw: string): string =>
  decoder.decode(Uint8Array.from(raw.match(/\d+/g) ?? [], digits => Number(digits)));

/** The way from each character of the text back to its byte in the array. */
export function bytesMap(raw: string, value: string): OffsetMap {
  const map: OffsetMap = { positions: [], shifts: [] };
  const bytes = raw.matchAll(/\d+/g);
  let position = 0;
  for (const character of value) {
    const first = bytes.next();
    if (first.done) break;
    map.positions.push(position);
    map.shifts.push(first.value.index - position);
    const code = character.codePointAt(0) ?? 0;
    for (let more = code < 0x80 ? 0 : code < 0x800 ? 1 : code < 0x10000 ? 2 : 3; more > 0; more--) bytes.next();
    position += character.length;
  }
  map.positions.push(position);
  map.shifts.push(raw.length - 1 - position);
  return map;
}
