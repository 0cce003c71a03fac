import { isWeakId, joinKey, spellingsOf } from '../../common/profile/ids';
import { EngineError } from '../../common/protocol/logEngine';
import { idsInText } from '../../common/query/idInput';
import { parseQuery, type Query, type QueryField, queriedId } from '../../common/query/query';
import type { PivotRole } from './membership';
import type { SearchTarget } from './scanJobs';

/** What a user asks for: IDs to try one after the other, or a query over all traces. */
export type LookupInput =
  | { kind: 'ids'; ids: string[]; role: PivotRole | null }
  | { kind: 'query'; query: Query; text: string };

/** A pasted text may hold many IDs; more are not worth reading everything again for each. */
const mostIds = 4;

const roleOfField: Partial<Record<QueryField, PivotRole>> = {
  user: 'userId',
  session: 'sessionId',
  entity: 'entityId',
  organization: 'organizationId',
};

/** @throws EngineError where there is nothing to look for */
export function readInput(input: string): LookupInput {
  const text = input.trim();
  if (text === '') throw new EngineError('Nothing to look up: give an ID, a log line that holds one, or a query.');
  const query = queryOf(text);
  const asked = query && askedId(query);
  if (asked) return asked;
  if (query && isQuestion(query)) return { kind: 'query', query, text };
  const ids = idsInText(text).candidates.map(candidate => candidate.text);
  if (ids.length === 0) throw new EngineError(`There is no ID in “${shorten(text)}”. Give the ID itself.`);
  return { kind: 'ids', ids: ids.slice(0, mostIds), role: null };
}

function queryOf(text: string): Query | null {
  try {
    return parseQuery(text);
  } catch {
    // A pasted log line is no query, and need not be one.
    return null;
  }
}

function askedId(query: Query): LookupInput | null {
  const role = query.kind === 'compare' && query.comparison === '=' ? roleOfField[query.field] : undefined;
  if (query.kind === 'compare' && role) return { kind: 'ids', ids: [String(query.value)], role };
  const terms = query.kind === 'and' ? query.terms : [query];
  // Of a pasted `service=api correlationId=x level=info` the ID alone says it all.
  const id = terms.find(term => term.kind === 'compare' && queriedId(term) !== null);
  return id?.kind === 'compare' ? { kind: 'ids', ids: [String(id.value)], role: null } : null;
}

/** Whether a query asks for traces by what they are: a text alone may be anything that was pasted. */
function isQuestion(query: Query): boolean {
  switch (query.kind) {
    case 'and':
    case 'or':
      return query.terms.every(isQuestion);
    case 'not':
      return isQuestion(query.term);
    default:
      return query.kind !== 'text';
  }
}

export const targetOf = (id: string): SearchTarget => ({
  id,
  keys: [...new Set(spellingsOf(id).map(joinKey))],
  weak: isWeakId(id),
});

export const shorten = (text: string, most = 80): string => (text.length > most ? `${text.slice(0, most - 1)}…` : text);
