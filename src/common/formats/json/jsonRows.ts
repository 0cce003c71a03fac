import type { Field } from '../../model/fieldRole';
import { jsonStrings, withInside } from '../inside';
import type { Enclosure } from './enclosure';
import { readJson } from './json';
import { skipBlanks, skipValue } from './jsonSkip';
import { jsonFieldsOf } from './jsonTokens';
import { pairListAt } from './pairList';

/** How an array is a record: its cells have the names of these columns, or it is a list of pairs. */
export type RowLayout = readonly string[] | 'pairs';

/**
 * How an array within an array is a record: a row beside `columns` (`{"columns": [{"name": …}], "rows": [[…]]}`, Azure
 * Monitor, SQL of Elasticsearch), or pairs of a field and its value (CloudWatch's `get-query-results`); `null` for any other.
 */
export function rowLayoutOf(text: string, { parent, start, items, columns }: Enclosure): RowLayout | null {
  if (!parent?.isArray || items === 0) return null;
  if (/^(?:rows|values)$/.test(parent.key) && parent.parent) {
    parent.columns ??= columnsIn(text, parent.parent);
    if (parent.columns.length > 0) return parent.columns;
  }
  return items > 1 && columns === null && pairListAt(text, start) ? 'pairs' : null;
}

function columnsIn(text: string, { members }: Enclosure): string[] {
  const member = members?.find(({ key }) => key === 'columns');
  if (!member || text.charAt(member.start) !== '[') return [];
  return elementsOf(text, member.start).map(at => {
    const fields = jsonFieldsOf(text, at, 'name');
    return (fields.find(({ name }) => name === 'name' || name === 'name.name') ?? fields[0])?.value ?? '';
  });
}

/** The fields of an array that is a record. */
export function readJsonRow(text: string, layout: RowLayout): Field[] {
  const cells =
    layout === 'pairs'
      ? (pairListAt(text, 0)?.pairs ?? []).map(({ key, valueAt }) => ({ key, at: valueAt }))
      : elementsOf(text, 0).map((at, index) => ({ key: layout[index] || `column${index + 1}`, at }));
  const fields = cells.flatMap(({ key, at }) => (at < 0 ? [] : jsonFieldsOf(text, at, key)));
  const full = fields.filter(({ value }) => value !== '');
  return withInside(text, full, jsonStrings, 0, readJson);
}

/** Where the elements of the array at `from` begin. */
function elementsOf(text: string, from: number): number[] {
  const elements: number[] = [];
  for (let at = skipBlanks(text, from + 1); at < text.length && text.charAt(at) !== ']'; ) {
    elements.push(at);
    const end = skipValue(text, at);
    if (end < 0) break;
    at = skipBlanks(text, end);
    if (text.charAt(at) !== ',') break;
    at = skipBlanks(text, at + 1);
  }
  return elements;
}
