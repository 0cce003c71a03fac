import { releaseOf } from './binding';
import { type Buckets, bucketsOf } from './buckets';
import type { PathWalk } from './criticalPath';
import type { OrderedRecords } from './orderRecords';
import { lastSign, type StepDraft } from './stepDraft';

/** Hops of chains between moments of steps, as columns: hop `n` leads from `from[n]` to `to[n]` and takes `length[n]` ns. */
export interface Hops {
  from: number[];
  to: number[];
  length: number[];
}

export interface ChainGraph {
  /** Moments in causal order: hops lead from a lower to a higher number. */
  size: number;
  hops: Hops;
  /** Hops by the moment that they lead from. */
  leaving: Buckets;
  /** By a step's index: the moment at which it is entered, every chain through it passes it; −1 where it has no time. */
  entryOf: Int32Array;
  /** Index of the step whose entry a moment is; −1 for others (exits, ends of what is enclosed). */
  stepAt: Int32Array;
  /** When moments that nothing precedes happen, relative to the path's start. */
  roots: { at: number; offset: number }[];
  /** The moment at which a step lets go; −1 where it has no time. */
  exitOf(step: StepDraft): number;
}

/**
 * What must happen before what, as observed: a step is entered a lag after the previous step that it waited for had let
 * go, and every hop into a moment carries that same lag. Inside an encloser a child follows whatever had ended before
 * it began; the moments `ended`, one a child in the order of their ends, keep that linear.
 *
 * @param drafts all steps in causal order
 */
export function chainGraph(drafts: readonly StepDraft[], { own, from }: PathWalk, ordered: OrderedRecords): ChainGraph {
  const timed = drafts.filter(step => step.entry !== null);
  const enclosers = timed.map(timedEncloser);
  const enclosed = bucketsOf(
    enclosers.map(encloser => encloser?.index ?? -1),
    drafts.length,
  );
  const holdsSteps = ({ index }: StepDraft) => enclosed.first[index]! < enclosed.first[index + 1]!;
  const moments = new Moments(drafts.length);
  const entry = ({ index }: StepDraft) => moments.of('entry', index);
  const exit = (step: StepDraft) => moments.of(holdsSteps(step) ? 'exit' : 'entry', step.index);
  const ended = ({ index }: StepDraft) => moments.of('ended', index);
  /** Time that a chain spends in a step until it lets go; where it encloses others, they tell. */
  const heldBy = (step: StepDraft, until: number) => (holdsSteps(step) ? 0 : Math.max(0, until - step.entry!));
  const roots: { at: number; offset: number }[] = [];

  timed.forEach((step, at) => {
    const start = step.entry!;
    if (followsTimed(step)) {
      const lag = Math.max(0, start - step.binding!.releasedAt);
      for (const { to, meaning } of step.links) {
        if (meaning !== 'follows' || to.entry === null) continue;
        const released = Math.min(releaseOf(to, step, ordered).at, start);
        moments.hop(exit(to), entry(step), heldBy(to, released) + lag);
      }
    } else if (!enclosers[at]) {
      roots.push({ at: entry(step), offset: start - from });
    }
  });
  for (const encloser of new Set(enclosers)) {
    if (!encloser) continue;
    const children: StepDraft[] = [];
    for (let at = enclosed.first[encloser.index]!; at < enclosed.first[encloser.index + 1]!; at++) {
      children.push(timed[enclosed.places[at]!]!);
    }
    const start = encloser.entry!;
    const end = endOf(encloser);
    const byEnd = children.map((_, at) => at);
    byEnd.sort((a, b) => endOf(children[a]!) - endOf(children[b]!) || children[a]!.entry! - children[b]!.entry!);
    const ends = byEnd.map(at => Math.min(endOf(children[at]!), end));
    const rank = new Int32Array(byEnd.length);
    byEnd.forEach((at, place) => {
      const child = children[at]!;
      rank[at] = place;
      moments.hop(exit(child), ended(child), heldBy(child, ends[place]!));
      if (place > 0) moments.hop(ended(children[byEnd[place - 1]!]!), ended(child), 0);
    });
    children.forEach((child, at) => {
      if (followsTimed(child)) return;
      const begin = Math.max(child.entry!, start);
      const before = lastAtOrBefore(ends, begin, rank[at]!);
      const lag = begin - (before === null ? start : ends[before]!);
      moments.hop(entry(encloser), entry(child), lag);
      if (before !== null) moments.hop(ended(children[byEnd[before]!]!), entry(child), lag);
    });
    let rest = own[encloser.index]!;
    if (rest === -1) {
      const starts = byEnd.map(at => Math.max(children[at]!.entry!, start));
      rest = Math.max(0, end - start - enclosedTime(starts, ends));
    }
    moments.hop(entry(encloser), exit(encloser), rest);
    moments.hop(ended(children[byEnd.at(-1)!]!), exit(encloser), Math.max(0, end - ends.at(-1)!));
  }
  return moments.inCausalOrder(roots, exit);
}

const endOf = (step: StepDraft): number => lastSign(step) ?? step.entry!;

const followsTimed = ({ links }: StepDraft): boolean =>
  links.some(({ to, meaning }) => meaning === 'follows' && to.entry !== null);

const timedEncloser = ({ links }: StepDraft): StepDraft | undefined =>
  links.find(({ to, meaning }) => meaning === 'encloses' && to.entry !== null)?.to;

/** Index of the last end at or before a time, of another child that began before the one at `own` ended. */
function lastAtOrBefore(ends: readonly number[], time: number, own: number): number | null {
  let low = 0;
  let high = ends.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ends[middle]! <= time) low = middle + 1;
    else high = middle;
  }
  // An instant ends when it begins: it must not follow itself, nor what it is sorted behind.
  const last = Math.min(low, own) - 1;
  return last >= 0 ? last : null;
}

/** Length of the union of intervals, in the order of their ends. */
function enclosedTime(starts: readonly number[], ends: readonly number[]): number {
  let covered = 0;
  let reached = Number.POSITIVE_INFINITY;
  for (let at = ends.length - 1; at >= 0; at--) {
    covered += Math.max(0, Math.min(ends[at]!, reached) - starts[at]!);
    reached = Math.min(reached, starts[at]!);
  }
  return covered;
}

/** Numbers moments as they are named and puts them into causal order at the end. */
class Moments {
  private readonly numbers: Record<'entry' | 'exit' | 'ended', Int32Array>;
  private readonly hops: Hops = { from: [], to: [], length: [] };
  private count = 0;

  constructor(steps: number) {
    const none = () => new Int32Array(steps).fill(-1);
    this.numbers = { entry: none(), exit: none(), ended: none() };
  }

  of(kind: 'entry' | 'exit' | 'ended', step: number): number {
    const numbers = this.numbers[kind];
    if (numbers[step] === -1) numbers[step] = this.count++;
    return numbers[step]!;
  }

  hop(from: number, to: number, length: number): void {
    this.hops.from.push(from);
    this.hops.to.push(to);
    this.hops.length.push(length);
  }

  /** Kahn's algorithm; hops that close a loop (skewed clocks inside an encloser) are left out. */
  inCausalOrder(roots: { at: number; offset: number }[], exit: (step: StepDraft) => number): ChainGraph {
    const { count, hops } = this;
    const open = new Int32Array(count);
    for (const to of hops.to) open[to]!++;
    const leaving = bucketsOf(hops.from, count);
    const place = new Int32Array(count).fill(-1);
    const queue: number[] = [];
    for (let moment = 0; moment < count; moment++) if (open[moment] === 0) queue.push(moment);
    for (let taken = 0; taken < queue.length; taken++) {
      const moment = queue[taken]!;
      place[moment] = taken;
      for (let at = leaving.first[moment]!; at < leaving.first[moment + 1]!; at++) {
        const to = hops.to[leaving.places[at]!]!;
        if (--open[to]! === 0) queue.push(to);
      }
    }
    let last = queue.length;
    for (let moment = 0; moment < count; moment++) if (place[moment] === -1) place[moment] = last++;

    const kept: Hops = { from: [], to: [], length: [] };
    hops.from.forEach((moment, at) => {
      const [from, to] = [place[moment]!, place[hops.to[at]!]!];
      if (from >= to) return;
      kept.from.push(from);
      kept.to.push(to);
      kept.length.push(hops.length[at]!);
    });
    const entryOf = this.numbers.entry.map(moment => (moment === -1 ? -1 : place[moment]!));
    const stepAt = new Int32Array(count).fill(-1);
    entryOf.forEach((at, step) => {
      if (at >= 0) stepAt[at] = step;
    });
    return {
      size: count,
      hops: kept,
      leaving: bucketsOf(kept.from, count),
      entryOf,
      stepAt,
      roots: roots.map(({ at, offset }) => ({ at: place[at]!, offset })),
      exitOf: step => place[exit(step)] ?? -1,
    };
  }
}
