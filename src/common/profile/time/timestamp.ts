import { dateText, stampOfNumbers, stampWith } from './buildStamp';
import { monthAt, weekdayAt } from './calendar';
import {
  blank,
  comma,
  digitsAt,
  dot,
  isCapital,
  isDigit,
  isLetter,
  letterT,
  minus,
  numberAt,
  slash,
  underscore,
} from './characters';
import { compactForm } from './dateOrder';
import { auditAt } from './epoch';
import type { Stamp, StampContext } from './stamp';

/**
 * The stamp that begins at `from`, wherever in a line that is; `null` where none does. Layouts: ISO 8601 / RFC 3339 with
 * `T`, `_` or blanks, `-`, `/` or `.` between the date's parts, `.`, `,` or `:` before a fraction of up to 9 digits, with
 * or without zone; basic ISO `20260302T101500Z`, `20260302 101500,123`; day, month or year first `02-03-2026 10:15:00`,
 * `3/2/2026 1:15:00 PM`, `26/03/02 10:15:00` (see `dateOrder.ts`); access log `02/Mar/2026:10:15:00 +0000`; any of the
 * orders in which months have names: syslog `Mar  2 10:15:00` (RFC 3164), asctime `Mon Mar 2 10:15:00 2026` (C), `date`'s
 * `Mon Mar 2 10:15:00 CET 2026`, `Mar 2, 2026, 1:15:00 PM`, `2026 Mar 2 10:15:00`; klog `I0302 10:15:00.123456`;
 * Chromium `0302/101500.123456`; the kernel's `audit(1772446500.123:456)`. A date needs a time.
 */
export function stampAt(text: string, from: number, context: StampContext = {}): Stamp | null {
  const code = text.charCodeAt(from);
  if (!isDigit(code) && !isLetter(code)) return null;
  const stamp = isDigit(code)
    ? numericDate(text, from, context)
    : ((code === 0x61 ? auditAt(text, from) : null) ?? namedDate(text, from, context));
  // `app.2026-03-02_10:15:00_old`: the name of a file.
  return stamp && text.charCodeAt(stamp.end) === underscore ? null : stamp;
}

function numericDate(text: string, from: number, context: StampContext): Stamp | null {
  switch (digitsAt(text, from, 9)) {
    case 1:
    case 2:
      return dayOrMonthFirst(text, from, context);
    case 4:
      return yearFirst(text, from, context) ?? chromium(text, from, context);
    case 6:
      return shortAndCompact(text, from, context);
    case 8:
      return compact(text, from, context);
    default:
      return null;
  }
}

/** `2026-03-02`, `2026/3/2`, `2026-Mar-02`, `2026 Mar 2`. */
function yearFirst(text: string, start: number, context: StampContext): Stamp | null {
  const separator = text.charCodeAt(start + 4);
  const isNamed = separator === blank;
  if (!isNamed && !isDateSeparator(separator)) return null;
  const named = monthAt(text, start + 5);
  const monthLength = named?.length ?? (isNamed ? 0 : digitsAt(text, start + 5, 2));
  let dayStart = start + 6 + monthLength;
  if (monthLength === 0 || text.charCodeAt(dayStart - 1) !== separator) return null;
  if (isNamed && text.charCodeAt(dayStart) === blank) dayStart++;
  const dayLength = digitsAt(text, dayStart, 3);
  if (dayLength !== 1 && dayLength !== 2) return null;
  const month = named?.number ?? numberAt(text, start + 5, monthLength);
  const day = numberAt(text, dayStart, dayLength);
  return stampWith(text, dateText(start, dayStart + dayLength, numberAt(text, start, 4), month, day), context);
}

/** `02/03/2026`, `26/03/02`, `02 Mar 2026`, `2-Mar-2026`, `02 Mar 10:15:00`. */
function dayOrMonthFirst(text: string, start: number, context: StampContext): Stamp | null {
  const length = digitsAt(text, start, 2);
  const separator = text.charCodeAt(start + length);
  if (!isDateSeparator(separator) && separator !== blank) return null;
  const next = start + length + 1;
  const first = numberAt(text, start, length);
  const named = monthAt(text, next);
  if (named) {
    const end = next + named.length;
    const hasYear = text.charCodeAt(end) === separator && digitsAt(text, end + 1, 5) === 4;
    if (hasYear)
      return stampWith(text, dateText(start, end + 5, numberAt(text, end + 1, 4), named.number, first), context);
    return separator === blank ? stampWith(text, dateText(start, end, null, named.number, first), context) : null;
  }
  const secondLength = digitsAt(text, next, 2);
  const yearStart = next + secondLength + 1;
  if (separator === blank || secondLength === 0 || text.charCodeAt(yearStart - 1) !== separator) return null;
  const yearLength = digitsAt(text, yearStart, 5);
  const shortYear = yearLength === 2;
  const dots = separator === dot;
  // Two dots and three small numbers are a version.
  if (yearLength !== 4 && (!shortYear || (dots && length + secondLength < 4))) return null;
  const numbers = [first, numberAt(text, next, secondLength), numberAt(text, yearStart, yearLength)] as const;
  return stampOfNumbers(text, start, yearStart + yearLength, numbers, { shortYear, dots }, context);
}

/** `20260302T101500Z`, `20260302 10:15:00`. */
function compact(text: string, start: number, context: StampContext): Stamp | null {
  const year = numberAt(text, start, 4);
  const isSpaced = text.charCodeAt(start + 8) !== letterT;
  // Apart from its time, a date is easily mistaken for a number.
  if (isSpaced && (year < 1970 || year >= 2100)) return null;
  const [month, day] = [numberAt(text, start + 4, 2), numberAt(text, start + 6, 2)];
  return stampWith(text, dateText(start, start + 8, year, month, day), context);
}

/** `260302 10:15:00` (MySQL). */
function shortAndCompact(text: string, start: number, context: StampContext): Stamp | null {
  const clockStart = start + (text.charCodeAt(start + 7) === blank ? 8 : 7);
  if (text.charCodeAt(start + 6) !== blank || digitsAt(text, clockStart, 3) > 2) return null;
  const numbers = [numberAt(text, start, 2), numberAt(text, start + 2, 2), numberAt(text, start + 4, 2)] as const;
  return stampOfNumbers(text, start, start + 6, numbers, compactForm, context, 'ymd');
}

/** `0302/101500.123456:ERROR` (Chromium's logging, `base/logging.cc`). */
function chromium(text: string, start: number, context: StampContext): Stamp | null {
  if (text.charCodeAt(start + 4) !== slash || digitsAt(text, start + 5, 7) !== 6) return null;
  const fraction = text.charCodeAt(start + 11) === dot ? digitsAt(text, start + 12, 10) : 0;
  if (fraction !== 3 && fraction !== 6) return null;
  // `stampWith` looks for a separator that a time may have.
  const clockText = `${text.slice(start, start + 4)} ${text.slice(start + 5, start + 12 + fraction)}`;
  const [month, day] = [numberAt(text, start, 2), numberAt(text, start + 2, 2)];
  const stamp = stampWith(clockText, dateText(0, 4, null, month, day), context);
  return stamp && { ...stamp, start, end: start + stamp.end };
}

/** Dates that begin with a day of the week or a month, and klog's `I0302 10:15:00.123456`. */
function namedDate(text: string, start: number, context: StampContext): Stamp | null {
  const klogDigits = digitsAt(text, start + 1, 9);
  if (klogDigits > 0) return klog(text, start, klogDigits, context);
  let at = start;
  const weekday = weekdayAt(text, at);
  if (weekday) {
    at += weekday.length;
    if (text.charCodeAt(at) === comma) at++;
    if (text.charCodeAt(at++) !== blank) return null;
    if (digitsAt(text, at, 2) > 0) {
      const dated = numericDate(text, at, context);
      return dated && { ...dated, start };
    }
  }
  const month = monthAt(text, at);
  if (!month || text.charCodeAt(at + month.length) !== blank) return null;
  at += month.length + (text.charCodeAt(at + month.length + 1) === blank ? 2 : 1);
  const length = digitsAt(text, at, 3);
  if (length !== 1 && length !== 2) return null;
  const end = at + length;
  const day = numberAt(text, at, length);
  const yearStart = text.charCodeAt(end) === comma ? end + 2 : end + 1;
  const hasYear = text.charCodeAt(yearStart - 1) === blank && digitsAt(text, yearStart, 5) === 4;
  const date = hasYear
    ? dateText(start, yearStart + 4, numberAt(text, yearStart, 4), month.number, day)
    : dateText(start, end, null, month.number, day, weekday !== null);
  return stampWith(text, date, context);
}

function klog(text: string, start: number, length: number, context: StampContext): Stamp | null {
  if (!'IWEFD'.includes(text.charAt(start)) || !isCapital(text.charCodeAt(start))) return null;
  const end = start + 1 + length;
  if ((length !== 4 && length !== 8) || text.charCodeAt(end) !== blank) return null;
  const year = length === 8 ? numberAt(text, start + 1, 4) : null;
  const [month, day] = [numberAt(text, end - 4, 2), numberAt(text, end - 2, 2)];
  return stampWith(text, dateText(start, end, year, month, day), context);
}

const isDateSeparator = (code: number): boolean => code === minus || code === slash || code === dot;
