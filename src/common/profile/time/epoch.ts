import { epochNanos } from '../../model/units';
import type { Stamp } from './stamp';

const number = /^(-?\d{1,20})(?:\.(\d+))?$/;
const scientific = /^\d(?:\.\d+)?[eE]\+?\d{1,2}$/;

/**
 * A number since the epoch, as text, to the nanosecond: seconds, milliseconds, microseconds or nanoseconds by magnitude
 * (field-names §1.4), a fraction belonging to that unit. `null` where it is no number or too small to be a time.
 */
export function epochOf(value: string): Stamp | null {
  const code = value.charCodeAt(0);
  if (!(code >= 0x30 && code <= 0x39)) return null;
  const text = scientific.test(value) ? String(Number(value)) : value;
  const match = number.exec(text);
  if (!match) return null;
  const whole = match[1] ?? '';
  const size = Number(whole);
  const unitDigits = size < 1e8 ? -1 : size < 1e11 ? 0 : size < 1e14 ? 3 : size < 1e17 ? 6 : size < 1e20 ? 9 : -1;
  if (unitDigits < 0) return null;
  const fraction = (match[2] ?? '').slice(0, 9 - unitDigits);
  const at = BigInt(`${whole}${fraction.padEnd(9 - unitDigits, '0')}`);
  return { at: epochNanos(at), digits: unitDigits + fraction.length, zoneKnown: true, start: 0, end: value.length };
}
