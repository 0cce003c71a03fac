import type { Field } from '../model/fieldRole';
import { bracketed } from './bracketed';
import { jsonFields, unescapeJson } from './jsonTokens';
import type { LogFormat } from './logFormat';
import { logfmt } from './logfmt';
import { jsonEscapeMap, moveFields } from './offsets';
import { pairsIn } from './pairs';
import { textFormat } from './text';

/**
 * JSON lines in any dialect (RFC 8259, one object per record). A text that another log wrote inside is read too: its
 * fields stand before those of the wrapper, as they are closer to the event.
 */
export const json: LogFormat = { name: 'json', framing: 'line', read: text => readJson(text, 0) };

/** Wrappers in wrappers (container runtime → shipper → application) that are followed. */
const nestingCap = 4;

function readJson(text: string, nesting: number): Field[] | null {
  const from = /\S/.exec(text)?.index ?? 0;
  const object = jsonFields(text, from);
  if (!object) return null;
  if (object.complete && !/^[\s,]*$/.test(text.slice(object.end, object.end + 64))) return null;
  if (nesting >= nestingCap) return object.fields;
  const inner: Field[] = [];
  for (const field of object.fields) {
    const fields = fieldsInside(text, field, nesting + 1);
    if (fields) inner.push(...fields);
  }
  return inner.length === 0 ? object.fields : [...inner, ...object.fields];
}

/** Where Docker (`log`) and log engines put the line that an application wrote. */
const wrapped = /^(?:log|line|_raw|textPayload|event\.original)$/;
const message = /^(?:.*\.)?(?:message|msg|MESSAGE|_msg|@message|@m|body|body\.stringValue)$/;

function fieldsInside(text: string, field: Field, nesting: number): Field[] | null {
  const isWrapper = wrapped.test(field.name);
  if (!isWrapper && !message.test(field.name)) return null;
  const raw = text.slice(field.start, field.end);
  const escaped = raw.includes('\\');
  const value = escaped ? unescapeJson(raw) : raw;
  const inside = readInside(value, isWrapper, nesting);
  if (!inside) return null;
  return moveFields(inside, escaped ? jsonEscapeMap(raw) : { positions: [], shifts: [] }, field.start);
}

function readInside(value: string, isWrapper: boolean, nesting: number): Field[] | null {
  const line = value.endsWith('\n') ? value.slice(0, -1) : value;
  if (/^\s*\{\s*"/.test(line)) return readJson(line, nesting);
  if (isWrapper) return logfmt.read(line) ?? bracketed.read(line) ?? textFormat.read(line);
  return pairsIn(line, 0, line.length, 'ids');
}
