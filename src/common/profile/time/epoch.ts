import { epochNanos } from '../../model/units';
import { digitsAt, dot, isDigit, isWordCode, numberAt } from './characters';
import type { Stamp } from './stamp';

const number = /^(-?\d{1,20})(?:\.(\d+))?$/;
const scientific = /^\d(?:\.\d+)?[eE]\+?\d{1,2}$/;

/**
 * A number since the epoch, as text, to the nanosecond: seconds, milliseconds, microseconds or nanoseconds by magnitude
 * (field-names §1.4), a fraction belonging to that unit. `null` where it is no number or too small to be a time.
 */
export function epochOf(value: string): Stamp | null {
  if (!isDigit(value.charCodeAt(0))) return null;
  const text = scientific.test(value) ? String(Number(value)) : value;
  const match = number.exec(text);
  if (!match) return null;
  const whole = match[1] ?? '';
  const size = Number(whole);
  const unitDigits = size < 1e8 ? -1 : size < 1e11 ? 0 : size < 1e14 ? 3 : size < 1e17 ? 6 : size < 1e20 ? 9 : -1;
  if (unitDigits < 0) return null;
  const fraction = (match[2] ?? '').slice(0, 9 - unitDigits);
  const at = BigInt(`${whole}${fraction.padEnd(9 - unitDigits, '0')}`);
  return {
    at: epochNanos(at),
    digits: unitDigits + fraction.length,
    zoneKnown: true,
    offset: null,
    assumed: null,
    start: 0,
    end: value.length,
  };
}

const earliestSecond = 1e9;
const latestSecond = 2.2e9;

/**
 * A number since the epoch at the head of a line: a whole token of 10, 13, 16 or 19 digits (`1772446500 …`,
 * `[1772446500.123]`) that is a time between 2001 and 2039, as other numbers are of that length, too. `null` where there
 * is none. Seconds since a machine started (`[12345.678901]`) are shorter.
 */
export function epochAt(text: string, from: number): Stamp | null {
  const length = digitsAt(text, from, 20);
  if (length !== 10 && length !== 13 && length !== 16 && length !== 19) return null;
  const seconds = numberAt(text, from, 10);
  if (seconds < earliestSecond || seconds > latestSecond) return null;
  let end = from + length;
  if (text.charCodeAt(end) === dot) {
    const fraction = digitsAt(text, end + 1, 10);
    if (fraction > 9) return null;
    if (fraction > 0) end += 1 + fraction;
  }
  const next = text.charCodeAt(end);
  if (isWordCode(next) || '-/.:+=@%'.includes(text.charAt(end) || ' ')) return null;
  const stamp = epochOf(text.slice(from, end));
  return stamp && { ...stamp, start: from, end };
}

const audit = /audit\((\d{9,10}\.\d{3}):\d{1,10}\)/y;

/** `audit(1772446500.123:456)`: seconds, and the number of the event (Linux, `kernel/audit.c`). */
export function auditAt(text: string, from: number): Stamp | null {
  audit.lastIndex = from;
  const match = audit.exec(text);
  const stamp = match && epochOf(match[1] ?? '');
  return stamp && { ...stamp, start: from, end: from + match[0].length };
}
