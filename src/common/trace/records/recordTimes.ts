import type { LogRecord } from '../../model/logRecord';
import { type EpochNanos, epochNanos, type Nanos, nanos } from '../../model/units';
import { offsetsOf } from '../clocks/clocks';
import { float32Column, float64Column } from '../columns';
import { dateless, timeless, zoneless } from './recordSigns';

/** What records say of time, by their places. */
export interface RecordTimes {
  /** ns since `origin`; NaN where a record has none. */
  stamps: Float64Array;
  /** What one unit of the stamp's last digit stands for, ns: powers of ten up to 10⁹, which four bytes hold exactly. */
  ticks: Float32Array;
  /** The duration that each record states, ns; NaN where it states none. `null` where none does. */
  durations: Float64Array | null;
  /** The earliest time any record speaks of: its stamp, or the start of its stated duration. */
  origin: EpochNanos | null;
  /** Latest time any record speaks of, relative to `origin`. */
  last: Nanos | null;
}

/** What one unit of the last digit stands for, by the number of digits after the second. */
const units = Array.from({ length: 10 }, (_, digits) => 10 ** (9 - digits));

/**
 * Reads the times of records one after another.
 *
 * @param offsets how far the clocks of hosts are ahead, ns: taken off their stamps, not off the records' own times
 */
export function timeReader(input: readonly LogRecord[], offsets?: ReadonlyMap<string, Nanos>) {
  const offsetOf = offsets && offsets.size > 0 ? offsetsOf(input, offsets) : () => null;
  const stamps = float64Column(input.length).fill(Number.NaN);
  const ticks = float32Column(input.length).fill(1);
  let durations: Float64Array | null = null;
  // Counted from the earliest stamp, spans are exact for longest. Mostly it is the first one.
  let base = input.find(({ time }) => time !== null)?.time?.at ?? null;
  let earliest = base;
  let far = (base ?? 0n) + 2n ** 62n;
  /** From and to, ns since `base`: in a column, since a number that a function keeps is an object anew each time it is set. */
  const extent = new Float64Array(2);
  const clear = () => extent.set([Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]);
  clear();

  /** @returns what the record does not say of time, as bits of `RecordSigns` */
  function read({ time, duration, timeIs }: LogRecord, index: number): number {
    if (duration !== null) {
      durations ??= float64Column(input.length).fill(Number.NaN);
      durations[index] = duration;
    }
    if (time === null || base === null || earliest === null) return timeless;
    const { at, digits, zoneAssumed, dateAssumed } = time;
    if (at < earliest) earliest = at;
    const stamp = (at < far ? nearDifference(at, base) : Number(at - base)) - (offsetOf(index) ?? 0);
    stamps[index] = stamp;
    ticks[index] = units[Math.min(digits, 9)]!;
    extent[0] = Math.min(extent[0]!, duration !== null && timeIs === 'end' ? stamp - duration : stamp);
    extent[1] = Math.max(extent[1]!, duration !== null && timeIs === 'start' ? stamp + duration : stamp);
    return (zoneAssumed ? zoneless : 0) | (dateAssumed ? dateless : 0);
  }

  /** Once all are read. */
  function times(): RecordTimes {
    if (base === null || earliest === null) return { stamps, ticks, durations, origin: null, last: null };
    if (earliest < base) {
      base = earliest;
      far = base + 2n ** 62n;
      clear();
      for (let index = 0; index < input.length; index++) read(input[index]!, index);
    }
    const [from, to] = [extent[0]!, extent[1]!];
    if (from !== 0) for (let index = 0; index < stamps.length; index++) stamps[index]! -= from;
    return { stamps, ticks, durations, origin: epochNanos(base + BigInt(from)), last: nanos(to - from) };
  }
  return { read, times };
}

/** A bigint of a difference is an object for each record, unless it goes right into 64 bits. */
const difference = new BigInt64Array(1);
const [low, high] = [new Uint32Array(difference.buffer, 0, 1), new Int32Array(difference.buffer, 4, 1)];

/** `at − base`, which is less than 2^63 either way. */
function nearDifference(at: bigint, base: bigint): number {
  difference[0] = at - base;
  return high[0]! * 2 ** 32 + low[0]!;
}
