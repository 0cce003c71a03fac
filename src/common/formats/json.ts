import type { Field } from '../model/fieldRole';
import { isIdKey, knownName } from '../profile/fieldNames';
import { jsonFields, unescapeJson } from './jsonTokens';
import type { LogFormat } from './logFormat';
import { jsonEscapeMap, moveFields } from './offsets';
import { pairsIn } from './pairs';
import { readText } from './textFormats';

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
  const said: Field[] = [];
  for (const field of object.fields) {
    const inside = fieldsInside(text, field, nesting + 1);
    for (const found of inside?.fields ?? []) {
      if (inside?.isProse && !isIdKey(found.name)) said.push(found);
      else inner.push(found);
    }
  }
  if (inner.length + said.length === 0) return object.fields;
  const fields = [...inner, ...object.fields];
  return said.length === 0 ? fields : [...fields, ...withRolesOfTheirOwn(said, fields)];
}

/** What a sentence says stands for what no field says. */
function withRolesOfTheirOwn(said: Field[], fields: readonly Field[]): Field[] {
  const taken = new Set(fields.map(({ name }) => knownName(name)?.role));
  return said.filter(({ name }) => !taken.has(knownName(name)?.role));
}

interface Inside {
  fields: Field[];
  /** Pairs among the words of a message. */
  isProse: boolean;
}

/** Where Docker (`log`) and log engines put the line that an application wrote. */
const wrapped = /^(?:log|line|_raw|textPayload|event\.original)$/;
const message = /^(?:.*\.)?(?:message|msg|MESSAGE|_msg|@message|@m|body|body\.stringValue)$/;

function fieldsInside(text: string, field: Field, nesting: number): Inside | null {
  const isWrapper = wrapped.test(field.name);
  if (!isWrapper && !message.test(field.name)) return null;
  const raw = text.slice(field.start, field.end);
  const escaped = raw.includes('\\');
  const value = escaped ? unescapeJson(raw) : raw;
  const inside = readInside(value, isWrapper, nesting);
  if (!inside) return null;
  moveFields(inside.fields, escaped ? jsonEscapeMap(raw) : { positions: [], shifts: [] }, field.start);
  return inside;
}

function readInside(value: string, isWrapper: boolean, nesting: number): Inside | null {
  const line = value.endsWith('\n') ? value.slice(0, -1) : value;
  const isJson = /^\s*\{\s*"/.test(line);
  if (!isJson && !isWrapper) return { fields: pairsIn(line, 0, line.length, 'roles'), isProse: true };
  const fields = isJson ? readJson(line, nesting) : readText(line);
  return fields && { fields, isProse: false };
}
