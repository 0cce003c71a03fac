import type { TimelinePageMemory } from '../../src/common/protocol/timelineProtocol';

export type Clock = TimelinePageMemory['clock'];

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/**
 * What has to be added to ms since the trace's start for the time of day; 0 where the axis counts from the start. It goes
 * on over midnight. The offset from UTC is that of the trace's start throughout.
 *
 * @param start ISO stamp in UTC, of up to nine decimals: more than a `Date` keeps
 */
export function clockOffsetMs(clock: Clock, start: string | null): number {
  if (clock === 'start' || start === null) return 0;
  const whole = Date.parse(start);
  if (Number.isNaN(whole)) return 0;
  const nanos = /\.\d{3}(\d+)/.exec(start)?.[1] ?? '';
  const finer = nanos === '' ? 0 : Number(`0.${nanos}`);
  return ((((whole + zoneMinutes(clock, start) * minuteMs) % dayMs) + dayMs) % dayMs) + finer;
}

const zoneMinutes = (clock: Clock, start: string): number =>
  clock === 'local' ? -new Date(start).getTimezoneOffset() : 0;

/** `UTC`, `UTC+05:30`: what a time of day is worth nothing without. */
export function zoneName(clock: Clock, start: string): string {
  const minutes = zoneMinutes(clock, start);
  if (minutes === 0) return 'UTC';
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  return `UTC${minutes < 0 ? '−' : '+'}${two(Math.abs(minutes) / 60)}:${two(Math.abs(minutes) % 60)}`;
}
