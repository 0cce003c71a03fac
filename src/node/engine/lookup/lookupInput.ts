import { isWeakId, joinKey, spellingsOf } from '../../../common/profile/ids';
import { EngineError } from '../../../common/protocol/logEngine';
import { idsInText } from '../../../common/query/idInput';
import { parseQuery, type Query, type QueryField, queriedId } from '../../../common/query/query';
import { parseFilter, queryProblem } from '../parseFilter';
import type { PivotRole, SearchTarget } from '../search/membership';
import { isTypedQuery } from './typedQuery';

/** What a user asks for: IDs to try one after the other, or a query over all traces. */
export type LookupInput =
  | {
      kind: 'ids';
      ids: string[];
      role: PivotRole | null;
      /** What is asked of the trace beside its ID. */
      rest: Query | null;
      /** Whether the text may also be words to filter by. */
      words: boolean;
    }
  | { kind: 'query'; text: string };

/** A pasted text may hold many IDs; more are not worth reading everything again for each. */
const mostIds = 4;

const roleOfField: Partial<Record<QueryField, PivotRole>> = {
  user: 'userId',
  session: 'sessionId',
  entity: 'entityId',
  organization: 'organizationId',
};

/** @throws EngineError where there is nothing to look for, or a query is wrong */
export function readInput(input: string): LookupInput {
  const text = input.trim();
  if (text === '') throw new EngineError('Nothing to look up: give an ID, a log line that holds one, or a query.');
  const typed = isTypedQuery(text);
  const query = typed ? parseFilter(text, 'query') : queryOf(text);
  const asked = query && askedId(query, typed);
  if (asked) return asked;
  if (query && (typed || isQuestion(query))) return { kind: 'query', text };
  const ids = idsInText(text).candidates.map(candidate => candidate.text);
  if (ids.length > 0)
    return { kind: 'ids', ids: ids.slice(0, mostIds), role: null, rest: null, words: query !== null && isWords(text) };
  if (query) return { kind: 'query', text };
  const problem = queryProblem(shorten(text), 'query', parsedOrError(text)).message;
  throw new EngineError(`There is no ID in “${shorten(text)}”. ${problem}`);
}

/** A few words may be meant as a filter; a sentence or a log line is not, and all would be read for nothing. */
const isWords = (text: string): boolean => text.length <= 60 && (/\s/.test(text) || !/\d/.test(text));

function parsedOrError(text: string): Query | Error {
  try {
    return parseQuery(text);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** A pasted log line is no query, and need not be one. */
const queryOf = (text: string): Query | null => {
  const parsed = parsedOrError(text);
  return parsed instanceof Error ? null : parsed;
};

function askedId(query: Query, typed: boolean): LookupInput | null {
  const ids = (value: string | number, role: PivotRole | null, rest: Query | null): LookupInput => ({
    kind: 'ids',
    ids: [String(value)],
    role,
    rest,
    words: false,
  });
  const role = query.kind === 'compare' && query.comparison === '=' ? roleOfField[query.field] : undefined;
  if (query.kind === 'compare' && role) return ids(query.value, role, null);
  const terms = query.kind === 'and' ? query.terms : [query];
  const id = terms.find(term => term.kind === 'compare' && queriedId(term) !== null);
  if (id?.kind !== 'compare') return null;
  // Of a pasted `service=api correlationId=x level=info` the ID alone says it all.
  const others = typed ? terms.filter(term => term !== id) : [];
  return ids(id.value, null, others.length > 0 ? { kind: 'and', terms: others } : null);
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
