import { skipBlanks, skipString } from './jsonSkip';
import { type JsonFields, jsonFieldsOf } from './jsonTokens';

const stamped = /\[\s*"(\d{19})"\s*,\s*(?=")/y;
const comma = 0x2c;
const openBrace = 0x7b;

/**
 * A stamp in nanoseconds and a line, as Loki's query and push interfaces list them, with structured metadata at choice:
 * `["1700000000000000000", "line", {"trace_id": "…"}]`. `null` for any other text.
 */
export function stampedPair(text: string, from: number): JsonFields | null {
  stamped.lastIndex = from;
  const match = stamped.exec(text);
  if (!match) return null;
  const line = stamped.lastIndex;
  const lineEnd = skipString(text, line);
  if (lineEnd < 0) return null;
  const stampAt = text.indexOf('"', from) + 1;
  const fields = [
    { name: 'timestamp', value: match[1] ?? '', start: stampAt, end: stampAt + 19 },
    ...jsonFieldsOf(text, line, 'log'),
  ];
  const next = skipBlanks(text, lineEnd);
  const metadata = skipBlanks(text, next + 1);
  if (text.charCodeAt(next) === comma && text.charCodeAt(metadata) === openBrace)
    fields.push(...jsonFieldsOf(text, metadata, 'metadata'));
  return { fields, complete: true, end: text.length };
}
