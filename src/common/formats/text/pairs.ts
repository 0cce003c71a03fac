import type { Field } from '../../model/fieldRole';
import { isIdKey, knownName } from '../../profile/fieldNames';
import { isId } from '../../profile/ids';
import { durationOf } from '../../profile/time/duration';
import { jsonFields, keyCap } from '../json/jsonTokens';
import { unescapeGo } from '../logfmt';
import { isPairs, listedPairs } from './bracketPairs';
import { goStruct } from './goStruct';
import { closingBracket } from './printedObject';

/** A key, its sign, and the blanks around it. `: ` needs no blank before and `=` may have some on both sides. */
const pair =
  /(?<![\w.@/-])((?:[A-Za-z][A-Za-z]*[ ])?[A-Za-z_@][\w.@-]{0,79})["']?(\s?(?::=|=>|->)\s?|\s?=(?!=)\s?|[:：]\s?|#(?=\w))/g;
const bareValue = /[^\s,;|"'()[\]{}<>，；、。【】（）]+/y;
/** Signs that prose has as well: what stands behind must be what the key promises. */
const doubtfulSign = /^(?::(?!=)|：|->|=>|#)/;
const longestValue = 4096;

/**
 * `all`: every `key=value`, and `key: value` of keys that name an ID or a duration. `roles`: of these, pairs of keys that
 * have a role or name an ID. `every`: `key: value` counts as well, as in a bracket made of pairs.
 */
export type PairsWanted = 'all' | 'roles' | 'every';

/**
 * The pairs in `text[from, to)`: `correlationId=x`, `TraceID: 49a5…`, `[RequestId: x, RequestPath: /]`,
 * `{correlationId=x, stepId=y}`, and the fields of a JSON object that ends the text.
 */
export function pairsIn(text: string, from: number, to: number, wanted: PairsWanted): Field[] {
  const fields: Field[] = [];
  let end = to;
  const tail = jsonTail(text, from, to);
  if (tail) {
    end = tail.start;
    fields.push(...tail.fields);
  }
  if (!mayHoldPairs(text, from, end)) return fields;
  const found: Field[] = [];
  pair.lastIndex = from;
  for (let match = pair.exec(text); match && match.index < end; match = pair.exec(text)) {
    const list = bracketAround(text, match.index, end);
    if (list) {
      found.push(...list.fields.filter(({ name }) => wanted !== 'roles' || hasRole(name)));
      pair.lastIndex = list.end;
      continue;
    }
    const field = readPair(text, match, end, wanted);
    if (!field) continue;
    found.push(field);
    if (found.length + fields.length >= keyCap) break;
    // A value may itself hold pairs, but a quoted one is whole.
    pair.lastIndex = Math.max(field.end, pair.lastIndex);
  }
  return [...found, ...fields];
}

/** The list of pairs in the bracket that a key begins (`{correlationId=x, stepType=Tool: search}`), if it begins one. */
function bracketAround(text: string, key: number, to: number): { fields: Field[]; end: number } | null {
  let open = key - 1;
  // Ruby's symbols have a colon before them.
  while (open >= 0 && ' "\':'.includes(text.charAt(open))) open--;
  if (open < 0 || !(listOpeners.includes(text.charAt(open)) || isPrinted(text, open, key))) return null;
  const end = closingBracket(text, open, to);
  if (end < 0) return null;
  const struct = text.charAt(open) === '{' ? goStruct(text, open + 1, end) : null;
  if (!struct && !isPairs(text.slice(open + 1, end))) return null;
  const fields = struct ?? listedPairs(text, open + 1, end);
  return fields && { fields, end: end + 1 };
}

const listOpeners = '{[【';

/** `StepMessage(stepType=LLM, …`: a name right before the bracket, and the key right behind it. */
const isPrinted = (text: string, open: number, key: number): boolean =>
  text.charAt(open) === '(' && open === key - 1 && /\w/.test(text.charAt(open - 1));

const anySign = /[=:：#]|->/g;

function mayHoldPairs(text: string, from: number, to: number): boolean {
  anySign.lastIndex = from;
  const match = anySign.exec(text);
  return match !== null && match.index < to;
}

function readPair(text: string, match: RegExpExecArray, to: number, wanted: PairsWanted): Field | null {
  const [whole, spacedKey = '', sign = ''] = match;
  const isColon = doubtfulSign.test(sign.trim());
  const key = keyOf(spacedKey, isColon);
  // The sign may be the colon of a time or URL, and a word before a colon is mostly prose.
  if (wanted === 'roles' && !hasRole(key)) return null;
  // A query of a URL tells of another request, but for the names that are unmistakable.
  const isQuery = '?&'.includes(text.charAt(match.index - 1) || ' ');
  if (isQuery && !meaningOf(key).isKnown) return null;
  if (wanted !== 'every' && isColon && !namesId(key) && !isDuration(key)) return null;
  const start = match.index + whole.length;
  if (/\s$/.test(sign) && isEmpty(text, start, to, sign, key)) return null;
  const and = isQuery ? text.slice(start, start + longestValue).indexOf('&') : -1;
  const value = withUnit(text, key, valueAt(text, start, and < 0 ? to : Math.min(to, start + and)), to);
  if (!value || (isColon && wanted !== 'every' && !isColonValue(key, value.value))) return null;
  return { name: key, ...value };
}

const nextPair = /([A-Za-z_@][\w.@-]{0,79})["']?(?:\s?=|:[=\s])/y;

/**
 * Whether nothing stands behind a sign that a blank follows: the next pair does (`previousStepId= stepType=x`), or a mere
 * word behind the key of an ID.
 */
function isEmpty(text: string, start: number, to: number, sign: string, key: string): boolean {
  nextPair.lastIndex = start;
  const next = nextPair.exec(text);
  const isEquals = sign.trim() === '=';
  // A colon may as well end an ID that a sentence names (`request xyz: done`), or stand before a value of pairs.
  const isNextPair =
    next !== null && nextPair.lastIndex <= to && ((isEquals && next[0].endsWith('=')) || hasRole(next[1] ?? ''));
  if (isNextPair) return true;
  if (!sign.startsWith('=') || sign === '=>' || !namesId(key)) return false;
  const word = /^[^\s,;|]*/.exec(text.slice(start, Math.min(to, start + 80)))?.[0] ?? '';
  return /^[A-Za-z]*$/.test(word);
}

const unit = / (?:ns|us|µs|ms|msecs?|milliseconds?|s|secs?|seconds?|min|minutes?)\b/y;

/** `Duration: 12.34 ms`: the unit belongs to the value. */
function withUnit(text: string, key: string, value: Value | null, to: number): Value | null {
  if (!value || !/^\d[\d.]*$/.test(value.value) || !isDuration(key)) return value;
  unit.lastIndex = value.end;
  const end = value.end + (unit.exec(text)?.[0].length ?? 0);
  return end > to || durationOf(key, value.value) !== null
    ? value
    : { ...value, value: text.slice(value.start, end), end };
}

interface KeyMeaning {
  isId: boolean;
  isDuration: boolean;
  isKnown: boolean;
}

/** Keys recur from record to record; a hostile log may bring any number of them. */
const meanings = new Map<string, KeyMeaning>();
const meaningCap = 2048;

function meaningOf(key: string): KeyMeaning {
  let meaning = meanings.get(key);
  if (!meaning) {
    const known = knownName(key);
    meaning = { isId: isIdKey(key), isDuration: known?.role === 'duration', isKnown: known !== null };
    if (meanings.size >= meaningCap) meanings.clear();
    meanings.set(key, meaning);
  }
  return meaning;
}

const isDuration = (key: string): boolean => meaningOf(key).isDuration;
const namesId = (key: string): boolean => meaningOf(key).isId;
const hasRole = (key: string): boolean => meaningOf(key).isKnown || meaningOf(key).isId;
/** A word before a colon is mostly prose: its value must be what the key promises. */
const isColonValue = (key: string, value: string): boolean =>
  namesId(key) ? isId(value) : isDuration(key) && durationOf(key, value) !== null;

/** `Session ID:` is one key of two words, any other word before a key is prose. */
function keyOf(spaced: string, isColon: boolean): string {
  const blank = spaced.indexOf(' ');
  if (blank < 0) return spaced;
  const last = spaced.slice(blank + 1);
  return isColon && /^(?:ID|Id|id|UUID|uuid)$/.test(last) ? spaced : last;
}

type Value = Pick<Field, 'value' | 'start' | 'end'>;

function valueAt(text: string, start: number, to: number): Value | null {
  const first = text.charAt(start);
  if (start >= to) return null;
  if (first === '"' || first === "'") {
    let end = start + 1;
    const limit = Math.min(to, start + longestValue);
    while (end < limit && text.charAt(end) !== first) end += text.charAt(end) === '\\' ? 2 : 1;
    if (end >= limit) return null;
    return { value: unescapeGo(text.slice(start + 1, end)), start: start + 1, end };
  }
  if (first === '[') {
    const end = text.indexOf(']', start);
    if (end < 0 || end >= to || end - start > longestValue) return null;
    return { value: text.slice(start + 1, end), start: start + 1, end };
  }
  const from = first === '{' || first === '<' ? start + 1 : start;
  bareValue.lastIndex = from;
  const match = bareValue.exec(text);
  if (!match) return null;
  let end = Math.min(from + match[0].length, to);
  while (end > from && '.:!?'.includes(text.charAt(end - 1))) end--;
  return end > from ? { value: text.slice(from, end), start: from, end } : null;
}

/** The JSON object at the end of a text (`… message {"rid":"…"}`); Laravel writes two. */
function jsonTail(text: string, from: number, to: number): { start: number; fields: Field[] } | null {
  let last = to;
  while (last > from && text.charCodeAt(last - 1) <= 0x20) last--;
  if (text.charAt(last - 1) !== '}') return null;
  for (let at = objectFrom(text, from), tries = 0; at >= 0 && at < last && tries < 8; tries++) {
    const fields: Field[] = [];
    let end = at;
    while (text.charAt(end) === '{') {
      const object = jsonFields(text, end);
      if (!object?.complete) break;
      fields.push(...object.fields);
      end = object.end;
      while (end < last && text.charCodeAt(end) <= 0x20) end++;
    }
    if (end >= last && fields.length > 0) return { start: at, fields };
    at = objectFrom(text, at + 1);
  }
  return null;
}

const objectStart = /\{\s{0,200}"/g;

/** Where the next JSON object begins, pretty-printed or not; -1 if none does. */
function objectFrom(text: string, from: number): number {
  objectStart.lastIndex = from;
  return objectStart.exec(text)?.index ?? -1;
}
