import { append } from '../base/groupBy';
import type { LogRecord } from '../model/logRecord';
import { type EpochNanos, epochNanos, type Nanos, nanos } from '../model/units';

/** Records in the order of raw time, then source, then line, with times relative to the earliest. */
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

const startOf = (record: LogRecord): bigint =>
  record.time!.at - (record.duration !== null && record.timeIs === 'end' ? BigInt(record.duration) : 0n);

const endOf = (record: LogRecord): bigint =>
  record.time!.at + (record.duration !== null && record.timeIs === 'start' ? BigInt(record.duration) : 0n);

export function orderRecords(input: readonly LogRecord[]): OrderedRecords {
  const timed = input.filter(record => record.time !== null);
  let origin: bigint | null = null;
  let last: bigint | null = null;
  for (const record of timed) {
    const start = startOf(record);
    const end = endOf(record);
    if (origin === null || start < origin) origin = start;
    if (last === null || end > last) last = end;
  }

  const relative = new Map<LogRecord, number | null>();
  for (const record of input) {
    relative.set(record, record.time === null || origin === null ? null : Number(record.time.at - origin));
  }
  const sortKeys = carryTimes(input, relative);
  const records = [...input].sort(
    (a, b) =>
      sortKeys.get(a)! - sortKeys.get(b)! ||
      compareText(a.location.source, b.location.source) ||
      a.location.byteStart - b.location.byteStart,
  );
  return {
    records,
    times: records.map(record => relative.get(record) as Nanos | null),
    ticks: records.map(record => nanos(10 ** (9 - Math.min(9, record.time?.digits ?? 9)))),
    origin: origin === null ? null : epochNanos(origin),
    last: origin === null || last === null ? null : nanos(Number(last - origin)),
  };
}

/** A record without a stamp stands behind the stamped one before it in its source: the file's order is all there is. */
function carryTimes(
  input: readonly LogRecord[],
  relative: ReadonlyMap<LogRecord, number | null>,
): Map<LogRecord, number> {
  const bySource = new Map<string, LogRecord[]>();
  for (const record of input) {
    append(bySource, record.location.source, record);
  }
  const keys = new Map<LogRecord, number>();
  for (const list of bySource.values()) {
    list.sort((a, b) => a.location.byteStart - b.location.byteStart);
    let carried = list.map(record => relative.get(record)).find(time => time != null) ?? 0;
    for (const record of list) {
      carried = relative.get(record) ?? carried;
      keys.set(record, carried);
    }
  }
  return keys;
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
