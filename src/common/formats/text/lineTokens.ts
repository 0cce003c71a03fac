import type { Field } from '../../model/fieldRole';

/** One part of a line whose parts stand between blanks. Offsets are those of the value, without its delimiters. */
export interface LineToken {
  kind: 'bare' | 'quoted' | 'bracket' | 'brace';
  value: string;
  start: number;
  end: number;
}

const closers: Record<string, [string, LineToken['kind']]> = {
  '"': ['"', 'quoted'],
  '[': [']', 'bracket'],
  '{': ['}', 'brace'],
};
const longestToken = 16_384;
const bare = /\S+/y;

/**
 * The parts of a text's first line between blanks, as access logs write them: bare, in double quotes (`\"` within), in
 * brackets or braces. At most `cap` of them. What a delimiter opens and nothing closes is bare.
 */
export function lineTokens(text: string, cap = 48): LineToken[] {
  const newline = text.indexOf('\n');
  const lineEnd = newline < 0 ? text.length : newline;
  const tokens: LineToken[] = [];
  for (let at = skipBlanks(text, 0, lineEnd); at < lineEnd && tokens.length < cap; at = skipBlanks(text, at, lineEnd)) {
    const [closer, kind] = closers[text.charAt(at)] ?? [];
    const close = closer && kind ? closerAt(text, at + 1, Math.min(lineEnd, at + longestToken), closer) : -1;
    if (kind && close >= 0) {
      tokens.push({ kind, value: text.slice(at + 1, close), start: at + 1, end: close });
      at = close + 1;
      continue;
    }
    bare.lastIndex = at;
    const end = Math.min(lineEnd, at + (bare.exec(text)?.[0].length ?? 1));
    tokens.push({ kind: 'bare', value: text.slice(at, end), start: at, end });
    at = end;
  }
  return tokens;
}

function closerAt(text: string, from: number, to: number, closer: string): number {
  for (let at = from; at < to; at++) {
    const character = text.charAt(at);
    if (character === '\\' && closer === '"') at++;
    else if (character === closer) return at;
  }
  return -1;
}

function skipBlanks(text: string, from: number, to: number): number {
  let at = from;
  while (at < to && text.charCodeAt(at) <= 0x20) at++;
  return at;
}

/** The tokens as fields by position; a token whose name is empty, or that holds nothing (`-`), is none. */
export function namedTokens(tokens: readonly LineToken[], names: readonly string[]): Field[] {
  const fields: Field[] = [];
  for (const [index, { value, start, end }] of tokens.entries()) {
    const name = names[index];
    if (name && value !== '-' && value !== '') fields.push({ name, value, start, end });
  }
  return fields;
}

/** The groups of a match with indices (flag `d`) as fields by their number, from 1; empty ones are none. */
export function matchedFields(match: RegExpExecArray, names: readonly string[], base = 0): Field[] {
  const fields: Field[] = [];
  for (const [index, name] of names.entries()) {
    const [start, end] = match.indices?.[index + 1] ?? [];
    const value = match[index + 1];
    if (name === '' || value === undefined || start === undefined || end === undefined || value === '' || value === '-')
      continue;
    fields.push({ name, value, start: base + start, end: base + end });
  }
  return fields;
}
