import type { NameCensus } from '../nameCensus';
import { isStampPart } from '../time/joinedStamp';
import { stampOf } from '../time/looseStamp';

const timeName = /(?:time|timestamp|stamp|date|epoch|_ts|_at|At)$/i;
/** Times of something else than the event: until when a thing holds, or since when it is there. */
const otherTime = /expir|expiry|issu|valid|until|deadline|modified|birth|creat|insert|install|update|next|last/i;
/** Shorter numbers are times that something took. */
const shortNumber = /^[\d.]{1,9}$/;

/**
 * Where no field has a known name of a stamp: those whose name tells of a time and whose values are all whole stamps
 * (`EdgeStartTimestamp`, `requestTimeEpoch`), those on most records first. Empty where there are none.
 */
export function timesByData(names: NameCensus): string[] {
  const isStamp = (value: string) => !shortNumber.test(value) && !isStampPart(value) && stampOf(value) !== null;
  return names
    .all()
    .filter(({ name, values }) => timeName.test(name) && !otherTime.test(name) && values.every(isStamp))
    .sort((a, b) => b.count - a.count)
    .map(({ name }) => name);
}
