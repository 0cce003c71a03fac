import { groupBy } from '../base/groupBy';
import { compareInLog, type LogRecord, logOf } from '../model/logRecord';
import { type EpochNanos, epochNanos, type Nanos, nanos } from '../model/units';
import { offsetsOf } from './clocks';
import { type Lanes, lanesOf } from './lanes';
import { type RecordSigns, recordSigns } from './recordSigns';
import { type ServiceHabits, serviceHabits } from './serviceHabits';

/** Records in the order of raw time, then log, then line, with what the rules ask of them as columns by their index. */
export interface OrderedRecords {
  records: LogRecord[];
  /** The stamp of each record, ns since `origin`; NaN where it has none. */
  stamps: Float64Array;
  /** What one unit of the stamp's last digit stands for, ns. */
  ticks: Float64Array;
  /** See {@link recordSigns}. */
  signs: RecordSigns;
  lanes: Lanes;
  /** The earliest time any record speaks of: its stamp, or the start of its stated duration. */
  origin: EpochNanos | null;
  /** Latest time any record speaks of, relative to `origin`. */
  last: Nanos | null;
  habits: ServiceHabits;
}

/** @param offsets how far the clocks of hosts are ahead, ns: taken off their stamps, not off the records' own times */
export function orderRecords(input: readonly LogRecord[], offsets?: ReadonlyMap<string, Nanos>): OrderedRecords {
  const { stamps, origin, last } = relativeStamps(input, offsets);
  const order = inOrder(input, carryStamps(input, stamps));
  const records = new Array<LogRecord>(order.length);
  const ordered = new Float64Array(order.length);
  const ticks = new Float64Array(order.length);
  for (let at = 0; at < order.length; at++) {
    const record = input[order[at]!]!;
    records[at] = record;
    ordered[at] = stamps[order[at]!]!;
    ticks[at] = units[Math.min(record.time?.digits ?? 9, 9)]!;
  }
  const signs = recordSigns(records);
  const lanes = lanesOf(records);
  return { records, stamps: ordered, ticks, signs, lanes, origin, last, habits: serviceHabits(signs, lanes) };
}

/** The stamp of a record; `null` where it has none. */
export function stampOf({ stamps }: OrderedRecords, index: number | undefined): number | null {
  if (index === undefined) return null;
  const stamp = stamps[index];
  return stamp === undefined || Number.isNaN(stamp) ? null : stamp;
}

/** Stamps relative to the earliest time any record speaks of; NaN where a record has none. */
function relativeStamps(input: readonly LogRecord[], offsets: ReadonlyMap<string, Nanos> | undefined) {
  const stamps = new Float64Array(input.length).fill(Number.NaN);
  const offsetOf = offsets && offsets.size > 0 ? offsetsOf(input, offsets) : () => null;
  let base: bigint | null = null;
  for (const { time } of input) if (time !== null && (base === null || time.at < base)) base = time.at;
  if (base === null) return { stamps, origin: null, last: null };
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < input.length; index++) {
    const { time, duration, timeIs } = input[index]!;
    if (time === null) continue;
    const stamp = Number(time.at - base) - (offsetOf(index) ?? 0);
    stamps[index] = stamp;
    from = Math.min(from, duration !== null && timeIs === 'end' ? stamp - duration : stamp);
    to = Math.max(to, duration !== null && timeIs === 'start' ? stamp + duration : stamp);
  }
  if (from !== 0) for (let index = 0; index < stamps.length; index++) stamps[index]! -= from;
  return { stamps, origin: epochNanos(base + BigInt(from)), last: nanos(to - from) };
}

/** What one unit of the last digit stands for, by the number of digits after the second. */
const units = Array.from({ length: 10 }, (_, digits) => 10 ** (9 - digits));

/** Places of the input in the order of time, then log, then line. Mostly they are in order already. */
function inOrder(input: readonly LogRecord[], keys: Float64Array): number[] {
  const compare = (a: number, b: number) => keys[a]! - keys[b]! || compareLocations(input[a]!, input[b]!);
  const order = new Array<number>(input.length);
  let isOrdered = true;
  for (let at = 0; at < order.length; at++) {
    order[at] = at;
    if (at > 0 && isOrdered && compare(at - 1, at) > 0) isOrdered = false;
  }
  return isOrdered ? order : order.sort(compare);
}

const compareLocations = ({ location: a }: LogRecord, { location: b }: LogRecord): number =>
  compareText(logOf(a), logOf(b)) || compareInLog(a, b);

/** A record without a stamp stands behind the stamped one before it in its source: the file's order is all there is. */
function carryStamps(input: readonly LogRecord[], stamps: Float64Array): Float64Array {
  if (!stamps.some(Number.isNaN)) return stamps;
  const keys = stamps.slice();
  const byLog = groupBy(input.keys(), index => logOf(input[index]!.location));
  for (const list of byLog.values()) {
    list.sort((a, b) => compareInLog(input[a]!.location, input[b]!.location));
    const first = list.find(index => !Number.isNaN(stamps[index]!));
    let carried = first === undefined ? 0 : stamps[first]!;
    for (const index of list) {
      if (Number.isNaN(stamps[index]!)) keys[index] = carried;
      else carried = stamps[index]!;
    }
  }
  return keys;
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
