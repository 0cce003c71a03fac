import { backslash, closeBrace, closeBracket, colon, comma, openBrace, openBracket, quote } from '../../base/jsonCodes';
import type { Field } from '../../model/fieldRole';
import { endOfBytes, textOfBytes } from './journalBytes';
import { skipScalar, skipValue } from './jsonSkip';
import { pairListAt } from './pairList';

/** Deepest nesting whose fields are read; what is deeper is one field with its raw text. */
export const depthCap = 32;
/** Most fields that are taken from one record. */
export const keyCap = 1000;

/** Keys whose objects are one value (the payload of a step): their inner names say nothing of the record. */
const wholeKeys = /^(?:input|stepInput|step_input|toolInput|tool_input|arguments|args)$/;

export interface JsonFields {
  fields: Field[];
  /** False where the text ended inside the object: the fields up to there are given. */
  complete: boolean;
  /** Behind the object. */
  end: number;
}

/**
 * The fields of the JSON object that begins at `from`, flat: nested names joined by dots, array indexes as names where
 * an array holds objects or arrays, scalars in an array as repeated fields of its name, the keys of a list of pairs
 * (`[{"key": …, "value": …}]`) as names in it. The document that a search engine stored (`_source`) has its own names.
 * `value` is decoded text, for numbers the raw text (64-bit integers keep their digits); `start` and `end` are those of
 * the raw text (within the quotes). `null` values are left out. Returns `null` where the text is no JSON object.
 */
export function jsonFields(text: string, from = 0): JsonFields | null {
  const state: State = { text, at: from, fields: [], ended: false, nextEscape: -1 };
  if (text.charCodeAt(from) !== openBrace) return null;
  if (!readObject(state, '', 0, false) && !state.ended) return null;
  return { fields: state.fields, complete: !state.ended, end: state.at };
}

/** The fields of the JSON value that begins at `from` and stands under `name`; those before an error, if there is one. */
export function jsonFieldsOf(text: string, from: number, name: string): Field[] {
  const state: State = { text, at: from, fields: [], ended: false, nextEscape: -1 };
  readValue(state, name, '', 0, false);
  return state.fields;
}

interface State {
  readonly text: string;
  at: number;
  readonly fields: Field[];
  /** The text ended too early. */
  ended: boolean;
  /** Where the next backslash stands, from some place at or before `at`; -1 where nobody looked. */
  nextEscape: number;
}

/**
 * What OTLP's `AnyValue` puts around a value, in both of protobuf's JSON spellings, as does Go's exporter (`{"Type": …,
 * "Value": …}`): no part of the field's name.
 */
const anyValue = /^(?:string|int|bool|double|bytes|array|kvlist)_?[vV]alue$/;
const anyList = /^(?:array|kvlist)_?[vV]alue$/;

/** Each reader returns false where the text is wrong or ends too early; `ended` tells which. `isAny`: of an `AnyValue`. */
function readObject(state: State, prefix: string, depth: number, isAny: boolean): boolean {
  state.at++;
  if (nextCode(state) === closeBrace) return skip(state);
  for (;;) {
    if (nextCode(state) !== quote) return false;
    const key = readString(state);
    if (key === null) return false;
    if (nextCode(state) !== colon) return false;
    state.at++;
    const isDress =
      (isAny && (anyValue.test(key) || key === 'values' || key === 'Value')) ||
      anyList.test(key) ||
      (depth === 0 && key === '_source' && nextCode(state) === openBrace);
    const name = isDress ? prefix : prefix === '' ? key : `${prefix}.${key}`;
    if (!readValue(state, name, key, depth, isDress && prefix !== '')) return false;
    const code = nextCode(state);
    if (code === closeBrace) return skip(state);
    if (code !== comma) return false;
    state.at++;
    if (nextCode(state) === closeBrace) return skip(state);
  }
}

function readArray(state: State, name: string, depth: number, isAny: boolean): boolean {
  const list = pairListAt(state.text, state.at);
  if (list) {
    for (const { key, valueAt } of list.pairs) {
      state.at = valueAt;
      if (valueAt >= 0 && !readValue(state, name === '' ? key : `${name}.${key}`, key, depth, true)) return false;
    }
    state.at = list.end;
    return true;
  }
  state.at++;
  if (nextCode(state) === closeBracket) return skip(state);
  for (let index = 0; ; index++) {
    const code = nextCode(state);
    const nested = !isAny && (code === openBrace || code === openBracket);
    if (!readValue(state, nested ? `${name}.${index}` : name, '', depth, isAny)) return false;
    const next = nextCode(state);
    if (next === closeBracket) return skip(state);
    if (next !== comma) return false;
    state.at++;
    if (nextCode(state) === closeBracket) return skip(state);
  }
}

function readValue(state: State, name: string, key: string, depth: number, isAny: boolean): boolean {
  const code = nextCode(state);
  const start = state.at;
  if (code === quote) {
    const value = readString(state);
    if (value !== null) addField(state, name, value, start + 1, state.at - 1);
    return value !== null;
  }
  if (code === openBracket) {
    const end = endOfBytes(state.text, start, key);
    if (end >= 0) {
      addField(state, name, textOfBytes(state.text.slice(start, end)), start, end);
      state.at = end;
      return true;
    }
  }
  if (code === openBrace || code === openBracket) {
    if (depth + 1 < depthCap && !wholeKeys.test(key)) {
      return code === openBrace ? readObject(state, name, depth + 1, isAny) : readArray(state, name, depth + 1, isAny);
    }
    const end = skipValue(state.text, start);
    state.at = end < 0 ? state.text.length : end;
    state.ended ||= end < 0;
    if (end < 0) return false;
    addField(state, name, state.text.slice(start, end), start, end);
    return true;
  }
  return readScalar(state, name, start);
}

function readScalar(state: State, name: string, start: number): boolean {
  const { text } = state;
  state.at = skipScalar(text, start);
  if (state.at === text.length) {
    state.ended = true;
    return false;
  }
  const raw = text.slice(start, state.at);
  if (raw === 'null') return true;
  if (!/^(?:true|false|-?(?:\d[\d.eE+-]*|NaN|Infinity))$/.test(raw)) return false;
  addField(state, name, raw, start, state.at);
  return true;
}

function addField(state: State, name: string, value: string, start: number, end: number): void {
  if (state.fields.length < keyCap) state.fields.push({ name, value, start, end });
}

function skip(state: State): true {
  state.at++;
  return true;
}

/** Skips white space; at the end of the text marks it and returns NaN. */
function nextCode(state: State): number {
  const { text } = state;
  let code = text.charCodeAt(state.at);
  while (code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09) code = text.charCodeAt(++state.at);
  if (state.at >= text.length) state.ended = true;
  return code;
}

function readString(state: State): string | null {
  const { text } = state;
  const start = state.at + 1;
  let end = text.indexOf('"', start);
  if (state.nextEscape < start) {
    const next = text.indexOf('\\', start);
    state.nextEscape = next < 0 ? text.length : next;
  }
  if (end >= 0 && state.nextEscape > end) {
    state.at = end + 1;
    return text.slice(start, end);
  }
  end = start;
  while (end < text.length && text.charCodeAt(end) !== quote) end += text.charCodeAt(end) === backslash ? 2 : 1;
  if (end >= text.length) {
    state.at = text.length;
    state.ended = true;
    return null;
  }
  state.at = end + 1;
  return unescapeJson(text.slice(start, end));
}

const escapes: Record<string, string> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f' };

/** Decodes JSON's escapes; a wrong one stays as it is written. */
export const unescapeJson = (raw: string): string =>
  raw.replace(/\\(?:u([0-9a-fA-F]{4})|([^u]))/g, (_, hex: string | undefined, letter: string | undefined) =>
    hex ? String.fromCharCode(Number.parseInt(hex, 16)) : (escapes[letter ?? ''] ?? letter ?? ''),
  );
