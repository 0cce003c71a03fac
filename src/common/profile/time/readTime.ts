import type { RecordTime } from '../../model/logRecord';
import { epochNanos } from '../../model/units';
import type { RoleSlots } from '../roleSlots';
import type { Stamp } from './stamp';
import { type StampContext, stampOf } from './timestamp';

/** Farther apart than any two zones are. */
const zoneSpan = 15n * 3_600_000_000_000n;

/**
 * The time of a record: the strongest field that holds a whole stamp. One without a zone gives way to another that has
 * one and stands for the same moment (Docker's own stamp around a line in local time).
 */
export function timeOf(slots: RoleSlots, context: StampContext, zoneAssumed: boolean): RecordTime | null {
  let found: Stamp | null = null;
  for (const { field, binding } of slots.all('timestamp')) {
    const stamp = binding.plain === 'instantnanoofsecond' ? null : stampOf(field.value, context);
    if (!stamp) continue;
    if (!found) {
      found = binding.plain === 'instantepochsecond' ? withNanos(stamp, field.name, slots) : stamp;
      if (found.zoneKnown || !zoneAssumed) break;
    } else if (stamp.zoneKnown && distance(stamp.at, found.at) < zoneSpan) {
      found = stamp;
      break;
    }
  }
  return found && { at: found.at, digits: found.digits, zoneAssumed: zoneAssumed && !found.zoneKnown };
}

const distance = (a: bigint, b: bigint): bigint => (a > b ? a - b : b - a);

/** log4j2 writes an instant in two fields: `instant.epochSecond` and `instant.nanoOfSecond`. */
function withNanos(stamp: Stamp, name: string, slots: RoleSlots): Stamp {
  const sibling = name.replace(/epochSecond$/, 'nanoOfSecond');
  const value = slots.all('timestamp').find(({ field }) => field.name === sibling)?.field.value;
  if (!value || !/^\d{1,9}$/.test(value)) return stamp;
  return { ...stamp, at: epochNanos(stamp.at + BigInt(value)), digits: 9 };
}
