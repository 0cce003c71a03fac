import type { LogRecord } from '../model/logRecord';
import { type EpochNanos, epochNanos, type Nanos, nanos } from '../model/units';
import { offsetsOf } from './clocks';
import { float32Column, float64Column, int32Column } from './columns';
import { dateless, timeless, zoneless } from './recordSigns';

/** What records say of time, by their places. */
export interface RecordTimes {
  /** ns since `origin`; NaN where a record has none. */
  stamps: Float64Array;
  /** What one unit of the stamp's last digit stands for, ns: powers of ten up to 10⁹, which four bytes hold exactly. */
  ticks: Float32Array;
  /** What they do not say, as bits of `RecordSigns`. */
  lacks: Int32Array;
  /** The earliest time any record speaks of: its stamp, or the start of its stated duration. */
  origin: EpochNanos | null;
  /** Latest time any record speaks of, relative to `origin`. */
  last: Nanos | null;
}

/** What one unit of the last digit stands for, by the number of digits after the second. */
const units = Array.from({ length: 10 }, (_, digits) => 10 ** (9 - digits));

/** @param offsets how far the clocks of hosts are ahead, ns: taken off their stamps, not off the records' own times */
export function recordTimes(input: readonly LogRecord[], offsets?: ReadonlyMap<string, Nanos>): RecordTimes {
  const offsetOf = offsets && offsets.size > 0 ? offsetsOf(input, offsets) : () => null;
  const first = input.find(({ time }) => time !== null)?.time?.at ?? null;
  return timesSince(first, input, offsetOf);
}

function timesSince(
  base: EpochNanos | null,
  input: readonly LogRecord[],
  offsetOf: (index: number) => Nanos | null,
): RecordTimes {
  const stamps = float64Column(input.length).fill(Number.NaN);
  const ticks = float32Column(input.length).fill(1);
  const lacks = int32Column(input.length);
  const far = (base ?? 0n) + 2n ** 62n;
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < input.length; index++) {
    const { time, duration, timeIs } = input[index]!;
    if (time === null || base === null) {
      lacks[index] = timeless;
      continue;
    }
    const { at, digits, zoneAssumed, dateAssumed } = time;
    // Counted from the earliest stamp, spans are exact for longest. Mostly it is the first one.
    if (at < base) return timesSince(earliestStamp(input), input, offsetOf);
    const stamp = (at < far ? nearDifference(at, base) : Number(at - base)) - (offsetOf(index) ?? 0);
    stamps[index] = stamp;
    ticks[index] = units[Math.min(digits, 9)]!;
    if (zoneAssumed) lacks[index]! |= zoneless;
    if (dateAssumed) lacks[index]! |= dateless;
    from = Math.min(from, duration !== null && timeIs === 'end' ? stamp - duration : stamp);
    to = Math.max(to, duration !== null && timeIs === 'start' ? stamp + duration : stamp);
  }
  if (base === null) return { stamps, ticks, lacks, origin: null, last: null };
  if (from !== 0) for (let index = 0; index < stamps.length; index++) stamps[index]! -= from;
  return { stamps, ticks, lacks, origin: epochNanos(base + BigInt(from)), last: nanos(to - from) };
}

/** A bigint of a difference is an object for each record, unless it goes right into 64 bits. */
const difference = new BigInt64Array(1);
const [low, high] = [new Uint32Array(difference.buffer, 0, 1), new Int32Array(difference.buffer, 4, 1)];

/** `at − base`, which is less than 2^63. */
function nearDifference(at: bigint, base: bigint): number {
  difference[0] = at - base;
  return high[0]! * 2 ** 32 + low[0]!;
}

function earliestStamp(input: readonly LogRecord[]): EpochNanos | null {
  let earliest: EpochNanos | null = null;
  for (const { time } of input) if (time !== null && (earliest === null || time.at < earliest)) earliest = time.at;
  return earliest;
}
