import { groupBy } from '../base/groupBy';
import { compareInLog, type LogRecord, logOf, type RecordTime } from '../model/logRecord';
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

const startOf = ({ duration, timeIs }: LogRecord, at: bigint): bigint =>
  duration !== null && timeIs === 'end' ? at - BigInt(duration) : at;

const endOf = ({ duration, timeIs }: LogRecord, at: bigint): bigint =>
  duration !== null && timeIs === 'start' ? at + BigInt(duration) : at;

/** @param offsets how far the clocks of hosts are ahead, ns: taken off their stamps, not off the records' own times */
export function orderRecords(input: readonly LogRecord[], offsets?: ReadonlyMap<string, Nanos>): OrderedRecords {
  const stamps = stampsOf(input, offsets);
  let origin: bigint | null = null;
  let last: bigint | null = null;
  input.forEach((record, index) => {
    const at = stamps[index];
    if (at == null) return;
    const start = startOf(record, at);
    const end = endOf(record, at);
    if (origin === null || start < origin) origin = start;
    if (last === null || end > last) last = end;
  });

  const times = stamps.map(at => (at === null || origin === null ? null : nanos(Number(at - origin))));
  const sortKeys = carryTimes(input, times);
  const order = input.map((_, index) => index);
  order.sort((a, b) => {
    const [one, other] = [input[a]!.location, input[b]!.location];
    return sortKeys[a]! - sortKeys[b]! || compareText(logOf(one), logOf(other)) || compareInLog(one, other);
  });
  const records = order.map(index => input[index]!);
  return {
    records,
    times: order.map(index => times[index]!),
    ticks: records.map(record => tickOf(record.time)),
    origin: origin === null ? null : epochNanos(origin),
    last: origin === null || last === null ? null : nanos(Number(last - origin)),
    habits: serviceHabits(records),
  };
}

function stampsOf(input: readonly LogRecord[], offsets?: ReadonlyMap<string, Nanos>): (bigint | null)[] {
  if (!offsets || offsets.size === 0) return input.map(({ time }) => time?.at ?? null);
  const offsetOf = offsetsOf(input, offsets);
  return input.map(({ time }, index) => time && time.at - BigInt(offsetOf(index) ?? 0));
}

const tickOf = (time: RecordTime | null): Nanos =>
  nanos(time === null || time.digits >= 9 ? 1 : 10 ** (9 - time.digits));

/** A record without a stamp stands behind the stamped one before it in its source: the file's order is all there is. */
function carryTimes(input: readonly LogRecord[], times: readonly (Nanos | null)[]): Float64Array {
  const keys = Float64Array.from(times, time => time ?? 0);
  if (!times.includes(null)) return keys;
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
