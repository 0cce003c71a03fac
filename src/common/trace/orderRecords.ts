import { groupBy } from '../base/groupBy';
import { compareInLog, type LogRecord, logOf } from '../model/logRecord';
import { type EpochNanos, epochNanos, type Nanos, nanos } from '../model/units';
import { offsetsOf } from './clocks';
import { type ServiceHabits, serviceHabits } from './serviceHabits';

/** Records in the order of raw time, then log, then line, with times relative to the earliest. */
export interface OrderedRecords {
  records: LogRecord[];
  /** The stamp of each record, relative to `origin`; `null` where it has none. */
  times: (Nanos | null)[];
  /** What one unit of the stamp's last digit stands for. */
  ticks: Nanos[];
  /** The earliest time any record speaks of: its stamp, or the start of its stated duration. */
  origin: EpochNanos | null;
  /** Latest time any record speaks of, relative to `origin`. */
  last: Nanos | null;
  habits: ServiceHabits;
}

/** @param offsets how far the clocks of hosts are ahead, ns: taken off their stamps, not off the records' own times */
export function orderRecords(input: readonly LogRecord[], offsets?: ReadonlyMap<string, Nanos>): OrderedRecords {
  const { times, origin, last } = relativeTimes(input, stampsOf(input, offsets));
  const order = inOrder(input, carryTimes(input, times));
  const records = order.map(index => input[index]!);
  return {
    records,
    times: order.map(index => times[index]!),
    ticks: records.map(tickOf),
    origin,
    last,
    habits: serviceHabits(records),
  };
}

function stampsOf(input: readonly LogRecord[], offsets?: ReadonlyMap<string, Nanos>): (bigint | null)[] {
  if (!offsets || offsets.size === 0) return input.map(({ time }) => time?.at ?? null);
  const offsetOf = offsetsOf(input, offsets);
  return input.map(({ time }, index) => time && time.at - BigInt(offsetOf(index) ?? 0));
}

/** Stamps relative to the earliest time any record speaks of. Only the earliest stamp is dealt with as a bigint: they are slow. */
function relativeTimes(input: readonly LogRecord[], stamps: readonly (bigint | null)[]) {
  let earliest: bigint | null = null;
  for (const at of stamps) if (at !== null && (earliest === null || at < earliest)) earliest = at;
  const base = earliest;
  if (base === null) return { times: stamps.map(() => null), origin: null, last: null };
  const times = stamps.map(at => (at === null ? null : nanos(Number(at - base))));
  let from = 0;
  let to = 0;
  input.forEach(({ duration, timeIs }, index) => {
    const at = times[index]!;
    if (at === null) return;
    const before = duration !== null && timeIs === 'end' ? duration : 0;
    const after = duration !== null && timeIs === 'start' ? duration : 0;
    if (at - before < from) from = at - before;
    if (at + after > to) to = at + after;
  });
  return {
    times: from === 0 ? times : times.map(at => (at === null ? null : nanos(at - from))),
    origin: epochNanos(base + BigInt(from)),
    last: nanos(to - from),
  };
}

/** What one unit of the last digit stands for, by the number of digits after the second. */
const units = Array.from({ length: 10 }, (_, digits) => nanos(10 ** (9 - digits)));

const tickOf = ({ time }: LogRecord): Nanos => units[Math.min(time?.digits ?? 9, 9)]!;

/** Places of the input in the order of time, then log, then line. Mostly they are in order already. */
function inOrder(input: readonly LogRecord[], times: Float64Array): number[] {
  const compare = (a: number, b: number) => times[a]! - times[b]! || compareLocations(input[a]!, input[b]!);
  const order = Array.from(input.keys());
  const isOrdered = order.every(at => at === 0 || compare(at - 1, at) <= 0);
  return isOrdered ? order : order.sort(compare);
}

const compareLocations = ({ location: a }: LogRecord, { location: b }: LogRecord): number =>
  compareText(logOf(a), logOf(b)) || compareInLog(a, b);

/** A record without a stamp stands behind the stamped one before it in its source: the file's order is all there is. */
function carryTimes(input: readonly LogRecord[], times: readonly (Nanos | null)[]): Float64Array {
  const keys = new Float64Array(times.length);
  let isWhole = true;
  times.forEach((time, index) => {
    keys[index] = time ?? 0;
    if (time === null) isWhole = false;
  });
  if (isWhole) return keys;
  const byLog = groupBy(input.keys(), index => logOf(input[index]!.location));
  for (const list of byLog.values()) {
    list.sort((a, b) => compareInLog(input[a]!.location, input[b]!.location));
    let carried = list.map(index => times[index]!).find(time => time !== null) ?? 0;
    for (const index of list) {
      carried = times[index] ?? carried;
      keys[index] = carried;
    }
  }
  return keys;
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
