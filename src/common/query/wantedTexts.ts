import type { Query } from './query';

/** What a query wants to be somewhere, as it is written: to be shown where it is. */
export interface WantedTexts {
  /** Anywhere. */
  texts: string[];
  /** In the name of a service. */
  services: string[];
}

/** What is only asked not to be there is left out. */
export function wantedTexts(query: Query): WantedTexts {
  const wanted: WantedTexts = { texts: [], services: [] };
  const open = [query];
  for (let term = open.pop(); term; term = open.pop()) {
    if (term.kind === 'and' || term.kind === 'or') open.push(...term.terms.toReversed());
    if (term.kind === 'text') wanted.texts.push(term.text);
    if (term.kind === 'compare' && term.field === 'service' && (term.comparison === '=' || term.comparison === '~'))
      wanted.services.push(String(term.value));
  }
  return wanted;
}
