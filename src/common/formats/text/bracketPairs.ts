import type { Field } from '../../model/fieldRole';
import { isIdKey, knownName } from '../../profile/fieldNames';
import { unescapeGo } from '../logfmt';
import { isWrapper, type Printed, printedAt } from './printedObject';

const key = '["\':]?[A-Za-z_@][\\w.@-]*(?: [\\w.@-]+)?["\']?';
const sign = '\\s?(?:=>|=|：|:(?![:/\\\\]))';
const firstKey = new RegExp(`\\s*(${key})${sign}\\s*`, 'y');
const nextKey = new RegExp(`\\s*[,;|，；、]\\s*(?=${key}${sign})`, 'g');
const looksLikePairs = new RegExp(`^[\\s({[]*(${key})\\s?(=>|=|：|:(?![:/\\\\]))`);
/** Objects within objects that are read. */
const deepest = 8;
const blankBetween = /\s["']?[A-Za-z_@][\w.@-]*["']?(?:=(?!=)|:\s)/;

/**
 * Whether what stands in a bracket is `key: value` or `key=value` pairs. A colon without a blank behind it mostly
 * separates something else (`Reader.java:12`): it needs a key that is known.
 */
export function isPairs(inner: string): boolean {
  const match = looksLikePairs.exec(inner);
  if (!match) return false;
  const key = (match[1] ?? '').replace(/["']|^:/g, '');
  return match[2] !== ':' || /^\s/.test(inner.slice(match[0].length)) || isIdKey(key) || knownName(key) !== null;
}

/**
 * The pairs in `text[start, end)`, the inside of a bracket. Where commas or semicolons stand between them, a value goes
 * up to the next one that a key follows, so that it may hold blanks, colons and commas (`stepType: Tool: search,
 * previousStepIds: a,b, service: API`); an object in it is read as well (see {@link printedAt}). `null` where only blanks
 * stand between the pairs, or there are none.
 */
export function listedPairs(text: string, start: number, end: number, depth = 0): Field[] | null {
  const inner = text.slice(start, end);
  nextKey.lastIndex = 0;
  if (!nextKey.test(inner) && blankBetween.test(inner)) return null;
  const fields: Field[] = [];
  for (let at = 0; at < inner.length; ) {
    firstKey.lastIndex = at;
    const match = firstKey.exec(inner);
    const from = match ? firstKey.lastIndex : at;
    const printed = match ? printedAt(text, start + from, end) : null;
    nextKey.lastIndex = printed ? printed.end - start : valueEnd(inner, from);
    const separator = nextKey.exec(inner);
    const to = separator ? separator.index : inner.length;
    // Before an object within is read, which moves these expressions.
    at = separator ? nextKey.lastIndex : inner.length;
    const name = (match?.[1] ?? '').replace(/["']|^:/g, '');
    if (printed) fields.push(...printedFields(text, name, printed, depth));
    else if (match) fields.push(fieldOf(text, name, start + from, start + to));
  }
  return fields.length > 0 ? fields : null;
}

/** What an object holds, if that is pairs, with its name for the pair's value; else all of it is the value. */
function printedFields(
  text: string,
  name: string,
  { nameEnd, open, close, start, end }: Printed,
  depth: number,
): Field[] {
  if (isWrapper(text.slice(start, nameEnd))) return [fieldOf(text, name, open + 1, close)];
  const own = nameEnd > start ? [fieldOf(text, name, start, nameEnd)] : [];
  const inner = text.slice(open + 1, close);
  if (depth >= deepest || !isPairs(inner)) return [fieldOf(text, name, start, end)];
  return [...own, ...(listedPairs(text, open + 1, close, depth + 1) ?? [])];
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
