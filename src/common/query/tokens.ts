import { QueryError } from './queryError';

export interface Token {
  /** `word`: a bare word; `text`: a quoted one, which is never a keyword. */
  kind: 'word' | 'text' | 'operator' | 'open' | 'close' | 'end';
  value: string;
  /** UTF-16 units from 0. */
  position: number;
}

const blank = /\s+/y;
const operator = /!=|>=|<=|==|=|>|<|!~|~/y;
/** Behind an operator: an ID may hold any sign but at its beginning (`YWJjZA==`, `it's-1`). */
const value = /[^\s()"'=<>!~][^\s()]*/y;
const word = /[^\s()"'=<>!~]+(?:[!](?![=~])[^\s()"'=<>!~]*)*/y;

/** @throws QueryError where a quote is not closed. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const take = (pattern: RegExp): string | null => {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0] ?? null;
  };
  while (at < text.length) {
    const gap = take(blank);
    if (gap !== null) {
      at += gap.length;
      continue;
    }
    const position = at;
    const character = text.charAt(at);
    const add = (kind: Token['kind'], value: string, length = value.length) => {
      tokens.push({ kind, value, position });
      at += length;
    };
    if (character === '(') add('open', '(');
    else if (character === ')') add('close', ')');
    else if (character === '"' || character === "'") {
      const end = text.indexOf(character, at + 1);
      if (end < 0) throw new QueryError(`The quote ${character} is not closed`, position);
      add('text', text.slice(at + 1, end), end + 1 - at);
    } else {
      const sign = take(operator);
      if (sign !== null) add('operator', sign);
      else add('word', take(tokens.at(-1)?.kind === 'operator' ? value : word) ?? character);
    }
  }
  tokens.push({ kind: 'end', value: '', position: text.length });
  return tokens;
}
