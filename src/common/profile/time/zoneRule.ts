import type { SourceProfile } from '../../model/sourceProfile';
import { zoneOffset } from './zone';

/** The stamps of one record of a sample, in epoch milliseconds. */
export interface SeenStamps {
  /** The stamp that names no zone, read as UTC. */
  unzoned: number | null;
  /** Another of the same record whose instant is known. */
  instant: number | null;
  /** Minutes east of UTC that a stamp names. */
  offset: number | null;
}

export interface ZoneQuestion {
  /** What the user says of the source. */
  override: string | undefined;
  seen: readonly SeenStamps[];
  /** The newest stamp without a zone at the end of the source, read as UTC, in epoch milliseconds. */
  last: number | null;
  /** When the source was changed last, in epoch milliseconds. */
  modified: number | null;
  /** IANA name of the zone that is taken where nothing else tells. */
  assumed: string;
}

const minuteMs = 60_000;
const quarterMs = 15 * minuteMs;
const halfHourMs = 30 * minuteMs;
/** How far two stamps of one record, or the last stamp and the file's own, lie apart but for the zone. */
const delayMs = 5000;
/** Zones reach from -12:00 to +14:00. */
const farthest = 14 * 60;

/**
 * The zone of the stamps that name none. In this order:
 * 1. what the user says;
 * 2. the source's other stamps: a record with a stamp of either kind (Docker's own beside the application's) tells the
 *    offset between them, and records that name a zone, all the same, tell that of the others;
 * 3. the file's last change: a program stamps its last record when it writes it, so a difference of whole or half hours
 *    is the offset;
 * 4. the assumed zone.
 *
 * An offset that is also the assumed zone's at that time is taken to be that zone, which knows when clocks change. All but
 * the first are reported as assumed.
 */
export function decideZone({ override, seen, last, modified, assumed }: ZoneQuestion): SourceProfile['timezone'] {
  if (override !== undefined) return { value: override, assumed: false, evidence: 'user' };
  if (!seen.some(({ unzoned }) => unzoned !== null)) return { value: 'UTC', assumed: false, evidence: 'data' };
  const value =
    zoneOf(offsetsWithin(seen), assumed) ??
    zoneOf(offsetsNamed(seen), assumed) ??
    zoneOf(offsetAtEnd(last, modified), assumed);
  return value === null
    ? { value: assumed, assumed: true, evidence: 'default' }
    : { value, assumed: true, evidence: 'data' };
}

/** An offset from UTC in minutes, at an instant in epoch milliseconds. */
interface OffsetAt {
  minutes: number;
  at: number;
}

/** The zone that has all these offsets: the assumed one, else a fixed one; `null` where they differ, or there are none. */
function zoneOf(offsets: readonly OffsetAt[], assumed: string): string | null {
  const [first] = offsets;
  if (!first) return null;
  const assumedOffset = zoneOffset(assumed);
  if (offsets.every(({ minutes, at }) => assumedOffset(at) === minutes)) return assumed;
  return offsets.every(({ minutes }) => minutes === first.minutes) ? fixedZone(first.minutes) : null;
}

function fixedZone(minutes: number): string {
  if (minutes === 0) return 'UTC';
  const part = (value: number) => String(Math.floor(value)).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${part(Math.abs(minutes) / 60)}:${part(Math.abs(minutes) % 60)}`;
}

/** Between the two stamps of each record that has both; none where most of them are of different moments. */
function offsetsWithin(seen: readonly SeenStamps[]): OffsetAt[] {
  const offsets: OffsetAt[] = [];
  let both = 0;
  for (const { unzoned, instant } of seen) {
    if (unzoned === null || instant === null) continue;
    both++;
    const minutes = offsetBetween(unzoned, instant, quarterMs);
    if (minutes !== null) offsets.push({ minutes, at: instant });
  }
  return 2 * offsets.length > both ? offsets : [];
}

const offsetsNamed = (seen: readonly SeenStamps[]): OffsetAt[] =>
  seen.flatMap(({ unzoned, instant, offset }) =>
    unzoned === null && instant !== null && offset !== null ? [{ minutes: offset, at: instant }] : [],
  );

function offsetAtEnd(last: number | null, modified: number | null): OffsetAt[] {
  if (last === null || modified === null) return [];
  const minutes = offsetBetween(last, modified, halfHourMs);
  return minutes === null ? [] : [{ minutes, at: modified }];
}

/** Minutes from an instant to a clock's reading of it; `null` where they are no multiple of `step` or no zone's. */
function offsetBetween(local: number, instant: number, step: number): number | null {
  const steps = Math.round((local - instant) / step);
  const minutes = (steps * step) / minuteMs;
  return Math.abs(local - instant - steps * step) <= delayMs && Math.abs(minutes) <= farthest ? minutes : null;
}
