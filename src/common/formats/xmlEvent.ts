import type { Field } from '../model/fieldRole';
import type { LogFormat } from './logFormat';

/**
 * One XML element per record, over as many lines as it takes: `<log4j:event logger="…" timestamp="…">` (log4j 1's and
 * NLog's XMLLayout), `<Event timeMillis="…">` (log4j 2's), `<record>` (java.util.logging), `<Event><System>` (Windows),
 * `<log time="…">` and `<logEntry>` of a program's own.
 * Attributes and elements that hold text are fields by their own names; `<data name="k" value="v"/>`,
 * `<item key="k" value="v"/>` and `<Data Name="k">v</Data>` by that of their key.
 */
export const xmlEvent: LogFormat = {
  name: 'xml',
  framing: 'stamp',
  read: text => (xmlHead.test(text.slice(0, 200)) ? readElements(text) : null),
};

/** How the element of a record begins. */
export const xmlHead =
  /^\s*<(?:\w{1,20}:)?(?:(?:[Ee]vent|record|[Ll]og[-_]?(?:[Ee]ntry|[Ee]vent|[Rr]ecord))(?=[\s>])|(?:[Ll]og|[Ee]ntry)(?=\s))/;

const fieldCap = 1000;
const tag = /<(?:!\[CDATA\[|!--|\/?([A-Za-z_][\w.:-]{0,80}))/g;
const attribute = /\s+([A-Za-z_][\w.:-]{0,80})\s?=\s?(?:"([^"]*)"|'([^']*)')/dy;
/** What the layouts name in words of their own; a program's pairs keep their names. */
const names: ReadonlyMap<string, string> = new Map([
  ['timeMillis', 'timestamp'],
  ['millis', 'timestamp'],
  ['SystemTime', 'timestamp'],
  ['epochSecond', 'instant.epochSecond'],
  ['nanoOfSecond', 'instant.nanoOfSecond'],
  ['class', 'callerClass'],
]);

function readElements(text: string): Field[] {
  const fields: Field[] = [];
  tag.lastIndex = 0;
  for (let match = tag.exec(text); match && fields.length < fieldCap; match = tag.exec(text)) {
    const name = match[1];
    if (name === undefined || match[0].startsWith('</')) continue;
    let at = match.index + match[0].length;
    const own: Field[] = [];
    for (let found = attributeAt(text, at); found && own.length < fieldCap; found = attributeAt(text, at)) {
      if (!found.field.name.startsWith('xmlns')) own.push(found.field);
      at = found.end;
    }
    const pair = keyedPair(own);
    const [key] = own;
    const close = /^\s*(\/?)>/.exec(text.slice(at, at + 100));
    const body = close?.[1] === '' ? bodyAt(text, at + close[0].length) : null;
    const isKeyed = pair === null && body !== null && own.length === 1 && key !== undefined && isKey.test(key.name);
    if (!isKeyed) fields.push(...(pair ?? own));
    if (body && body.value !== '') fields.push({ ...body, name: isKeyed ? key.value : fieldName(name) });
    tag.lastIndex = body?.end ?? at;
  }
  return fields;
}

function attributeAt(text: string, at: number): { field: Field; end: number } | null {
  attribute.lastIndex = at;
  const match = attribute.exec(text);
  const [start, end] = match?.indices?.[2] ?? match?.indices?.[3] ?? [];
  if (!match || start === undefined || end === undefined) return null;
  const field = { name: fieldName(match[1] ?? ''), value: unescapeXml(text.slice(start, end)), start, end };
  return { field, end: at + match[0].length };
}

const isKey = /^(?:[Nn]ame|key)$/;

/** `name="k" value="v"` is the field `k`. */
function keyedPair(own: Field[]): Field[] | null {
  const [key, value, ...others] = own;
  if (!key || value?.name !== 'value' || others.length > 0 || !isKey.test(key.name)) return null;
  return [{ ...value, name: key.value }];
}

/** The text of an element that holds nothing else, plain or as CDATA. */
function bodyAt(text: string, from: number): Pick<Field, 'value' | 'start' | 'end'> | null {
  const lead = /^\s*<!\[CDATA\[/.exec(text.slice(from, from + 200))?.[0].length;
  if (lead !== undefined) {
    const start = from + lead;
    const end = text.indexOf(']]>', start);
    return end < 0
      ? { value: text.slice(start), start, end: text.length }
      : { value: text.slice(start, end), start, end };
  }
  const end = text.indexOf('<', from);
  if (end < 0 || text.charAt(end + 1) !== '/') return null;
  const start = Math.min(end, from + text.slice(from, end).search(/\S|$/));
  return { value: unescapeXml(text.slice(start, end)).trimEnd(), start, end };
}

const fieldName = (name: string): string => {
  const local = name.slice(name.indexOf(':') + 1);
  return names.get(local) ?? local;
};

const entities: ReadonlyMap<string, string> = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
]);

const unescapeXml = (raw: string): string =>
  raw.includes('&')
    ? raw.replace(
        /&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(\w{2,4}));/g,
        (whole, decimal?: string, hex?: string, word?: string) => {
          const code = decimal ? Number(decimal) : hex ? Number.parseInt(hex, 16) : -1;
          if (code >= 0) return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
          return entities.get(word ?? '') ?? whole;
        },
      )
    : raw;
