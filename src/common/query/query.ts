import { isId } from '../profile/ids';
import type { TraceSummaryDocument } from '../protocol/documents';
import { QueryError } from './queryError';
import {
  compareValues,
  fieldNames,
  isOrdered,
  type QueryField,
  queryFieldNamed,
  queryFields,
  valueFor,
} from './queryFields';
import { type Token, tokensOf } from './tokens';

export { QueryError, type QueryField };

/** `~` and `!~`: holds the text, or does not, whatever the case. */
export type Comparison = '=' | '!=' | '>' | '>=' | '<' | '<=' | '~' | '!~';

export type Query =
  | { kind: 'all' }
  | { kind: 'and' | 'or'; terms: Query[] }
  | { kind: 'not'; term: Query }
  /** `value`: text; milliseconds for `duration`; epoch milliseconds for `start` and `end`; else a count. */
  | { kind: 'compare'; field: QueryField; comparison: Comparison; value: string | number }
  /** The word `error`: the trace has errors or failed. */
  | { kind: 'error' }
  | { kind: 'text'; text: string };

/** Deepest nesting of parentheses and `not`. */
const depthCap = 100;

/**
 * Parses the query grammar that is the same everywhere: `correlationId = x`, `user = u1 and service = Worker2`,
 * `status = failed`, `duration > 1s`, `error`, free text; `and` (also implied between two terms), `or`, `not`,
 * parentheses, quotes around text that holds blanks or keywords. An empty text asks for everything.
 *
 * @throws QueryError with what is wrong and where.
 */
export function parseQuery(text: string): Query {
  const parser: Parser = { tokens: tokensOf(text), at: 0, depth: 0 };
  if (peek(parser).kind === 'end') return { kind: 'all' };
  const query = parseOr(parser);
  const rest = peek(parser);
  if (rest.kind === 'close') throw new QueryError('There is no ( for this )', rest.position);
  if (rest.kind !== 'end') throw new QueryError(`"${rest.value}" was not expected here`, rest.position);
  return query;
}

interface Parser {
  readonly tokens: readonly Token[];
  at: number;
  depth: number;
}

const endToken: Token = { kind: 'end', value: '', position: 0 };
const peek = ({ tokens, at }: Parser, ahead = 0): Token => tokens[at + ahead] ?? tokens.at(-1) ?? endToken;
const isKeyword = (token: Token, keyword: string): boolean =>
  token.kind === 'word' && token.value.toLowerCase() === keyword;

function parseOr(parser: Parser): Query {
  const terms = [parseAnd(parser)];
  while (isKeyword(peek(parser), 'or')) {
    parser.at++;
    terms.push(parseAnd(parser));
  }
  return joined('or', terms);
}

function parseAnd(parser: Parser): Query {
  const terms = [parseTerm(parser)];
  for (;;) {
    const token = peek(parser);
    if (isKeyword(token, 'and')) parser.at++;
    else if (token.kind === 'end' || token.kind === 'close' || isKeyword(token, 'or')) return joined('and', terms);
    terms.push(parseTerm(parser));
  }
}

/** Words of free text that stand side by side are all asked for. */
const joined = (kind: 'and' | 'or', terms: Query[]): Query =>
  terms.length === 1 && terms[0] ? terms[0] : { kind, terms };

function parseTerm(parser: Parser): Query {
  const token = peek(parser);
  if (isKeyword(token, 'not') && !isComparison(peek(parser, 1))) {
    parser.at++;
    return nested(parser, token, () => ({ kind: 'not', term: parseTerm(parser) }));
  }
  if (isKeyword(token, 'and') || isKeyword(token, 'or')) {
    throw new QueryError(`"${token.value}" was not expected here: put it in quotes to search for it`, token.position);
  }
  if (token.kind === 'open') {
    parser.at++;
    return nested(parser, token, () => {
      const query = parseOr(parser);
      if (peek(parser).kind !== 'close') throw new QueryError('This ( is not closed', token.position);
      parser.at++;
      return query;
    });
  }
  if (token.kind === 'word' || token.kind === 'text') {
    parser.at++;
    return isComparison(peek(parser)) ? parseComparison(parser, token) : textTerm(token);
  }
  if (token.kind === 'end') throw new QueryError('Something is missing at the end', token.position);
  throw new QueryError(`"${token.value}" was not expected here`, token.position);
}

function nested(parser: Parser, token: Token, parse: () => Query): Query {
  if (++parser.depth > depthCap) throw new QueryError('The query is nested too deeply', token.position);
  const query = parse();
  parser.depth--;
  return query;
}

const isComparison = (token: Token): boolean => token.kind === 'operator';

function textTerm({ kind, value }: Token): Query {
  return kind === 'word' && /^errors?$/i.test(value) ? { kind: 'error' } : { kind: 'text', text: value };
}

function parseComparison(parser: Parser, name: Token): Query {
  const operator = peek(parser);
  parser.at++;
  const field = queryFieldNamed(name.value);
  if (!field) throw new QueryError(`"${name.value}" is no field: ${fieldNames.join(', ')}`, name.position);
  const comparison = (operator.value === '==' ? '=' : operator.value) as Comparison;
  const ordering = /[<>]/.test(comparison);
  if (ordering !== isOrdered(field) && (ordering || comparison.includes('~'))) {
    throw new QueryError(`${field} cannot be compared with ${comparison}`, operator.position);
  }
  const token = peek(parser);
  if (token.kind !== 'word' && token.kind !== 'text') {
    throw new QueryError(`A value is missing after ${operator.value}`, token.position);
  }
  parser.at++;
  const found = comparison.includes('~') ? { value: token.value } : valueFor(field, token.value);
  if ('problem' in found) throw new QueryError(found.problem, token.position);
  return { kind: 'compare', field, comparison, value: found.value };
}

/**
 * The ID that a query asks for and nothing else (`correlationId = x`, or a bare word that can be an ID): such a query is
 * a look-up. `null` for every other query.
 */
export function queriedId(query: Query): string | null {
  if (query.kind === 'compare') {
    return query.field === 'correlationId' && query.comparison === '=' ? String(query.value) : null;
  }
  return query.kind === 'text' && isId(query.text) ? query.text : null;
}

/**
 * Whether a trace is what a query asks for. What a trace does not say fits no comparison but `!=` and `!~`.
 * @param holds whether it holds a free text
 */
export function matches(
  query: Query,
  trace: TraceSummaryDocument,
  holds: (text: string) => boolean = text => holdsText(trace, text.toLowerCase()),
): boolean {
  switch (query.kind) {
    case 'all':
      return true;
    case 'and':
      return query.terms.every(term => matches(term, trace, holds));
    case 'or':
      return query.terms.some(term => matches(term, trace, holds));
    case 'not':
      return !matches(query.term, trace, holds);
    case 'error':
      return trace.errors > 0 || trace.status === 'failed';
    case 'text':
      return holds(query.text);
    case 'compare':
      return fits(query.field, query.comparison, query.value, queryFields[query.field].of(trace));
  }
}

function fits(
  field: QueryField,
  comparison: Comparison,
  wanted: string | number,
  values: (string | number | null)[],
): boolean {
  const known = values.filter(value => value !== null);
  const some = (test: (order: number) => boolean) => known.some(value => test(compareValues(field, value, wanted)));
  const holds = () => known.some(value => String(value).toLowerCase().includes(String(wanted).toLowerCase()));
  switch (comparison) {
    case '=':
      return some(order => order === 0);
    case '!=':
      return !some(order => order === 0);
    case '>':
      return some(order => order > 0);
    case '>=':
      return some(order => order >= 0);
    case '<':
      return some(order => order < 0);
    case '<=':
      return some(order => order <= 0);
    case '~':
      return holds();
    case '!~':
      return !holds();
  }
}

function holdsText(trace: TraceSummaryDocument, text: string): boolean {
  const { correlationId, services, status, userId, sessionId, entityId, organizationId } = trace;
  return [correlationId, ...services, status, userId, sessionId, entityId, organizationId].some(
    value => value?.toLowerCase().includes(text) ?? false,
  );
}
