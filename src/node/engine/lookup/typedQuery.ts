import { queryFieldNamed } from '../../../common/query/queryFields';

const longest = 500;
const operator = '(?:[=!]=|!~|[<>]=|[=<>~])';
const term = `(?:not\\s+)?\\(*[\\w.-]+\\s*${operator}\\s*(?:"[^"]*"|'[^']*'|[^\\s()]+)\\)*`;
const terms = new RegExp(`^${term}(?:\\s+(?:and|or)\\s+${term})+$`, 'i');
const begin = new RegExp(`^(?:not\\s+|\\()*([\\w.-]+)\\s*${operator}`, 'i');
const spaced = new RegExp(`\\s${operator}(?=\\s|$)`);

/**
 * Whether somebody wrote this text as a query: it must then be understood as one, and what is wrong with it be told. A
 * pasted log line (`status=200 took=3ms correlationId=x`) need not be one, and the ID in it says it all.
 */
export function isTypedQuery(text: string): boolean {
  if (text.length > longest || text.includes('\n')) return false;
  if (terms.test(text) || /^[^=]*\s(?:and|or|not)$/i.test(text)) return true;
  const [, name = ''] = begin.exec(text) ?? [];
  if (queryFieldNamed(name) === null) return false;
  return spaced.test(text) || /\s(?:and|or|not)(?:\s|$)/i.test(text) || !/\s/.test(text);
}
