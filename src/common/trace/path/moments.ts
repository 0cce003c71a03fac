import { type Buckets, bucketsOf } from '../buckets';
import { float64Column, int32Column } from '../columns';

/** Hops of chains between moments of steps, as columns: hop `n` leads from `from[n]` to `to[n]` and takes `length[n]` ns. */
export interface Hops {
  from: Int32Array;
  to: Int32Array;
  length: Float64Array;
}

export interface ChainGraph {
  /** Moments in causal order: hops lead from a lower to a higher number. */
  size: number;
  hops: Hops;
  /** Hops by the moment that they lead from. */
  leaving: Buckets;
  /** Index of the step whose entry a moment is (every chain through a step passes it); −1 for others (exits, ends of what is enclosed). */
  stepAt: Int32Array;
  /** When moments that nothing precedes happen, relative to the path's start. */
  roots: { at: number; offset: number }[];
  /** The moment at which a step lets go, by its index; −1 where it has no time. */
  exitOf(step: number): number;
}

/** Numbers moments as they are named and puts them into causal order at the end. */
export class Moments {
  /** By step the number of its moment of each kind; −1 where it is not named. */
  readonly entry: Int32Array;
  readonly exit: Int32Array;
  readonly ended: Int32Array;
  private readonly hops: Hops;
  private hopCount = 0;
  private count = 0;

  /** @param mostHops as many as there can be */
  constructor(steps: number, mostHops: number) {
    this.hops = { from: int32Column(mostHops), to: int32Column(mostHops), length: float64Column(mostHops) };
    this.entry = int32Column(steps).fill(-1);
    this.exit = int32Column(steps).fill(-1);
    this.ended = int32Column(steps).fill(-1);
  }

  /** @param numbers the column of the kind of moment */
  of(numbers: Int32Array, step: number): number {
    if (numbers[step] === -1) numbers[step] = this.count++;
    return numbers[step]!;
  }

  hop(from: number, to: number, length: number): void {
    const { hops } = this;
    const hop = this.hopCount++;
    hops.from[hop] = from;
    hops.to[hop] = to;
    hops.length[hop] = length;
  }

  /** Kahn's algorithm; hops that close a loop (skewed clocks inside an encloser) are left out. */
  inCausalOrder(roots: { at: number; offset: number }[], exit: (step: number) => number): ChainGraph {
    const { count } = this;
    const hops = firstOf(this.hops, this.hopCount);
    const place = causalPlaces(hops, count);
    let keptCount = 0;
    for (let hop = 0; hop < hops.from.length; hop++) {
      const from = place[hops.from[hop]!]!;
      const to = place[hops.to[hop]!]!;
      if (from >= to) continue;
      hops.from[keptCount] = from;
      hops.to[keptCount] = to;
      hops.length[keptCount++] = hops.length[hop]!;
    }
    const kept = firstOf(hops, keptCount);
    const { entry } = this;
    const stepAt = int32Column(count).fill(-1);
    for (let step = 0; step < entry.length; step++) if (entry[step] !== -1) stepAt[place[entry[step]!]!] = step;
    return {
      size: count,
      hops: kept,
      leaving: bucketsOf(kept.from, count),
      stepAt,
      roots: roots.map(({ at, offset }) => ({ at: place[at]!, offset })),
      exitOf: step => place[exit(step)] ?? -1,
    };
  }
}

const firstOf = ({ from, to, length }: Hops, count: number): Hops => ({
  from: from.subarray(0, count),
  to: to.subarray(0, count),
  length: length.subarray(0, count),
});

/** By moment its place in causal order; members of a loop stand last. */
function causalPlaces({ from, to }: Hops, count: number): Int32Array {
  const open = int32Column(count);
  for (let hop = 0; hop < to.length; hop++) open[to[hop]!]!++;
  const { first, places } = bucketsOf(from, count);
  const place = int32Column(count).fill(-1);
  const queue = int32Column(count);
  let queued = 0;
  for (let moment = 0; moment < count; moment++) if (open[moment] === 0) queue[queued++] = moment;
  for (let taken = 0; taken < queued; taken++) {
    const moment = queue[taken]!;
    place[moment] = taken;
    for (let at = first[moment]!; at < first[moment + 1]!; at++) {
      const next = to[places[at]!]!;
      if (--open[next]! === 0) queue[queued++] = next;
    }
  }
  for (let moment = 0; moment < count; moment++) if (place[moment] === -1) place[moment] = queued++;
  return place;
}
