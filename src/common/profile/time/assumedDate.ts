import { daysFromCivil, isDate } from './calendar';
import type { StampContext } from './stamp';

const dayMs = 86_400_000;
/** Nothing in a file is later than its last change, but for what a clock or a file system rounds. */
const slackMs = 5000;
/** How far a stamp may lie behind the newest that names its year. */
const halfYearMs = 183 * dayMs;
/** The longest time between two 29ths of February. */
const mostYears = 8;

/** Epoch milliseconds of the last change, as a clock in the source's zone showed them. */
const localChange = ({ modified, zoneOffset }: StampContext): number | null =>
  modified === undefined ? null : modified + (zoneOffset?.(modified) ?? 0) * 60_000;

/** The latest that a stamp without a year can be of: half a year behind the source's stamps with one, its last change. */
function latestChange(context: StampContext): number | null {
  const change = localChange(context);
  const { dated } = context;
  return dated === undefined ? change : Math.min(change ?? Number.POSITIVE_INFINITY, dated + halfYearMs);
}

/**
 * The year of a stamp that names none: that nearest to the stamps of its source that name one, else that of the file's
 * last change, or an earlier one where the stamp would lie more than a day after that change or is no date in it
 * (29 February). Where none of this is known: 1970.
 */
export function assumedYear(month: number, day: number, context: StampContext): number {
  const change = latestChange(context);
  if (change === null) return month === 2 && day === 29 ? 1972 : 1970;
  const latest = new Date(change).getUTCFullYear();
  for (let year = latest; year >= latest - mostYears; year--) {
    if (isDate(year, month, day) && daysFromCivil(year, month, day) * dayMs <= change + dayMs) return year;
  }
  return latest;
}

/**
 * The day (from 1970-01-01) of a time of day without a date: that of the file's last change, or the day before where the
 * time would lie after it. `null` where it is not known when the file was changed.
 */
export function assumedDay(seconds: number, context: StampContext): number | null {
  const change = localChange(context);
  if (change === null) return null;
  const day = Math.floor(change / dayMs);
  return day * dayMs + seconds * 1000 > change + slackMs ? day - 1 : day;
}
