import { epochNanos } from '../../model/units';
import { assumedDay, assumedYear } from './assumedDate';
import { daysFromCivil, isDate } from './calendar';
import { blank, colon, comma, digitsAt, dot, isCapital, letterT, minus, numberAt, tab, underscore } from './characters';
import { clock, readClock } from './clock';
import { civilDate, type NumberForm } from './dateOrder';
import type { Stamp, StampContext } from './stamp';
import { instantOf } from './zone';
import { readZone, zone } from './zoneText';

/** What a text says of a date, and where it does. */
export interface DateText {
  start: number;
  end: number;
  /** `null`: it may stand behind the time, or nowhere. */
  year: number | null;
  month: number;
  day: number;
  /** A day of the week stands before it: `date` writes the zone before the year then. */
  hasWeekday: boolean;
}

/** All of one shape: this runs for every record. */
export const dateText = (
  start: number,
  end: number,
  year: number | null,
  month: number,
  day: number,
  hasWeekday = false,
): DateText => ({ start, end, year, month, day, hasWeekday });

/** Reads time and zone behind a date and puts the stamp together; `null` where no time follows. */
export function stampWith(text: string, date: DateText, context: StampContext): Stamp | null {
  const from = timeStart(text, date.end);
  if (from < 0 || !readClock(text, from)) return null;
  let { year } = date;
  let { end } = clock;
  if (year === null) {
    const yearEnd = trailingYear(text, end, date.hasWeekday);
    if (yearEnd > 0) {
      year = numberAt(text, yearEnd - 4, 4);
      readZone(text, end);
      if (zone.known) zone.end = yearEnd;
      else readZone(text, yearEnd);
      end = zone.end;
    }
  }
  const assumed = year === null ? 'year' : null;
  year ??= assumedYear(date.month, date.day, context);
  if (!isDate(year, date.month, date.day)) return null;
  if (end === clock.end) readZone(text, end);
  return zonedStamp(date.start, Math.max(end, zone.end), daysFromCivil(year, date.month, date.day), assumed, context);
}

/** A date of three numbers, whose order the clock behind it may tell. */
export function stampOfNumbers(
  text: string,
  start: number,
  end: number,
  numbers: readonly [number, number, number],
  form: NumberForm,
  context: StampContext,
  order = context.dateOrder,
): Stamp | null {
  const from = timeStart(text, end);
  if (from < 0 || !readClock(text, from) || (form.shortYear && !clock.hasSeconds)) return null;
  const date = civilDate(numbers, form, clock.hasHalf, order);
  return date && stampWith(text, dateText(start, end, date.year, date.month, date.day), context);
}

/** A time of day without a date (`10:15:00.123`); `null` where nothing tells the day. */
export function stampOfClock(text: string, start: number, context: StampContext): Stamp | null {
  if (!readClock(text, start)) return null;
  readZone(text, clock.end);
  const day = assumedDay(clock.seconds, context);
  return day === null ? null : zonedStamp(start, zone.end, day, 'date', context);
}

/** Of what {@link clock} and {@link zone} hold. */
function zonedStamp(
  start: number,
  end: number,
  day: number,
  assumed: Stamp['assumed'],
  { zoneOffset }: StampContext,
): Stamp {
  const local = day * 86_400 + clock.seconds;
  const place = zone.known ? zone.place : zoneOffset;
  const seconds = place ? Math.round(instantOf(local * 1000, place) / 1000) : local - zone.minutes * 60;
  return {
    at: epochNanos(BigInt(seconds) * 1_000_000_000n + BigInt(clock.nanos)),
    digits: clock.digits,
    zoneKnown: zone.known,
    offset: zone.known ? Math.round((local - seconds) / 60) : null,
    assumed,
    start,
    end,
  };
}

/**
 * Where the time behind a date begins; -1 where none can. Between them: `T`, `_`, the colon of access logs (Erlang writes
 * two), the dash of some mainframes, a tab, blanks,
 * a comma and a blank, or a dot before six digits.
 */
function timeStart(text: string, dateEnd: number): number {
  const code = text.charCodeAt(dateEnd);
  const next = text.charCodeAt(dateEnd + 1);
  if (code === blank) return next !== blank ? dateEnd + 1 : text.charCodeAt(dateEnd + 2) === blank ? -1 : dateEnd + 2;
  if (code === comma) return next === blank ? dateEnd + 2 : -1;
  if (code === colon) return next === colon ? dateEnd + 2 : dateEnd + 1;
  if (code === dot) return digitsAt(text, dateEnd + 1, 7) === 6 ? dateEnd + 1 : -1;
  return code === letterT || code === 0x74 || code === underscore || code === minus || code === tab ? dateEnd + 1 : -1;
}

/** End of the year behind a time: ` 2026`, or ` CET 2026` and ` +0100 2026` behind a day of the week; 0 where there is none. */
function trailingYear(text: string, from: number, mayHaveZone: boolean): number {
  if (text.charCodeAt(from) !== blank) return 0;
  if (isYearAt(text, from + 1)) return from + 5;
  if (!mayHaveZone) return 0;
  let at = from + 1;
  if (isCapital(text.charCodeAt(at))) while (at - from <= 5 && isCapital(text.charCodeAt(at))) at++;
  else if (digitsAt(text, at + 1, 5) === 4) at += 5;
  return at > from + 1 && text.charCodeAt(at) === blank && isYearAt(text, at + 1) ? at + 5 : 0;
}

function isYearAt(text: string, at: number): boolean {
  if (digitsAt(text, at, 5) !== 4) return false;
  const year = numberAt(text, at, 4);
  return year >= 1970 && year < 2200;
}
