import { groupBy } from '../base/groupBy';
import { compareInLog, type LogRecord, logOf, type RecordTime } from '../model/logRecord';
import { type EpochNanos, epochNanos, type Nanos, nanos } from '../model/units';

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
}

const startOf = ({ time, duration, timeIs }: LogRecord): bigint =>
  duration !== null && timeIs === 'end' ? time!.at - BigInt(duration) : time!.at;

const endOf = ({ time, duration, timeIs }: LogRecord): bigint =>
  duration !== null && timeIs === 'start' ? time!.at + BigInt(duration) : time!.at;

export function orderRecords(input: readonly LogRecord[]): OrderedRecords {
  let origin: bigint | null = null;
  let last: bigint | null = null;
  for (const record of input) {
    if (record.time === null) continue;
    const start = startOf(record);
    const end = endOf(record);
    if (origin === null || start < origin) origin = start;
    if (last === null || end > last) last = end;
  }

  const times = input.map(({ time }) => (time === null || origin === null ? null : nanos(Number(time.at - origin))));
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
  };
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
