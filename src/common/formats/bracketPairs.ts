import type { Field } from '../model/fieldRole';
import { isIdKey, knownName } from '../profile/fieldNames';
import { unescapeGo } from './logfmt';

const key = '["\']?[A-Za-z_@][\\w.@-]*(?: [\\w.@-]+)?["\']?';
const sign = '\\s?(?:=>|=|：|:(?![:/\\\\]))';
const firstKey = new RegExp(`\\s*(${key})${sign}\\s*`, 'y');
const nextKey = new RegExp(`\\s*[,;|，；、]\\s*(?=${key}${sign})`, 'g');
const looksLikePairs = new RegExp(`^[\\s({[]*(${key})\\s?(=>|=|：|:(?![:/\\\\]))`);
const blankBetween = /\s["']?[A-Za-z_@][\w.@-]*["']?(?:=(?!=)|:\s)/;
const longestBracket = 8192;

/**
 * Whether what stands in a bracket is `key: value` or `key=value` pairs. A colon without a blank behind it mostly
 * separates something else (`Reader.java:12`): it needs a key that is known.
 */
export function isPairs(inner: string): boolean {
  const match = looksLikePairs.exec(inner);
  if (!match) return false;
  const key = (match[1] ?? '').replace(/["']/g, '');
  return match[2] !== ':' || /^\s/.test(inner.slice(match[0].length)) || isIdKey(key) || knownName(key) !== null;
}

/**
 * The pairs in `text[start, end)`, the inside of a bracket. Where commas or semicolons stand between them, a value goes
 * up to the next one that a key follows, so that it may hold blanks, colons and commas (`stepType: Tool: search,
 * previousStepIds: a,b, service: API`). `null` where only blanks stand between the pairs, or there are none.
 */
export function listedPairs(text: string, start: number, end: number): Field[] | null {
  const inner = text.slice(start, end);
  nextKey.lastIndex = 0;
  if (!nextKey.test(inner) && blankBetween.test(inner)) return null;
  const fields: Field[] = [];
  for (let at = 0; at < inner.length; ) {
    firstKey.lastIndex = at;
    const match = firstKey.exec(inner);
    const from = match ? firstKey.lastIndex : at;
    nextKey.lastIndex = valueEnd(inner, from);
    const separator = nextKey.exec(inner);
    const to = separator ? separator.index : inner.length;
    if (match) fields.push(fieldOf(text, (match[1] ?? '').replace(/["']/g, ''), start + from, start + to));
    at = separator ? nextKey.lastIndex : inner.length;
  }
  return fields.length > 0 ? fields : null;
}

/** Behind the quoted value at `from`, as separators within quotes separate nothing; `from` itself for a bare one. */
function valueEnd(inner: string, from: number): number {
  const quote = inner.charAt(from);
  if (quote !== '"' && quote !== "'") return from;
  let at = from + 1;
  while (at < inner.length && inner.charAt(at) !== quote) at += inner.charAt(at) === '\\' ? 2 : 1;
  return at < inner.length ? at + 1 : from;
}

function fieldOf(text: string, name: string, start: number, end: number): Field {
  const raw = text.slice(start, end);
  const trimmed = raw.trim();
  const from = start + raw.indexOf(trimmed);
  const quoted = /^(["'])([\s\S]*)\1$/.exec(trimmed);
  if (quoted && trimmed.length > 1) {
    return { name, value: unescapeGo(quoted[2] ?? ''), start: from + 1, end: from + trimmed.length - 1 };
  }
  return { name, value: trimmed, start: from, end: from + trimmed.length };
}

const closers: Record<string, string> = { '[': ']', '(': ')', '<': '>', '{': '}', '【': '】' };

/** The bracket that closes the one at `at` before `to`, inner ones of its kind respected; -1 if there is none near. */
export function closingBracket(text: string, at: number, to: number): number {
  const open = text.charAt(at);
  const close = closers[open] ?? '';
  const limit = Math.min(to, at + longestBracket);
  let depth = 0;
  for (let position = at; position < limit; position++) {
    const character = text.charAt(position);
    if (character === open) depth++;
    else if (character === close && --depth === 0) return position;
  }
  return -1;
}
