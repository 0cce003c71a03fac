import { groupBy } from '../../base/groupBy';
import { mergeSort } from '../../base/mergeSort';
import { compareInLog, type LogRecord, logOf } from '../../model/logRecord';
import type { EpochNanos, Nanos } from '../../model/units';
import { float32Column, float64Column, int32Column } from '../columns';
import { type Callee, calleeReader } from './callees';
import { type Lanes, laneReader } from './lanes';
import { renumber } from './numbered';
import { counts, hints, type RecordSigns, signReader, timeless } from './recordSigns';
import { timeReader } from './recordTimes';
import { type Repeated, repeatedReader } from './repeated';
import { type ServiceHabits, serviceHabits } from './serviceHabits';
import { renumberIds, type StepIds, stepIdReader } from './stepIds';

/** Records in the order of raw time, then log, then line, with what the rules ask of them as columns by their index. */
export interface OrderedRecords {
  records: LogRecord[];
  /** The stamp of each record, ns since `origin`; NaN where it has none. */
  stamps: Float64Array;
  /** What one unit of the stamp's last digit stands for, ns. */
  ticks: Float32Array;
  /** The duration that each record states, ns; `null` where none does. */
  durations: Float64Array | null;
  /** See {@link signReader}. */
  signs: RecordSigns;
  lanes: Lanes;
  stepIds: StepIds;
  /** What records call the work that they are of. */
  types: Repeated;
  threads: Repeated;
  /** By record whom it says that it calls; `null` where none calls anybody, or where nobody asks. */
  callees: (Callee | null)[] | null;
  /** The earliest time any record speaks of: its stamp, or the start of its stated duration. */
  origin: EpochNanos | null;
  /** Latest time any record speaks of, relative to `origin`. */
  last: Nanos | null;
  habits: ServiceHabits;
}

/**
 * @param asksCallees whether it matters whom records call
 * @param offsets how far the clocks of hosts are ahead, ns: taken off their stamps, not off the records' own times
 */
export function orderRecords(
  input: readonly LogRecord[],
  asksCallees: boolean,
  offsets?: ReadonlyMap<string, Nanos>,
): OrderedRecords {
  const read = readRecords(input, asksCallees, offsets);
  const { signs, lanes, stepIds, types, threads, times } = read;
  const ascending = (signs.any & timeless) === 0 ? times.stamps : carryStamps(input, times.stamps);
  const order = orderOf(input, ascending, read.isByLocation);
  const inOrder = order && reordered(input, read, order);
  const orderedSigns = inOrder?.signs ?? signs;
  const orderedLanes = order ? renumber(lanes, order) : lanes;
  // One literal: what spreads make has no lasting shape, and code that is compiled for it is thrown away with the last one.
  return {
    records: inOrder?.records ?? [...input],
    stamps: inOrder?.stamps ?? times.stamps,
    ticks: inOrder?.ticks ?? times.ticks,
    durations: inOrder?.durations ?? times.durations,
    signs: orderedSigns,
    lanes: orderedLanes,
    stepIds: order ? renumberIds(stepIds, order) : stepIds,
    types: inOrder?.types ?? types,
    threads: inOrder?.threads ?? threads,
    callees: inOrder?.callees ?? read.callees,
    origin: times.origin,
    last: times.last,
    habits: serviceHabits(orderedSigns, orderedLanes),
  };
}

/**
 * All that the rules ask of every record, in one pass in the order of the input, which is mostly that of memory: to fetch a
 * record from there takes longer than to sort.
 */
function readRecords(
  input: readonly LogRecord[],
  asksCallees: boolean,
  offsets: ReadonlyMap<string, Nanos> | undefined,
) {
  const time = timeReader(input, offsets);
  const sign = signReader(input.length, input[0]);
  const lane = laneReader(input.length);
  const stepId = stepIdReader(input.length);
  const type = repeatedReader(input.length);
  const thread = repeatedReader(input.length);
  const callee = calleeReader(input.length);
  /** Whether records come log by log, the lines of each in order: then their places tell as much. */
  let isByLocation = true;
  for (let at = 0; at < input.length; at++) {
    const record = input[at]!;
    if (isByLocation && at > 0) isByLocation = compareLocations(input[at - 1]!, record) <= 0;
    sign.read(record, at, time.read(record, at));
    lane.read(record, at);
    stepId.read(record, at);
    type.read(record.stepType, at);
    thread.read(record.thread, at);
    if (asksCallees) callee.read(record, at, (sign.signs.of[at]! & hints) !== 0);
  }
  return {
    times: time.times(),
    signs: sign.signs,
    lanes: lane.lanes,
    stepIds: stepId.stepIds(),
    types: type.repeated,
    threads: thread.repeated,
    callees: callee.callees(),
    isByLocation,
  };
}

/** @param order by place in the order of the log the place in that of the input */
function reordered(
  input: readonly LogRecord[],
  { times, signs: { of, any }, types, threads, callees }: ReturnType<typeof readRecords>,
  order: Int32Array,
) {
  const count = order.length;
  const records = new Array<LogRecord>(count);
  const stamps = float64Column(count);
  const ticks = float32Column(count);
  const signs = int32Column(count);
  const typeOf = int32Column(count);
  const threadOf = int32Column(count);
  const durations = times.durations && float64Column(count);
  const calleeOf = callees && new Array<Callee | null>(count);
  for (let at = 0; at < count; at++) {
    const place = order[at]!;
    records[at] = input[place]!;
    stamps[at] = times.stamps[place]!;
    ticks[at] = times.ticks[place]!;
    signs[at] = of[place]!;
    typeOf[at] = types.of[place]!;
    threadOf[at] = threads.of[place]!;
    if (durations !== null) durations[at] = times.durations![place]!;
    if (calleeOf !== null) calleeOf[at] = callees![place]!;
  }
  return {
    records,
    stamps,
    ticks,
    durations,
    signs: { of: signs, any },
    types: { list: types.list, of: typeOf },
    threads: { list: threads.list, of: threadOf },
    callees: calleeOf,
  };
}

/** The stamp of a record; `null` where it has none. */
export function stampOf({ stamps }: OrderedRecords, index: number | undefined): number | null {
  if (index === undefined) return null;
  const stamp = stamps[index];
  return stamp === undefined || Number.isNaN(stamp) ? null : stamp;
}

/** Which attempt at its step a record counts itself to: the first where it does not count. */
export const attemptAt = ({ records, signs }: OrderedRecords, index: number): number =>
  (signs.of[index]! & counts) === 0 ? 1 : records[index]!.attempt!;

/** Places of the input in the order of time, then log, then line; `null` where they are in order already: mostly. */
function orderOf(input: readonly LogRecord[], keys: Float64Array, isByLocation: boolean): Int32Array | null {
  // Many stamps are equal; to fetch two records for each such pair takes longer than the whole sort.
  const compare = isByLocation
    ? (a: number, b: number) => keys[a]! - keys[b]! || a - b
    : (a: number, b: number) => keys[a]! - keys[b]! || compareLocations(input[a]!, input[b]!);
  let inOrder = 1;
  while (inOrder < input.length && compare(inOrder - 1, inOrder) <= 0) inOrder++;
  if (inOrder >= input.length) return null;
  const order = int32Column(input.length);
  for (let at = 0; at < order.length; at++) order[at] = at;
  mergeSort(order, compare);
  return order;
}

const compareLocations = ({ location: a }: LogRecord, { location: b }: LogRecord): number =>
  compareText(logOf(a), logOf(b)) || compareInLog(a, b);

/** A record without a stamp stands behind the stamped one before it in its source: the file's order is all there is. */
function carryStamps(input: readonly LogRecord[], stamps: Float64Array): Float64Array {
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
