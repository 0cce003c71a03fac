import { epochNanos } from '../../model/units';
import { daysFromCivil, isDate, isWeekdayAt, monthAt } from './calendar';
import { epochOf } from './epoch';
import type { Stamp } from './stamp';
import { instantOf, type ZoneOffset } from './zone';

/** What stands in for what a stamp leaves out. */
export interface StampContext {
  /** Left out: UTC. */
  zoneOffset?: ZoneOffset | undefined;
  /** Year of stamps that name none; left out: 1970. */
  year?: number | undefined;
}

/**
 * The stamp that begins at `from`, `null` where none does. Layouts: ISO 8601 / RFC 3339 with `T`, `_` or a blank, `-`, `/`
 * or `.` between the date's parts, `.`, `,` or `:` before a fraction of up to 9 digits, with or without zone; basic ISO
 * `20260302T101500Z`; day first `02-03-2026 10:15:00`; access log `02/Mar/2026:10:15:00 +0000`; syslog `Mar  2 10:15:00`
 * and asctime `Mon Mar 2 10:15:00 2026` (RFC 3164, C `asctime`); klog `I0302 10:15:00.123456`. A date needs a time.
 */
export function stampAt(text: string, from: number, context: StampContext = {}): Stamp | null {
  const code = text.charCodeAt(from);
  if (code >= 0x30 && code <= 0x39) return numericDate(text, from, context);
  return code >= 0x41 && code <= 0x77 ? namedDate(text, from, context) : null;
}

/**
 * The stamp that is a whole field value: any layout of {@link stampAt}, or a number since the epoch; `null` also where
 * it is out of all reason.
 */
export function stampOf(value: string, context: StampContext = {}): Stamp | null {
  const from = value.charCodeAt(0) === 0x20 || value.charCodeAt(0) === 0x5b ? value.search(/[^\s[]/) : 0;
  const stamp = stampAt(value, from < 0 ? 0 : from, context) ?? epochOf(value);
  return stamp !== null && isPlausible(stamp.at, context) ? stamp : null;
}

const endOfTimes = BigInt(daysFromCivil(2200, 1, 1)) * 86_400_000_000_000n;

/** Nothing was logged before 1970 or will be after 2200: such a stamp stands for none (`0001-01-01`, `9999-12-31`). */
const isPlausible = (at: bigint, { year }: StampContext): boolean =>
  at < endOfTimes && (at >= 0n || ((year ?? 1970) === 1970 && at > -86_400_000_000_000n));

/** Where the time of day that begins at `from` (`10:15:00.123`, no date) ends; -1 where none begins. */
export function clockAt(text: string, from: number): number {
  return text.charCodeAt(from + 2) === colon &&
    readClock(text, from) &&
    clock.hasSeconds &&
    !isWordCode(text.charCodeAt(clock.end))
    ? clock.end
    : -1;
}

// ---- date layouts

function numericDate(text: string, from: number, context: StampContext): Stamp | null {
  const length = digitsAt(text, from, 8);
  if (length === 4) {
    const separator = text.charCodeAt(from + 4);
    if (!isDateSeparator(separator)) return null;
    const monthLength = digitsAt(text, from + 5, 2);
    const dayStart = from + 6 + monthLength;
    if (monthLength === 0 || text.charCodeAt(dayStart - 1) !== separator) return null;
    const dayLength = digitsAt(text, dayStart, 2);
    if (dayLength === 0) return null;
    const month = numberAt(text, from + 5, monthLength);
    return finish(
      text,
      from,
      dayStart + dayLength,
      numberAt(text, from, 4),
      month,
      numberAt(text, dayStart, dayLength),
      context,
    );
  }
  if (length === 8) {
    const [year, month, day] = [numberAt(text, from, 4), numberAt(text, from + 4, 2), numberAt(text, from + 6, 2)];
    return text.charCodeAt(from + 8) === letterT ? finish(text, from, from + 8, year, month, day, context) : null;
  }
  if (length !== 2 && length !== 1) return null;
  const separator = text.charCodeAt(from + length);
  if (!isDateSeparator(separator) && separator !== blank) return null;
  const day = numberAt(text, from, length);
  const next = from + length + 1;
  const named = monthAt(text, next);
  const yearStart = named > 0 ? next + 4 : next + 3;
  if (text.charCodeAt(yearStart - 1) !== separator) return null;
  if (named > 0) return yearThen(text, from, yearStart, named, day, context);
  if (separator === blank || digitsAt(text, next, 2) !== 2) return null;
  // Day first, as most of the world writes it, unless that is no date.
  const second = numberAt(text, next, 2);
  return second > 12
    ? yearThen(text, from, yearStart, day, second, context)
    : yearThen(text, from, yearStart, second, day, context);
}

function yearThen(text: string, from: number, yearStart: number, month: number, day: number, context: StampContext) {
  if (digitsAt(text, yearStart, 5) !== 4) return null;
  return finish(text, from, yearStart + 4, numberAt(text, yearStart, 4), month, day, context);
}

/** `Mar  2 10:15:00 [2026]`, with or without a weekday before, and klog's `I0302 10:15:00.123456`. */
function namedDate(text: string, from: number, context: StampContext): Stamp | null {
  if (digitsAt(text, from + 1, 5) === 4) {
    if (!'IWEFD'.includes(text.charAt(from)) || text.charCodeAt(from + 5) !== blank) return null;
    const [month, day] = [numberAt(text, from + 1, 2), numberAt(text, from + 3, 2)];
    return finish(text, from, from + 5, null, month, day, context);
  }
  let at = from;
  if (isWeekdayAt(text, at)) {
    at += 3;
    if (text.charCodeAt(at) === comma) at++;
    if (text.charCodeAt(at++) !== blank) return null;
    if (digitsAt(text, at, 2) > 0) {
      const dated = numericDate(text, at, context);
      return dated && { ...dated, start: from };
    }
  }
  const month = monthAt(text, at);
  if (month === 0 || text.charCodeAt(at + 3) !== blank) return null;
  at += text.charCodeAt(at + 4) === blank ? 5 : 4;
  const length = digitsAt(text, at, 3);
  if (length !== 1 && length !== 2) return null;
  return finish(text, from, at + length, null, month, numberAt(text, at, length), context);
}

/** Reads time and zone behind a date and puts the stamp together. `year` null: the text may name it last. */
function finish(
  text: string,
  start: number,
  dateEnd: number,
  namedYear: number | null,
  month: number,
  day: number,
  context: StampContext,
): Stamp | null {
  if (!isTimeSeparator(text.charCodeAt(dateEnd)) || !readClock(text, dateEnd + 1)) return null;
  let year = namedYear;
  let { end } = clock;
  let yearKnown = true;
  if (year === null) {
    if (text.charCodeAt(end) === blank && digitsAt(text, end + 1, 5) === 4 && isYear(numberAt(text, end + 1, 4))) {
      year = numberAt(text, end + 1, 4);
      end += 5;
    } else {
      year = context.year ?? 1970;
      yearKnown = false;
    }
  }
  if (!isDate(year, month, day)) return null;
  readZone(text, end);
  let seconds = daysFromCivil(year, month, day) * 86_400 + clock.seconds;
  if (zone.known) seconds -= zone.minutes * 60;
  else if (context.zoneOffset) seconds = Math.round(instantOf(seconds * 1000, context.zoneOffset) / 1000);
  return {
    at: epochNanos(BigInt(seconds) * 1_000_000_000n + BigInt(clock.nanos)),
    digits: clock.digits,
    zoneKnown: zone.known && yearKnown,
    start,
    end: zone.end,
  };
}

// ---- time of day and zone. The results stand in one object each, as this runs for every record.

const clock = { end: 0, seconds: 0, nanos: 0, digits: 0, hasSeconds: false };
const zone = { end: 0, minutes: 0, known: false };

function readClock(text: string, from: number): boolean {
  const compact = digitsAt(text, from, 6) === 6;
  const step = compact ? 2 : 3;
  if (digitsAt(text, from, 2) !== 2 || digitsAt(text, from + step, 2) !== 2) return false;
  if (!compact && text.charCodeAt(from + 2) !== colon && text.charCodeAt(from + 2) !== dot) return false;
  const hours = numberAt(text, from, 2);
  const minutes = numberAt(text, from + step, 2);
  clock.end = from + step + 2;
  clock.seconds = hours * 3600 + minutes * 60;
  clock.nanos = 0;
  clock.digits = 0;
  clock.hasSeconds = compact || text.charCodeAt(clock.end) === text.charCodeAt(from + 2);
  if (hours > 23 || minutes > 59) return false;
  if (!clock.hasSeconds) return compact || text.charCodeAt(from + 2) === colon;
  const at = from + 2 * step;
  if (digitsAt(text, at, 2) !== 2) return false;
  const seconds = numberAt(text, at, 2);
  if (seconds > 60) return false;
  clock.seconds += seconds;
  clock.end = at + 2;
  readFraction(text, clock.end);
  return true;
}

function readFraction(text: string, at: number): void {
  const mark = text.charCodeAt(at);
  if (mark !== dot && mark !== comma && mark !== colon) return;
  const length = digitsAt(text, at + 1, 10);
  // Only a dot is always a fraction: a comma or colon may just separate what follows.
  if (length === 0 || length > 9 || (mark !== dot && length % 3 !== 0)) return;
  clock.nanos = numberAt(text, at + 1, length) * 10 ** (9 - length);
  clock.digits = length;
  clock.end = at + 1 + length;
}

function readZone(text: string, from: number): void {
  zone.end = from;
  zone.known = false;
  zone.minutes = 0;
  const spaced = text.charCodeAt(from) === blank;
  const at = spaced ? from + 1 : from;
  const code = text.charCodeAt(at);
  if ((code === letterZ || code === 0x7a) && !isWordCode(text.charCodeAt(at + 1))) {
    knownZone(at + 1, 0);
    return;
  }
  if (code === 0x55 || code === 0x47) {
    const name = text.slice(at, at + 3);
    if ((name === 'UTC' || name === 'GMT') && !isWordCode(text.charCodeAt(at + 3))) knownZone(at + 3, 0);
    return;
  }
  if (code !== plus && code !== minus) return;
  const length = digitsAt(text, at + 1, 5);
  const withColon = length === 2 && text.charCodeAt(at + 3) === colon && digitsAt(text, at + 4, 3) === 2;
  if (length !== 4 && !withColon && (length !== 2 || spaced)) return;
  const minutes =
    numberAt(text, at + 1, 2) * 60 +
    (length === 4 ? numberAt(text, at + 3, 2) : withColon ? numberAt(text, at + 4, 2) : 0);
  if (minutes <= 18 * 60) knownZone(withColon ? at + 6 : at + 1 + length, code === minus ? -minutes : minutes);
}

function knownZone(end: number, minutes: number): void {
  zone.end = end;
  zone.minutes = minutes;
  zone.known = true;
}

// ---- characters

const blank = 0x20;
const colon = 0x3a;
const comma = 0x2c;
const dot = 0x2e;
const plus = 0x2b;
const minus = 0x2d;
const letterT = 0x54;
const letterZ = 0x5a;

const isDateSeparator = (code: number): boolean => code === minus || code === 0x2f || code === dot;
/** `T`, a blank, `_`, the colon of access logs, the dash of some mainframes. */
const isTimeSeparator = (code: number): boolean =>
  code === letterT || code === blank || code === 0x74 || code === 0x5f || code === colon || code === minus;
const isWordCode = (code: number): boolean =>
  (code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a) || code === 0x5f;
const isYear = (year: number): boolean => year >= 1970 && year < 2200;

/** Number of digits at `from`, at most `most`. */
function digitsAt(text: string, from: number, most: number): number {
  let length = 0;
  while (length < most) {
    const code = text.charCodeAt(from + length);
    if (!(code >= 0x30 && code <= 0x39)) break;
    length++;
  }
  return length;
}

function numberAt(text: string, from: number, length: number): number {
  let value = 0;
  for (let at = from; at < from + length; at++) value = value * 10 + text.charCodeAt(at) - 0x30;
  return value;
}
