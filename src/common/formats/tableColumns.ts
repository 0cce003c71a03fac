import { looksLikeId } from '../profile/ids';
import { severityOfWord } from '../profile/severity';
import { headStampEnd } from '../profile/time/looseStamp';
import { stampAt } from '../profile/time/timestamp';
import { madeUpName } from './table';

const number = /^[-+]?(?:\d[\d,_]*)?\.?\d+(?:e[-+]?\d+)?\s?%?$/i;
const day = /^\d{4}[-/]\d\d[-/]\d\d$|^\d\d[-/.]\d\d[-/.]\d{4}$/;
const address = /^(?:\d{1,3}\.){3}\d{1,3}(?::\d+)?$/;
const hex = /^(?:0x)?(?=[a-f]*\d)[0-9a-f]{8,}$/i;

/** Whether a cell is of a type that no title has: a stamp, number, address or ID. */
export const isTyped = (value: string): boolean =>
  number.test(value) ||
  isWholeStamp(value) ||
  headStampEnd(value, 0) === value.length ||
  day.test(value) ||
  address.test(value) ||
  hex.test(value) ||
  looksLikeId(value);

/** Whether a cell is a date with a time, and nothing else. */
export const isWholeStamp = (value: string): boolean => {
  const stamp = stampAt(value, 0);
  return stamp !== null && value.slice(stamp.end).trim().length <= 5;
};

/**
 * Names for columns without titles. What the values tell goes by the names that formats use: the first column of stamps,
 * the first of severities, and of those with words the longest, which is the message.
 */
export function columnNames(rows: readonly string[][]): string[] {
  const names = (rows[0] ?? []).map((_, index) => madeUpName(index));
  const firstOf = (fits: (value: string) => boolean) =>
    names.findIndex((_, index) => rows.every(cells => fits(cells[index] ?? '')));
  const name = (index: number, as: string) => {
    if (index >= 0) names[index] = as;
  };
  name(firstOf(isWholeStamp), 'timestamp');
  name(
    firstOf(value => value.length > 2 && severityOfWord(value) !== null),
    'severity',
  );
  const lengths = names.map((_, index) => rows.reduce((sum, cells) => sum + wordsIn(cells[index] ?? ''), 0));
  const longest = Math.max(...lengths.filter((_, index) => names[index] === madeUpName(index)), 0);
  if (longest > rows.length)
    name(
      lengths.findIndex((length, index) => length === longest && names[index] === madeUpName(index)),
      'message',
    );
  return names;
}

/** Blanks between words. */
const wordsIn = (value: string): number => (isTyped(value) ? 0 : value.split(' ').length - 1);
