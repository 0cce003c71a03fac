import { looksLikeId } from '../../profile/ids';
import { phaseOfValue } from '../../profile/phase';
import { severityOfWord } from '../../profile/severity';
import { headStampEnd } from '../../profile/time/looseStamp';
import { stampAt } from '../../profile/time/timestamp';
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
  const steps = stepColumns(rows);
  if (steps) {
    name(steps.step, 'stepId');
    name(steps.previous, 'previousStepId');
    name(
      firstOf(value => phaseOfValue(value) !== null),
      'event',
    );
    name(
      names.findIndex((known, index) => known === madeUpName(index) && isGroup(rows, index)),
      'correlationId',
    );
    name(typeColumn(rows, steps.step, names), 'stepType');
  }
  const lengths = names.map((_, index) => rows.reduce((sum, cells) => sum + wordsIn(cells[index] ?? ''), 0));
  const longest = Math.max(...lengths.filter((_, index) => names[index] === madeUpName(index)), 0);
  if (longest > rows.length)
    name(
      lengths.findIndex((length, index) => length === longest && names[index] === madeUpName(index)),
      'message',
    );
  return names;
}

const ownId = /^(?=\D*\d)(?=.*[A-Za-z])[\w.:-]{3,80}$/;
const nothing = /^(?:-|null|none|nil)?$/i;

/**
 * The columns, from 0, of steps' IDs and of what these name as the step before: each value of the latter is another
 * row's of the former, or nothing. `null` where no column points to another.
 */
export function stepColumns(rows: readonly string[][]): { step: number; previous: number } | null {
  const columns = (rows[0] ?? []).map((_, index) => rows.map(cells => (cells[index] ?? '').trim()));
  for (const [step, ids] of columns.entries()) {
    if (!ids.every(id => ownId.test(id)) || isWholeStamp(ids[0] ?? '')) continue;
    const known = new Set(ids);
    if (known.size < 2) continue;
    const pointsToIt = (column: string[], index: number) =>
      index !== step &&
      column.some(value => !nothing.test(value)) &&
      column.every((value, row) => nothing.test(value) || (known.has(value) && value !== ids[row]));
    const previous = columns.findIndex(pointsToIt);
    if (previous >= 0) return { step, previous };
  }
  return null;
}

const isGroup = (rows: readonly string[][], index: number): boolean => {
  const values = rows.map(cells => cells[index] ?? '');
  return values.every(looksLikeId) && new Set(values).size < values.length;
};

/** Of the columns without a name that say the same in all rows of a step, the one that says most different things; else -1. */
function typeColumn(rows: readonly string[][], step: number, names: readonly string[]): number {
  const kinds = names.map((name, index) => {
    const types = new Map(rows.map(cells => [cells[step], cells[index] ?? '']));
    const isOfStep = name === madeUpName(index) && rows.every(cells => types.get(cells[step]) === cells[index]);
    const different = new Set(types.values());
    return isOfStep && ![...different].some(isTyped) ? different.size : 0;
  });
  const most = Math.max(...kinds);
  return most > 1 ? kinds.indexOf(most) : -1;
}

/** Blanks between words. */
const wordsIn = (value: string): number => (isTyped(value) ? 0 : value.split(' ').length - 1);
