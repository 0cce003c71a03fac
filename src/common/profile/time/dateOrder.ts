import type { DateOrder } from '../../model/sourceProfile';
import { daysFromCivil, isDate } from './calendar';

export interface CivilDate {
  year: number;
  month: number;
  day: number;
}

/** How three numbers of a date are written: with a year of two digits, with dots between them. */
export interface NumberForm {
  shortYear: boolean;
  dots: boolean;
}

/** `260302`: year first. */
export const compactForm: NumberForm = { shortYear: true, dots: false };

/**
 * The date that three numbers name: by the source's order; else by what the punctuation makes likeliest: day first, as
 * most of the world writes it, month first beside AM or PM, year first where it has two digits (Hadoop, Spark) and no dots
 * follow it; else whichever is a date. `null` where none is.
 */
export function civilDate(
  numbers: readonly [number, number, number],
  { shortYear, dots }: NumberForm,
  hasHalf: boolean,
  order: DateOrder | undefined,
): CivilDate | null {
  const likeliest: DateOrder = hasHalf ? 'mdy' : shortYear && !dots ? 'ymd' : 'dmy';
  return (
    dateIn(numbers, order ?? likeliest, shortYear) ??
    dateIn(numbers, likeliest, shortYear) ??
    dateIn(numbers, 'dmy', shortYear) ??
    dateIn(numbers, 'mdy', shortYear)
  );
}

function dateIn([a, b, c]: readonly [number, number, number], order: DateOrder, shortYear: boolean): CivilDate | null {
  if (order === 'ymd' && !shortYear) return null;
  const year = yearOf(order === 'ymd' ? a : c, shortYear);
  const month = order === 'mdy' ? a : b;
  const day = order === 'ymd' ? c : order === 'mdy' ? b : a;
  return isDate(year, month, day) ? { year, month, day } : null;
}

/** Two digits are of 1970 to 2069, as POSIX `strptime` nearly has it (1969). */
const yearOf = (year: number, short: boolean): number => (!short ? year : year < 70 ? 2000 + year : 1900 + year);

const numericDate = /^\W{0,3}(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d\d)(?!\d)/;
const dayMs = 86_400_000;

/**
 * The order of a source's dates, from the stamps of a sample: one in which every stamp is a date; of several that in
 * which they lie closest together, then that in which the last is nearest to, and not after, the file's last change
 * (`modified`, epoch milliseconds). `null` where no stamp needs one or nothing tells them apart.
 */
export function dateOrderOf(stamps: readonly string[], modified: number | null): DateOrder | null {
  const dates = stamps.flatMap(stamp => {
    const match = numericDate.exec(stamp);
    if (!match) return [];
    const [, a, , b, c = ''] = match;
    return [{ numbers: [Number(a), Number(b), Number(c)] as const, shortYear: c.length === 2 }];
  });
  if (dates.length === 0) return null;
  const fitting = (['dmy', 'mdy', 'ymd'] as const).flatMap(order => {
    const days = dates.map(({ numbers, shortYear }) => {
      const date = dateIn(numbers, order, shortYear);
      return date && daysFromCivil(date.year, date.month, date.day);
    });
    if (days.some(day => day === null)) return [];
    const known = days.filter(day => day !== null);
    const last = Math.max(...known);
    const age = modified === null ? 0 : modified / dayMs - last;
    return [{ order, span: last - Math.min(...known), age: age < -2 ? Number.POSITIVE_INFINITY : Math.abs(age) }];
  });
  fitting.sort((x, y) => x.span - y.span || x.age - y.age);
  const [best, second] = fitting;
  if (!best || (second && second.span === best.span && !(best.age < second.age))) return null;
  return best.order;
}
