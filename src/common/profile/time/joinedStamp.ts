import type { ReadField } from '../recordReader';

const bareDate = /^\s*(?:\d{4}([-/.])\d{1,2}\1\d{1,2}|\d{1,2}([-/.])\d{1,2}\2(?:\d{4}|\d\d))\s*$/;
const bareClock = /^\s*\d{1,2}:\d\d:\d\d/;
/** Fields of the W3C's extended log format, whose dates and times are GMT (WD-logfile-960323: `date`, `time`). */
const extendedLog = /^(?:cs?|sc?)-[a-z]|^cs\(/;

/** Whether a value is a date or a time of day alone. */
export const isStampPart = (value: string): boolean => bareDate.test(value) || bareClock.test(value);

/**
 * The text of a record's stamp: the field's own value or, where date and time of day stand in two fields, both. `others`
 * are the record's fields with the role, `all` all of its fields.
 */
export function joinedStamp(field: ReadField, others: readonly ReadField[], all: readonly ReadField[]): string {
  if (others.length < 2) return field.value;
  const isDate = isDatePart(field);
  if (!isDate && !isClockPart(field)) return field.value;
  const other = others.find(isDate ? isClockPart : isDatePart)?.value;
  if (other === undefined) return field.value;
  const value = field.value.trim();
  const joined = isDate ? `${value} ${other.trim()}` : `${other.trim()} ${value}`;
  return all.some(({ name }) => extendedLog.test(name)) ? `${joined}Z` : joined;
}

/** Six or eight digits (`260302`, `101500`) are a part of a stamp only by their field's name. */
const isDatePart = ({ name, value }: ReadField): boolean =>
  bareDate.test(value) || (/^(?:\d{6}|\d{8})$/.test(value) && /date$/i.test(name));

const isClockPart = ({ name, value }: ReadField): boolean =>
  bareClock.test(value) || (/^\d{6}$/.test(value) && /time$/i.test(name));
