import { createContext } from 'preact';
import { useCallback, useContext, useEffect, useMemo, useState } from 'preact/hooks';
import type { TraceHeader } from '../../../src/common/protocol/logEngine';
import type { TimelinePageMemory } from '../../../src/common/protocol/timelineProtocol';
import { keep, recall } from '../pageMemory';

export type ClockName = TimelinePageMemory['clock'];

/** What the times of a trace are told by. */
export interface Clock {
  name: ClockName;
  /** Those that there are for this trace. */
  names: readonly ClockName[];
  /** ISO stamp in UTC, of up to nine decimals; `null` where the trace has no times. */
  start: string | null;
  /** By the clock of the logs; `null` where they do not agree on one. */
  loggedMinutes: number | null;
  /** Minutes east of UTC, at the trace's start and taken to be so throughout; 0 for times that count from the start. */
  zoneMinutes: number;
  set: (name: ClockName) => void;
}

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** A choice that comes back with the page. */
export function useClock({ correlationId: query, start, zoneMinutes: logged }: TraceHeader): Clock {
  const [wanted, setWanted] = useState(recall(query).clock);
  useEffect(() => keep(query, { clock: wanted }), [query, wanted]);
  const set = useCallback((name: ClockName) => setWanted(name), []);
  return useMemo(() => {
    const names: ClockName[] = ['start', ...(start === null ? [] : (['utc', 'local'] as const))];
    // Logs in UTC need no further name for it.
    if (start !== null && logged !== null && logged !== 0) names.push('logged');
    const name = names.includes(wanted) ? wanted : 'start';
    return { name, names, start, loggedMinutes: logged, zoneMinutes: zoneOf(name, start, logged), set };
  }, [wanted, start, logged, set]);
}

export function zoneOf(name: ClockName, start: string | null, logged: number | null): number {
  if (name === 'logged') return logged ?? 0;
  return name === 'local' && start !== null ? -new Date(start).getTimezoneOffset() : 0;
}

/**
 * What has to be added to ms since the trace's start for the time of day; 0 where the axis counts from the start. It goes
 * on over midnight.
 */
export function clockOffsetMs({ name, start, zoneMinutes }: Pick<Clock, 'name' | 'start' | 'zoneMinutes'>): number {
  if (name === 'start' || start === null) return 0;
  const whole = Date.parse(start);
  if (Number.isNaN(whole)) return 0;
  // More decimals than a `Date` keeps.
  const nanos = /\.\d{3}(\d+)/.exec(start)?.[1] ?? '';
  const finer = nanos === '' ? 0 : Number(`0.${nanos}`);
  return ((((whole + zoneMinutes * minuteMs) % dayMs) + dayMs) % dayMs) + finer;
}

/** `UTC`, `UTC+05:30`: what a time of day is worth nothing without. */
export function zoneName(minutes: number): string {
  if (minutes === 0) return 'UTC';
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  return `UTC${minutes < 0 ? '−' : '+'}${two(Math.abs(minutes) / 60)}:${two(Math.abs(minutes) % 60)}`;
}

/** An ISO stamp in UTC as a clock so far east shows it, with all its decimals: `2026-08-20T11:14:02.120+02:00`. */
export function stampIn(iso: string, minutes: number): string {
  const whole = Date.parse(`${iso.slice(0, 19)}Z`);
  if (minutes === 0 || Number.isNaN(whole)) return iso;
  const there = new Date(whole + minutes * minuteMs).toISOString().slice(0, 19);
  return there + iso.slice(19).replace(/Z$/, zoneName(minutes).slice(3).replace('−', '-'));
}

/** Minutes east of UTC of the times of day in the details and among the records. */
export const Zone = createContext(0);

/** Tells the time of day of ISO stamps in UTC. */
export function useTimeOfDay(): (iso: string) => string {
  const minutes = useContext(Zone);
  return useCallback(
    (iso: string) =>
      stampIn(iso, minutes)
        .slice(11)
        .replace(/(?:Z|[+-]\d\d:\d\d)$/, ''),
    [minutes],
  );
}
