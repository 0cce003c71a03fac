import type { TimeWindow } from './timeWindow';

/** A stretch of idle time that has less room on the axis than its length: times, and its places on the axis. */
export interface Break extends TimeWindow {
  from: number;
  to: number;
}

/**
 * Where the moments of a trace are on its axis. A place is in ms from the axis' start: a ms of the axis is a ms of time,
 * except within a break. The order of moments is kept, and each place stands for one moment.
 */
export interface TimeMap {
  wholeMs: number;
  /** Of the axis: `wholeMs` where nothing is compressed. */
  length: number;
  /** In time order; none touches another or an end. */
  breaks: readonly Break[];
  placeOf(ms: number): number;
  timeAt(place: number): number;
}

/** Shares of the time that is not compressed: the room of one break, of all, and what of a gap is kept at both ends. */
const breakShare = 0.08;
const allBreaks = 0.5;
const marginShare = 0.01;

/** As short as anything is that has a length: less is a rounding error. */
const leastMs = 0.001;

/** @param gaps idle time to compress, in time order, as `idleTime` picks it; without any the axis is time itself */
export function timeMap(wholeMs: number, gaps: readonly TimeWindow[] = []): TimeMap {
  if (gaps.length === 0) {
    const same = (at: number) => at;
    return { wholeMs, length: wholeMs, breaks: [], placeOf: same, timeAt: same };
  }
  const lengths = gaps.map(({ fromMs, toMs }) => toMs - fromMs);
  const rest = wholeMs - lengths.reduce((a, b) => a + b, 0);
  // Where only moments are left, the shortest gap gives the measure.
  const measure = rest >= leastMs ? rest : lengths.reduce((a, b) => Math.min(a, b)) / 2;
  const room = Math.min(breakShare, allBreaks / gaps.length) * measure;
  const margin = marginShare * measure;
  const times = [0];
  const places = [0];
  const breaks = gaps.map(gap => {
    const [fromMs, toMs] = [gap.fromMs + margin, gap.toMs - margin];
    const from = places.at(-1)! + (fromMs - times.at(-1)!);
    times.push(fromMs, toMs);
    places.push(from, from + room);
    return { fromMs, toMs, from, to: from + room };
  });
  const length = places.at(-1)! + (wholeMs - times.at(-1)!);
  times.push(wholeMs);
  places.push(length);
  return {
    wholeMs,
    length,
    breaks,
    placeOf: ms => along(times, places, ms),
    timeAt: place => along(places, times, place),
  };
}

/** From one scale to the other, which is linear between the points that both have; as it is beyond their ends. */
function along(from: readonly number[], to: readonly number[], at: number): number {
  const last = from.length - 1;
  if (at <= 0) return at;
  if (at >= from[last]!) return to[last]! + (at - from[last]!);
  let [low, high] = [0, last];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (from[middle]! <= at) low = middle;
    else high = middle;
  }
  const [fromLength, toLength] = [from[high]! - from[low]!, to[high]! - to[low]!];
  // Within a break or not: the points come in pairs. Time that is not compressed is not multiplied, so not rounded.
  const further = low % 2 === 1 ? ((at - from[low]!) / fromLength) * toLength : at - from[low]!;
  return Math.min(to[high]!, to[low]! + further);
}

/** A stretch of time, as one of the axis. */
export const toPlaces = ({ placeOf }: TimeMap, { fromMs, toMs }: TimeWindow): TimeWindow => ({
  fromMs: placeOf(fromMs),
  toMs: placeOf(toMs),
});

/** A stretch of the axis, as one of time. */
export const toTimes = ({ timeAt }: TimeMap, { fromMs, toMs }: TimeWindow): TimeWindow => ({
  fromMs: timeAt(fromMs),
  toMs: timeAt(toMs),
});

/** The parts of a stretch of time that are not compressed, in order. */
export function evenStretches({ breaks }: TimeMap, { fromMs, toMs }: TimeWindow): TimeWindow[] {
  const starts = [fromMs, ...breaks.map(({ toMs }) => Math.max(fromMs, toMs))];
  const ends = [...breaks.map(({ fromMs }) => Math.min(toMs, fromMs)), toMs];
  return starts.flatMap((from, index) => (ends[index]! >= from ? { fromMs: from, toMs: ends[index]! } : []));
}
