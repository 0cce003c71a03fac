import type { DocumentPart } from '../formats/unfold';
import type { RecordLocation } from '../model/logRecord';
import { byteOffset, lineNumber } from '../model/units';

const newline = 0x0a;

/** Where the parts of a frame stand in its source; `parts` in the order of the text. Bytes are those of UTF-8. */
export function partLocations(
  text: string,
  parts: readonly DocumentPart[],
  { source, line, byteStart, set }: RecordLocation,
): RecordLocation[] {
  let at = 0;
  let bytes = 0;
  let lines = 0;
  const advance = (to: number) => {
    for (; at < to; at++) {
      const code = text.charCodeAt(at);
      if (code === newline) lines++;
      // Each half of a surrogate pair counts for two of its four bytes.
      bytes += code < 0x80 ? 1 : code < 0x800 || (code >= 0xd800 && code < 0xe000) ? 2 : 3;
    }
  };
  return parts.map(part => {
    advance(part.start);
    const [from, firstLine] = [bytes, lines];
    advance(part.end);
    return {
      source,
      line: line === null ? null : lineNumber(line + firstLine),
      byteStart: byteOffset(byteStart + from),
      byteEnd: byteOffset(byteStart + bytes),
      ...(set ? { set } : {}),
    };
  });
}
