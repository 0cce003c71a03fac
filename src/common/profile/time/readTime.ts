import type { RecordTime } from '../../model/logRecord';
import type { SourceProfile } from '../../model/sourceProfile';
import { epochNanos, type Nanos } from '../../model/units';
import type { ReadField } from '../recordReader';
import type { Candidate, RoleSlots } from '../roleSlots';
import { joinedStamp } from './joinedStamp';
import { stampOf } from './looseStamp';
import { isStartName, spanOf } from './span';
import type { Stamp, StampContext } from './stamp';
import { stampInColumn } from './stampColumn';
import { stampAt } from './timestamp';

/** When a record was, and how long what it tells of took where two of its stamps say so. */
export interface RecordTiming {
  time: RecordTime | null;
  duration: Nanos | null;
  timeIs: 'start' | 'end';
}

/**
 * The times of a record. One with the stamps of both a start and an end is at its start, whatever the source's other
 * records say, unless the user named the field of the stamp.
 */
export function timingOf(
  slots: RoleSlots,
  fields: readonly ReadField[],
  context: StampContext,
  {
    timezone,
    stampIs,
    stampColumn,
    stampUnit,
  }: Pick<SourceProfile, 'timezone' | 'stampIs' | 'stampColumn' | 'stampUnit'>,
): RecordTiming {
  const fromZero = stampUnit === undefined ? null : stampFromZero(slots, stampUnit);
  if (fromZero) return { time: fromZero, duration: null, timeIs: stampIs };
  const own = stampIn(slots, fields, context, timezone.assumed) ?? stampInMessage(slots, stampColumn, context);
  const isUsers = slots.all('timestamp')[0]?.binding.evidence === 'user';
  const span = isUsers ? null : spanOf(fields, own, context);
  const start = span?.start ?? (own && !isUsers ? sameStart(own, slots, context) : null);
  const stamp = start ?? own;
  return {
    time: stamp && {
      at: stamp.at,
      digits: stamp.digits,
      ...zoneOfLog(stamp, context),
      zoneAssumed: timezone.assumed && !stamp.zoneKnown,
      dateAssumed: stamp.assumed !== null,
    },
    duration: span?.duration ?? null,
    timeIs: start ? 'start' : stampIs,
  };
}

/** What the log shows is the instant in this zone, also where the zone had to be assumed. An epoch number is in none. */
function zoneOfLog({ at, offset, zoneKnown }: Stamp, { zoneOffset }: StampContext): Pick<RecordTime, 'zoneMinutes'> {
  if (offset === null && zoneKnown) return {};
  return { zoneMinutes: offset ?? zoneOffset?.(Number(at / 1_000_000n)) ?? 0 };
}

function stampFromZero(slots: RoleSlots, unit: number): RecordTime | null {
  const value = slots.best('timestamp');
  if (value === null || !/^\d{1,8}$/.test(value)) return null;
  return { at: epochNanos(BigInt(value) * BigInt(unit)), digits: 6, zoneAssumed: false, dateAssumed: false };
}

/** Farther apart than any two zones are. */
const zoneSpan = 15n * 3_600_000_000_000n;
/** By which zones differ. */
const quarter = 900_000_000_000n;
/** As long as a line may take to whoever stamps it again. */
const delay = 10_000_000_000n;

/** Whether two stamps may be of one moment, read in two zones. */
function isSameMoment(a: bigint, b: bigint): boolean {
  const apart = a > b ? a - b : b - a;
  const rest = apart % quarter;
  return apart < zoneSpan && (rest < delay || quarter - rest < delay);
}

/**
 * The strongest field that holds a whole stamp. One without a date gives way to another that has one; one without a zone
 * to another that has one and stands for the same moment (Docker's own stamp around a line in local time).
 */
function stampIn(
  slots: RoleSlots,
  fields: readonly ReadField[],
  context: StampContext,
  zoneAssumed: boolean,
): Stamp | null {
  let found: Stamp | null = null;
  const candidates = ownFirst(notSaid(slots.all('timestamp'), slots.all('message')[0]));
  const others = candidates.map(({ field }) => field);
  for (const { field, binding } of candidates) {
    if (binding.plain === 'instantnanoofsecond') continue;
    const stamp = stampOf(joinedStamp(field, others, fields), context);
    if (!stamp) continue;
    if (!found || (found.assumed === 'date' && stamp.assumed === null)) {
      found = binding.plain === 'instantepochsecond' ? withNanos(stamp, field.name, slots) : stamp;
      if (found.assumed === null && (found.zoneKnown || !zoneAssumed)) break;
    } else if (stamp.zoneKnown && isSameMoment(stamp.at, found.at)) {
      found = stamp;
      break;
    }
  }
  return found;
}

/** A date among the words of the message (`[date: 2026-03-02]`) is about something else, where the record has a stamp. */
function notSaid(candidates: readonly Candidate[], message: Candidate | undefined): readonly Candidate[] {
  if (candidates.length < 2 || !message) return candidates;
  const { start, end } = message.field;
  const others = candidates.filter(({ field }) => field.start < start || field.end > end);
  return others.length === 0 ? candidates : others;
}

/** A start that is the same stamp, be it to more digits (`time` in seconds, `startTime` in microseconds). */
function sameStart(stamp: Stamp, slots: RoleSlots, context: StampContext): Stamp | null {
  const candidates = slots.all('timestamp');
  if (candidates.length < 2) return null;
  const tick = 10n ** BigInt(9 - Math.min(9, stamp.digits));
  for (const { field, binding } of candidates) {
    const start = isStartName(binding.plain) ? stampOf(field.value, context) : null;
    if (start && start.digits >= stamp.digits && start.at - (start.at % tick) === stamp.at) return start;
  }
  return null;
}

/**
 * A start, be it the step's or that of something the record is about, stands behind the stamp of the record itself; what
 * stands in a list is behind both.
 */
function ownFirst(candidates: readonly Candidate[]): readonly Candidate[] {
  if (candidates.length < 2) return candidates;
  const order = ({ field, binding }: Candidate) =>
    binding.evidence === 'user' ? 0 : /\.\d+\./.test(field.name) ? 2 : isStartName(binding.plain) ? 1 : 0;
  return [...candidates].sort((a, b) => order(a) - order(b));
}

/**
 * auditd's key-value lines hold their stamp where others hold the message: `msg=audit(1772446500.123:456):`; others hold it
 * in a column of their own.
 */
function stampInMessage(slots: RoleSlots, column: number | undefined, context: StampContext): Stamp | null {
  const message = slots.best('message');
  if (message === null) return null;
  if (message.startsWith('audit(')) return stampAt(message, 0, context);
  return column === undefined ? null : stampInColumn(message, column);
}

/** log4j2 writes an instant in two fields: `instant.epochSecond` and `instant.nanoOfSecond`. */
function withNanos(stamp: Stamp, name: string, slots: RoleSlots): Stamp {
  const sibling = name.replace(/epochSecond$/, 'nanoOfSecond');
  const value = slots.all('timestamp').find(({ field }) => field.name === sibling)?.field.value;
  if (!value || !/^\d{1,9}$/.test(value)) return stamp;
  return { ...stamp, at: epochNanos(stamp.at + BigInt(value)), digits: 9 };
}
