import { dateText, stampOfClock, stampOfNumbers, stampWith } from './buildStamp';
import { daysFromCivil } from './calendar';
import { blank, colon, digitsAt, dot, isWordCode, minus, numberAt, slash } from './characters';
import { clock, readClock } from './clock';
import { compactForm } from './dateOrder';
import { epochAt, epochOf } from './epoch';
import type { Stamp, StampContext } from './stamp';
import { stampAt } from './timestamp';

/**
 * The stamp that is a whole field value: any layout of {@link stampAt}, what is a time only at the head of a line
 * ({@link headStampAt}), or a number since the epoch; `null` also where it is out of all reason.
 */
export function stampOf(value: string, context: StampContext = {}): Stamp | null {
  const from = value.charCodeAt(0) === blank || value.charCodeAt(0) === 0x5b ? value.search(/[^\s[]/) : 0;
  const stamp =
    stampAt(value, Math.max(from, 0), context) ?? headStampAt(value, Math.max(from, 0), context) ?? epochOf(value);
  return stamp !== null && isPlausible(stamp) ? stamp : null;
}

const endOfTimes = BigInt(daysFromCivil(2200, 1, 1)) * 86_400_000_000_000n;

/** Nothing was logged before 1970 or will be after 2200: such a stamp stands for none (`0001-01-01`, `9999-12-31`). */
const isPlausible = ({ at, assumed }: Stamp): boolean => at < endOfTimes && (at >= 0n || assumed !== null);

/** Where a stamp that is one only at the head of a line ends; -1 where none begins at `from`. */
export function headStampEnd(text: string, from: number): number {
  return headStampAt(text, from, anyDay)?.end ?? -1;
}

/** Where only the place of a time of day is asked for. */
const anyDay: StampContext = { modified: 0 };

/**
 * What is a time at the head of a line, and elsewhere may be anything: a number since the epoch, a time of day
 * `10:15:00.123`, `260302 101500`, `20260302101500123`, `03-02 10:15:00.123`.
 */
export function headStampAt(text: string, from: number, context: StampContext): Stamp | null {
  switch (digitsAt(text, from, 20)) {
    case 1:
    case 2:
      return text.charCodeAt(from + 1) === colon || text.charCodeAt(from + 2) === colon
        ? clockOnly(text, from, context)
        : monthAndDay(text, from, context);
    case 6:
      return compactAndShort(text, from, context);
    case 14:
    case 17:
      return compactWhole(text, from, context);
    default:
      return epochAt(text, from);
  }
}

function clockOnly(text: string, from: number, context: StampContext): Stamp | null {
  if (!readClock(text, from) || !clock.hasSeconds) return null;
  const after = text.charCodeAt(clock.end);
  if (isWordCode(after) || after === colon) return null;
  // `1:02:03` may be an address, a duration or a verse.
  if (digitsAt(text, from, 2) === 1 && !clock.hasHalf) return null;
  return stampOfClock(text, from, context);
}

/** `03-02 10:15:00.123` (Android's logcat), `03/02 10:15:00`; day first where that is no date: `25.12 10:15:00`. */
function monthAndDay(text: string, start: number, context: StampContext): Stamp | null {
  const separator = text.charCodeAt(start + 2);
  const end = start + 5;
  const isDate =
    (separator === minus || separator === slash || separator === dot) && digitsAt(text, start + 3, 3) === 2;
  if (!isDate || text.charCodeAt(end) !== blank || !readClock(text, end + 1) || !clock.hasSeconds) return null;
  const [first, second] = [numberAt(text, start, 2), numberAt(text, start + 3, 2)];
  return first > 12
    ? stampWith(text, dateText(start, end, null, second, first), context)
    : stampWith(text, dateText(start, end, null, first, second), context);
}

/** `260302 101500`. */
function compactAndShort(text: string, start: number, context: StampContext): Stamp | null {
  if (text.charCodeAt(start + 6) !== blank || digitsAt(text, start + 7, 7) !== 6) return null;
  const after = text.charCodeAt(start + 13);
  if (isWordCode(after) || after === minus || after === slash || (after === dot && digitsAt(text, start + 14, 1) === 0))
    return null;
  const numbers = [numberAt(text, start, 2), numberAt(text, start + 2, 2), numberAt(text, start + 4, 2)] as const;
  return stampOfNumbers(text, start, start + 6, numbers, compactForm, context, 'ymd');
}

/** `20260302101500` and, with milliseconds, `20260302101500123`. */
function compactWhole(text: string, start: number, context: StampContext): Stamp | null {
  const year = numberAt(text, start, 4);
  if (year < 1970 || year >= 2100) return null;
  const length = digitsAt(text, start, 17);
  if (isWordCode(text.charCodeAt(start + length))) return null;
  const apart = `${text.slice(start, start + 8)}T${text.slice(start + 8, start + length + 40)}`;
  const [month, day] = [numberAt(text, start + 4, 2), numberAt(text, start + 6, 2)];
  const stamp = stampWith(apart, dateText(0, 8, year, month, day), context);
  return stamp && { ...stamp, start, end: start + stamp.end - 1 };
}
