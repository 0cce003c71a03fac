import type { DocumentPart } from '../formats/json/unfold';
import type { RecordLocation } from '../model/logRecord';
import { byteOffset, lineNumber } from '../model/units';

const newline = 0x0a;

/** Where the parts of a frame stand in its source; one may hold others. Bytes are those of UTF-8. */
export function partLocations(
  text: string,
  parts: readonly Pick<DocumentPart, 'start' | 'end'>[],
  { source, line, byteStart, set }: RecordLocation,
): RecordLocation[] {
  const marks = [...new Set(parts.flatMap(({ start, end }) => [start, end]))].sort((a, b) => a - b);
  const placeOf = new Map<number, { bytes: number; lines: number }>();
  let at = 0;
  let bytes = 0;
  let lines = 0;
  for (const mark of marks) {
    for (; at < mark; at++) {
      const code = text.charCodeAt(at);
      if (code === newline) lines++;
      // Each half of a surrogate pair counts for two of its four bytes.
      bytes += code < 0x80 ? 1 : code < 0x800 || (code >= 0xd800 && code < 0xe000) ? 2 : 3;
    }
    placeOf.set(mark, { bytes, lines });
  }
  return parts.map(({ start, end }) => {
    const from = placeOf.get(start)!;
    return {
      source,
      line: line === null ? null : lineNumber(line + from.lines),
      byteStart: byteOffset(byteStart + from.bytes),
      byteEnd: byteOffset(byteStart + placeOf.get(end)!.bytes),
      ...(set ? { set } : {}),
    };
  });
}
