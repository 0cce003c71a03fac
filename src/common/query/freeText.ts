import type { Query } from './query';

/** A longer text is pasted, not typed: nobody wants something similar to it. */
const longestFuzzy = 64;

/** The words of a query that is nothing but free text, to look for something similar; `null` for all others. */
export function freeTextOf(query: Query | null): string | null {
  const text = textsOf(query)?.join(' ') ?? '';
  return text === '' || text.length > longestFuzzy ? null : text;
}

function textsOf(query: Query | null): string[] | null {
  if (query?.kind === 'text') return [query.text];
  if (query?.kind !== 'and') return null;
  const texts = query.terms.map(textsOf);
  return texts.every(text => text !== null) ? texts.flat() : null;
}
