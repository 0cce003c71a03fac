import { blank, colon, comma, digitsAt, dot, isWordCode, numberAt } from './characters';

/**
 * The time of day that {@link readClock} read last. It stands in one object, as this runs for every record: take from it
 * what you need before the next call.
 */
export const clock = { end: 0, seconds: 0, nanos: 0, digits: 0, hasSeconds: false, hasHalf: false };

/**
 * Reads a time of day at `from`: `10:15`, `10:15:00`, `9:15:00 PM`, `10.15.00`, `101500`, with a fraction of up to 9
 * digits behind `.`, `,` or `:`, or of 3 digits without a sign (`101500123`). False where there is none.
 */
export function readClock(text: string, from: number): boolean {
  const length = digitsAt(text, from, 10);
  const compact = length === 6 || length === 9;
  if (!compact && length !== 1 && length !== 2) return false;
  clock.hasHalf = false;
  const hourDigits = compact ? 2 : length;
  const sign = text.charCodeAt(from + length);
  const minuteStart = from + hourDigits + (compact ? 0 : 1);
  if (!compact && ((sign !== colon && (sign !== dot || length === 1)) || digitsAt(text, minuteStart, 3) !== 2))
    return false;
  const hours = numberAt(text, from, hourDigits);
  const minutes = numberAt(text, minuteStart, 2);
  clock.end = minuteStart + 2;
  clock.seconds = hours * 3600 + minutes * 60;
  clock.nanos = 0;
  clock.digits = 0;
  clock.hasSeconds = compact || text.charCodeAt(clock.end) === sign;
  if (hours > 23 || minutes > 59) return false;
  if (!clock.hasSeconds) return sign === colon && readHalf(text, hours);
  const secondStart = compact ? clock.end : clock.end + 1;
  if (digitsAt(text, secondStart, 2) !== 2) return false;
  const seconds = numberAt(text, secondStart, 2);
  // 60 is a leap second: it counts as the first of the next minute, as POSIX has it.
  if (seconds > 60) return false;
  clock.seconds += seconds;
  clock.end = secondStart + 2;
  if (length === 9) {
    clock.nanos = numberAt(text, clock.end, 3) * 1e6;
    clock.digits = 3;
    clock.end += 3;
  } else {
    readFraction(text, clock.end);
  }
  return compact || readHalf(text, hours);
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

/** `AM` or `PM` behind the clock, if it has one. False where a clock can have none (`13:00 PM`) but does. */
function readHalf(text: string, hours: number): boolean {
  const code = text.charCodeAt(clock.end);
  // CLDR's locale data put a narrow or no-break blank there.
  const at = code === blank || code === 0xa0 || code === 0x202f ? clock.end + 1 : clock.end;
  const half = text.charCodeAt(at) & ~0x20;
  if ((half !== 0x41 && half !== 0x50) || (text.charCodeAt(at + 1) & ~0x20) !== 0x4d) return true;
  if (isWordCode(text.charCodeAt(at + 2))) return true;
  if (hours < 1 || hours > 12) return false;
  if (half === 0x50 && hours < 12) clock.seconds += 12 * 3600;
  if (half === 0x41 && hours === 12) clock.seconds -= 12 * 3600;
  clock.hasHalf = true;
  clock.end = at + 2;
  return true;
}
