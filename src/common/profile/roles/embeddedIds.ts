import type { Field } from '../../model/fieldRole';
import { isServerId } from '../idShapes';
import { isWorkNoun, nounBefore } from './idNouns';

/** Whether a name is that of a slot: no key of a log has a `#`. */
export const isSlot = (name: string): boolean => name.includes('#');

const uuid = '[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}';
/** A word that may be an ID: one run of a class, with one more behind the noun's sign for negative numbers. */
const word = /(?<![\w-])[A-Za-z0-9][\w-]{3,159}(?![\w-])/g;
const bareUuid = new RegExp(`^${uuid}$`);
const xray = /^1-[0-9a-f]{8}-[0-9a-f]{24}$/i;
const ulid = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;
const handle = /^0x[0-9a-f]{12,16}$/i;
const bareHex = /^(?:[0-9A-Fa-f]{8}|[0-9A-Fa-f]{12,32})$/;
const prefixed = new RegExp(
  `^([A-Za-z]{1,24})([_-]{1,2})(?:${uuid}|\\d{8,20}|[0-9A-Fa-f]{8,32}|\\d{8,20}(?:[_-]\\w{1,12}){1,6}|(?=(?:[A-Za-z]*\\d){2})[0-9A-Za-z]{14,40})$`,
);
/** A mail's number in its queue (Postfix, Exim) and the like, at the beginning of a message. */
const leading =
  /^(?:(?=\d*[A-Za-z])(?=[A-Za-z]*\d)[0-9A-Za-z]{9,20}|[0-9A-Za-z]{6}-[0-9A-Za-z]{6,11}-[0-9A-Za-z]{2,4})$/;
/** `req-12`, `trace7`: a short number is an ID only behind a noun of work. */
const counted = /^([A-Za-z]{2,16})([_-]?)\d{1,12}$/;
/** `order 345`, `Request #1234`, `job 3fa91c`, behind a noun of work. */
const numbered =
  /(?<![\w.-])([A-Za-z]{3,16}) #?(\d{2,19}(?![\w%/:-]|\.\d)|(?=[a-z]{0,15}\d)(?!\d{0,15}[a-z]{0,3}(?![\da-z]))[\da-z]{6,11}(?![\w%/-]|\.\w))/g;
/** What may be a server's ID: words that hold signs which end others. */
const serverWord = /(?<![\w@:-])(?:[0-9A-Za-z][\w@-]{26}|[0-9A-Fa-f]{8,32}:[\w:]{16,90})(?![\w@:-])/g;
const idsKept = 1000;

/**
 * IDs that stand in `text[from, to)` without a key, in the order of the text. Each is named by its *slot*, which the text
 * alone decides, so that a profile can bind it like the name of a field; where the ID itself stands it has a `#`:
 *
 * - `blk_#`, `REQ-#`, `attempt_#`: a word and a long number, hex number or UUID, with more parts behind it;
 *   `req-#`, `trace#`: a noun of work and any number
 * - `order #`: a noun of work, a blank and a number or a short word of digits and small letters
 * - `#uuid`, `#hex32`, `#hex16`, `#hex8`, `#ulid`, `#xray`, `#server`, `0x#`: a shape alone; `tag #uuid` in square brackets; with the noun
 *   before it where that tells whose ID it is (`request #uuid`, `user #uuid`)
 * - `first #`: a word of letters and digits at `head`, where the message begins
 * - `|#6`: the sixth column of a text that `|` divides, where its cell is a hex number
 *
 * Digests, memory addresses, names of files, parts of URLs and host names are none of these.
 */
export function embeddedIds(text: string, from: number, to: number, head = from): Field[] {
  const servers = serverIds(text, from, to);
  const found: Field[] = [];
  const columns = columnsOf(text, from, to);
  word.lastIndex = from;
  for (let match = word.exec(text); match && match.index < to; match = word.exec(text)) {
    const [value] = match;
    const { index: start } = match;
    const end = start + value.length;
    if (end > to || !/\d/.test(value) || isPartOfName(text, start, end)) continue;
    const name =
      slotOf(text, value, start, columns) ?? (start === head && isLeading(text, value, end) ? 'first #' : null);
    if (!name) continue;
    const around = servers.findIndex(id => id.start <= start && end <= id.end);
    const { value: whole } = servers[around] ?? { value };
    // A prefix (`ch_…`) says more than the shape of the whole; a part of an ID says nothing.
    if (whole !== value) continue;
    if (around >= 0) servers.splice(around, 1);
    found.push({ name, value, start, end });
    if (found.length >= idsKept) return found;
  }
  found.push(...servers);
  numbered.lastIndex = from;
  for (let match = numbered.exec(text); match && match.index < to; match = numbered.exec(text)) {
    const [whole, noun = '', value = ''] = match;
    const end = match.index + whole.length;
    const start = end - value.length;
    if (end <= to && isWorkNoun(noun) && !found.some(id => id.start === start))
      found.push({ name: `${noun.toLowerCase()} #`, value, start, end });
    if (found.length >= idsKept) break;
  }
  return found.sort((a, b) => a.start - b.start);
}

function serverIds(text: string, from: number, to: number): Field[] {
  const found: Field[] = [];
  serverWord.lastIndex = from;
  for (let match = serverWord.exec(text); match && match.index < to; match = serverWord.exec(text)) {
    const [value] = match;
    const { index: start } = match;
    const end = start + value.length;
    const isPart = '.$%+/'.includes(text.charAt(start - 1) || ' ') || text.charAt(end) === '.';
    if (end > to || isPart || !isServerId(value)) continue;
    found.push({ name: inContext(text, '#server', start, end), value, start, end });
    if (found.length >= idsKept) break;
  }
  return found;
}

const isLeading = (text: string, value: string, end: number): boolean =>
  leading.test(value) && (text.charAt(end) === ':' || text.charAt(end) === ' ');

function slotOf(text: string, value: string, start: number, columns: readonly number[]): string | null {
  const shape = shapeOf(value);
  if (shape === 'hex' || shape?.startsWith('#hex')) {
    const column = columnAt(text, columns, start, start + value.length);
    if (column > 0) return `|#${column}`;
  }
  if (shape === 'hex') return isTagged(text, value, start) ? `tag #hex${value.length}` : null;
  if (shape) return inContext(text, shape, start, start + value.length);
  const [, prefix = '', sign = ''] = prefixed.exec(value) ?? [];
  if (prefix) return /[1-9]/.test(value.slice(prefix.length)) ? `${prefix}${sign.charAt(0)}#` : null;
  const [, noun = '', dash = ''] = counted.exec(value) ?? [];
  return noun && isWorkNoun(noun) ? `${noun}${dash}#` : null;
}

/** `hex`: a hex number of no usual length, or of digits only, which is an ID only by its place. */
function shapeOf(value: string): string | null {
  if (bareUuid.test(value)) return '#uuid';
  if (handle.test(value)) return isAddress(value) ? null : '0x#';
  if (xray.test(value)) return '#xray';
  if (bareHex.test(value)) {
    const { length } = value;
    const isUsual = (length === 32 || length === 24 || length === 16 || length === 8) && /[A-Fa-f]/.test(value);
    return isUsual ? `#hex${length}` : 'hex';
  }
  return ulid.test(value) ? '#ulid' : null;
}

/** A number of letters and digits that fills a bracket: of any length. */
const isTagged = (text: string, value: string, start: number): boolean =>
  text.charAt(start - 1) === '[' &&
  text.charAt(start + value.length) === ']' &&
  /\d/.test(value) &&
  /[A-Fa-f]/.test(value);

/** Where user or kernel memory begins on 64-bit machines. */
const isAddress = (value: string): boolean => /^0x(?:0{4}|f{4}|7f|5[56]|c0{3})/i.test(value);

function inContext(text: string, shape: string, start: number, end: number): string {
  if (shape === '0x#') return shape;
  if (text.charAt(start - 1) === '[' && text.charAt(end) === ']') return `tag ${shape}`;
  const noun = nounBefore(text, start);
  return noun ? `${noun} ${shape}` : shape;
}

/** Whether a word is a part of a longer name: of a file, a host, a digest, an object's class. */
function isPartOfName(text: string, start: number, end: number): boolean {
  const before = text.charAt(start - 1);
  if (before === '@' || before === '.' || before === '$' || before === '%' || before === '+') return true;
  if (before === ':' && /\bsha\d{0,3}:$/i.test(text.slice(Math.max(0, start - 8), start))) return true;
  const after = text.charAt(end);
  return after === '@' || (after === '.' && /\w/.test(text.charAt(end + 1)));
}

/** Whether a field's value stands in a path or URL: it is read, but tells nothing of what the text is about. */
export const isInPath = (text: string, { start, end }: Pick<Field, 'start' | 'end'>): boolean =>
  '/\\'.includes(text.charAt(start - 1) || ' ') || '/\\'.includes(text.charAt(end) || ' ');

const columnsWanted = 4;

/** Where the columns of a text begin that ` | ` divides; none where it has fewer than four. */
function columnsOf(text: string, from: number, to: number): number[] {
  const starts = [from];
  for (let at = text.indexOf('|', from); at >= 0 && at < to && starts.length < 64; at = text.indexOf('|', at + 1))
    starts.push(at + 1);
  return starts.length >= columnsWanted ? starts : [];
}

/** The number of the column, from 1, that a value fills alone; 0 for none. */
function columnAt(text: string, columns: readonly number[], start: number, end: number): number {
  const column = columns.findLastIndex(at => at <= start);
  if (column < 1) return 0;
  const alone = text.slice(columns[column], start).trim() === '' && /^\s*(?:\||$)/.test(text.slice(end, end + 8));
  return alone ? column + 1 : 0;
}
