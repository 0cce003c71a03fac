import type { Field } from '../model/fieldRole';
import { isIdKey, knownName } from '../profile/fieldNames';
import { bytesMap, textOfBytes } from './json/journalBytes';
import { unescapeJson } from './json/jsonTokens';
import { jsonEscapeMap, moveFields, type OffsetMap } from './json/offsets';
import { startsWithStamp } from './text/header';
import { pairsIn } from './text/pairs';
import { readText } from './textFormats';

/** Wrappers in wrappers (table → container runtime → shipper → application) that are followed. */
const nestingCap = 4;

/**
 * What a field may hold. `line`: what another program wrote, in any format. `text`: such a line where it begins like
 * one, else prose. `message`: the same only where it begins with a date. `prose`: a sentence, or JSON. `object`: JSON that
 * adds to the record.
 */
export type Content = 'line' | 'text' | 'message' | 'prose' | 'object';

/** A format whose fields may hold the texts of other logs. */
export interface Holder {
  /** `null` where a field is what it is. */
  contentOf(field: Field): Content | null;
  /** A field's text from its raw one, with the way back; asked only where they differ. */
  decode(raw: string): { value: string; map: OffsetMap };
}

/** Reads a JSON object with what is inside its fields. */
export type JsonReader = (text: string, nesting: number) => Field[] | null;

/**
 * The fields of a text with those of the texts that stand in them, which come first: they are closer to the event. What
 * a sentence or an object within says comes last. `nesting` is how many texts are around this one.
 */
export function withInside(
  text: string,
  fields: Field[],
  holder: Holder,
  nesting: number,
  readJson: JsonReader,
): Field[] {
  if (nesting >= nestingCap) return fields;
  const inner: Field[] = [];
  const said: Field[] = [];
  const added: Field[] = [];
  for (const field of fields) {
    const content = holder.contentOf(field);
    const inside = content && fieldsInside(text, field, content, holder, line => readJson(line, nesting + 1));
    if (!inside) continue;
    if (content === 'object')
      added.push(...inside.fields.map(found => ({ ...found, name: `${field.name}.${found.name}` })));
    else for (const found of inside.fields) (inside.isProse && !isIdKey(found.name) ? said : inner).push(found);
  }
  if (inner.length + said.length + added.length === 0) return fields;
  const all = [...inner, ...fields, ...added];
  return said.length === 0 ? all : [...all, ...withRolesOfTheirOwn(said, all)];
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

function fieldsInside(
  text: string,
  { start, end, value: whole }: Field,
  content: Content,
  holder: Holder,
  readJson: (text: string) => Field[] | null,
): Inside | null {
  const raw = text.slice(start, end);
  const { value, map } = raw === whole ? { value: raw, map: { positions: [], shifts: [] } } : holder.decode(raw);
  const inside = readInside(value.endsWith('\n') ? value.slice(0, -1) : value, content, readJson);
  if (inside) moveFields(inside.fields, map, start);
  return inside;
}

function readInside(line: string, content: Content, readJson: (text: string) => Field[] | null): Inside | null {
  const fields = /^\s*\{\s*"/.test(line) ? readJson(line) : content === 'object' ? null : readLine(line, content);
  if (fields) return { fields, isProse: false };
  if (content === 'line' || content === 'object') return null;
  return { fields: pairsIn(line, 0, line.length, 'roles'), isProse: true };
}

const beginsWithDate = /^\[?\d{4}[-/]\d\d[-/]\d\d[T ]/;

function readLine(line: string, content: Content): Field[] | null {
  if (content === 'prose') return null;
  if (content === 'message') return beginsWithDate.test(line) && startsWithStamp(line) ? readText(line, true) : null;
  return readText(line, content === 'line' || startsWithStamp(line));
}

/** Where Docker (`log`) and log engines put the line that an application wrote. */
const wrapped = /^(?:log|line|(?:result\.)?_raw|textPayload|event\.original)$/;
const message = /^(?:.*\.)?(?:message|msg|_msg|@message|@m|body|body\.stringValue)$/;

/** What a program logged to the journal, often the whole line that it would write to a file. */
const journalMessage = 'MESSAGE';

/** The strings of a JSON object. */
export const jsonStrings: Holder = {
  contentOf({ name }) {
    if (wrapped.test(name)) return 'line';
    if (name === journalMessage) return 'text';
    return message.test(name) ? 'message' : null;
  },
  decode(raw) {
    if (!raw.startsWith('[') || !raw.endsWith(']')) return { value: unescapeJson(raw), map: jsonEscapeMap(raw) };
    const value = textOfBytes(raw);
    return { value, map: bytesMap(raw, value) };
  },
};
