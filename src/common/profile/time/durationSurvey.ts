import type { DurationUnit } from '../../model/sourceProfile';
import type { ReadRecord } from '../recordReader';
import { durationOf } from './duration';

/** A step with a duration whose unit nothing names. */
interface Span {
  /** Nanoseconds since the epoch. */
  at: bigint;
  /** Nanoseconds that one of its stamp's last digit is. */
  tick: bigint;
  /** The number as the log has it. */
  amount: number;
  field: string;
  parents: string[];
}

/** Nanoseconds per 1, smallest first. */
const units = [1, 1e3, 1e6, 1e9];
/** Fewer steps in their parents are chance. */
const leastPairs = 2;
const leastShare = 0.9;
const spansKept = 20_000;

/**
 * Finds the unit of durations that name none by what steps are to each other: an enclosed step lies within its parent. It
 * is the smallest unit in which that is so, if in the next smaller one it is not. Stamps are starts then. A number's
 * size never decides.
 */
export class DurationSurvey {
  private readonly spans = new Map<string, Span>();

  take({ record, fields }: ReadRecord): void {
    const { stepId, time, duration, previous } = record;
    if (stepId === null || time === null || duration !== null || this.spans.size >= spansKept) return;
    const field = fields.find(({ role, name, value }) => role === 'duration' && isBare(name, value));
    if (!field) return;
    const tick = 10n ** BigInt(9 - Math.min(9, time.digits));
    const parents = previous.map(({ id }) => id);
    this.spans.set(stepId, { at: time.at, tick, amount: Number(field.value), field: field.name, parents });
  }

  /** `null` where too few steps have their parent in the sample, or where these do not tell. */
  unit(): DurationUnit | null {
    const pairs: { child: Span; parent: Span }[] = [];
    for (const child of this.spans.values()) {
      const parent = child.parents.map(id => this.spans.get(id)).find(found => found?.field === child.field);
      if (parent && parent !== child) pairs.push({ child, parent });
    }
    const field = pairs[0]?.child.field;
    if (field === undefined || pairs.length < leastPairs) return null;
    const share = (unit: number) =>
      pairs.filter(({ child, parent }) => lies(child, parent, unit)).length / pairs.length;
    const found = units.findIndex(unit => share(unit) >= leastShare);
    const nanos = units[found];
    return found <= 0 || nanos === undefined ? null : { field, nanos };
  }
}

const isBare = (name: string, value: string): boolean =>
  /^\d{1,15}(?:\.\d{1,9})?$/.test(value) && durationOf(name, value) === null;

/** Whether a step lies within its parent, to the tick of their stamps. */
function lies(child: Span, parent: Span, unit: number): boolean {
  const end = ({ at, amount }: Span) => at + BigInt(Math.round(amount * unit));
  const slack = child.tick > parent.tick ? child.tick : parent.tick;
  return child.at >= parent.at - slack && end(child) <= end(parent) + slack;
}
