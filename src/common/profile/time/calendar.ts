import { isLetter } from './characters';

/** Calendar arithmetic in UTC, proleptic Gregorian, without `Date`. */

/** Days from 1970-01-01. Howard Hinnant's `days_from_civil`, http://howardhinnant.github.io/date_algorithms.html. */
export function daysFromCivil(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

export function isDate(year: number, month: number, day: number): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

type Names = ReadonlyMap<number, { name: string; number: number }>;

/** Names by the code of their first three letters, with their number from 1. */
const tableOf = (names: string): Names =>
  new Map(names.split(' ').map((name, index) => [headAt(name, 0), { name, number: index + 1 }]));
const months = tableOf('january february march april may june july august september october november december');
const weekdays = tableOf('sunday monday tuesday wednesday thursday friday saturday');

/** A name of the calendar at the beginning of a text: its number and its length; `null` where there is none. */
type NameAt = (text: string, at: number) => { number: number; length: number } | null;

/** English month, 1 … 12, by its name or the first three letters. */
export const monthAt: NameAt = (text, at) => nameAt(months, text, at);

/** English day of the week, 1 … 7 from Sunday, by its name or the first three letters. */
export const weekdayAt: NameAt = (text, at) => nameAt(weekdays, text, at);

function nameAt(names: Names, text: string, at: number): ReturnType<NameAt> {
  const found = names.get(headAt(text, at));
  if (!found) return null;
  const length = isLetter(text.charCodeAt(at + 3)) ? found.name.length : 3;
  if (length > 3 && text.slice(at, at + length).toLowerCase() !== found.name) return null;
  return isLetter(text.charCodeAt(at + length)) ? null : { number: found.number, length };
}

/** Three letters as one number, whatever their case; 0 where there are no three. It runs wherever a word begins. */
function headAt(text: string, at: number): number {
  const [a, b, c] = [text.charCodeAt(at), text.charCodeAt(at + 1), text.charCodeAt(at + 2)];
  if (!isLetter(a) || !isLetter(b) || !isLetter(c)) return 0;
  return ((a | 0x20) << 16) | ((b | 0x20) << 8) | (c | 0x20);
}
