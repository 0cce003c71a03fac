import { append } from '../base/groupBy';
import { bindingOf, releaseOf } from './binding';
import type { OrderedRecords } from './orderRecords';
import { entryTime, lastSign, type StepDraft } from './stepDraft';

/** One hop of a chain between moments of steps; it takes `length` ns. */
export interface Hop {
  from: number;
  to: number;
  length: number;
}

export interface ChainGraph {
  /** Moments in causal order: hops lead from a lower to a higher number. */
  size: number;
  hops: Hop[];
  /** The moment at which a step is entered: every chain through the step passes it. */
  entryOf: Map<StepDraft, number>;
  /** Step of an entry; other moments (exits, ends of what is enclosed) belong to none. */
  stepAt: (StepDraft | null)[];
  /** When moments that nothing precedes happen, relative to the path's start. */
  roots: { at: number; offset: number }[];
  exitOf(step: StepDraft): number;
}

type Moment = { step: StepDraft; kind: 'entry' | 'exit' } | { step: StepDraft; kind: 'ended' };

/**
 * What must happen before what, as observed: a step is entered a lag after the previous step that it waited for had let
 * go, and every hop into a moment carries that same lag. Inside an encloser a child follows whatever had ended before
 * it began; the moments `ended`, one a child in the order of their ends, keep that linear.
 *
 * @param own a step's own time on the path, for enclosers: what is left of one without its children
 */
export function chainGraph(
  order: readonly StepDraft[],
  from: number,
  own: ReadonlyMap<StepDraft, number>,
  ordered: OrderedRecords,
): ChainGraph {
  const timed = order.filter(step => entryTime(step) !== null);
  const children = new Map<StepDraft, StepDraft[]>();
  for (const step of timed) {
    const encloser = encloserOf(step);
    if (encloser) append(children, encloser, step);
  }
  const moments = new Moments();
  const entry = (step: StepDraft) => moments.of(step, 'entry');
  const exit = (step: StepDraft) => moments.of(step, children.has(step) ? 'exit' : 'entry');
  const endOf = (step: StepDraft) => lastSign(step, ordered) ?? entryTime(step)!;
  const roots: { moment: number; offset: number }[] = [];

  for (const step of timed) {
    const start = entryTime(step)!;
    const previous = step.links.filter(({ to, meaning }) => meaning === 'follows' && entryTime(to) !== null);
    const encloser = encloserOf(step);
    if (previous.length > 0) {
      const binding = bindingOf(step, ordered)!;
      const lag = Math.max(0, start - binding.releasedAt);
      for (const { to } of previous) {
        const released = Math.min(releaseOf(to, step, ordered).at, start);
        const held = children.has(to) ? 0 : Math.max(0, released - entryTime(to)!);
        moments.hop(exit(to), entry(step), held + lag);
      }
    } else if (!encloser) {
      roots.push({ moment: entry(step), offset: start - from });
    }
  }
  for (const [encloser, enclosed] of children) {
    const start = entryTime(encloser)!;
    const end = endOf(encloser);
    const byEnd = [...enclosed].sort((a, b) => endOf(a) - endOf(b) || entryTime(a)! - entryTime(b)!);
    const ends = byEnd.map(child => Math.min(endOf(child), end));
    byEnd.forEach((child, at) => {
      const held = children.has(child) ? 0 : Math.max(0, ends[at]! - entryTime(child)!);
      moments.hop(exit(child), moments.of(child, 'ended'), held);
      if (at > 0) moments.hop(moments.of(byEnd[at - 1]!, 'ended'), moments.of(child, 'ended'), 0);
    });
    for (const child of enclosed) {
      if (child.links.some(({ to, meaning }) => meaning === 'follows' && entryTime(to) !== null)) continue;
      const begin = Math.max(entryTime(child)!, start);
      const before = lastAtOrBefore(ends, begin, byEnd, child);
      const lag = begin - (before === null ? start : ends[before]!);
      moments.hop(entry(encloser), entry(child), lag);
      if (before !== null) moments.hop(moments.of(byEnd[before]!, 'ended'), entry(child), lag);
    }
    const rest = Math.max(0, end - start - enclosedTime(byEnd, ends, start));
    moments.hop(entry(encloser), exit(encloser), own.get(encloser) ?? rest);
    moments.hop(moments.of(byEnd.at(-1)!, 'ended'), exit(encloser), Math.max(0, end - ends.at(-1)!));
  }
  return moments.inCausalOrder(roots, exit);
}

export const encloserOf = (step: StepDraft): StepDraft | null => {
  const link = step.links.find(({ to, meaning }) => meaning === 'encloses' && entryTime(to) !== null);
  return link?.to ?? null;
};

/** Index of the last end at or before a time, of another child that began before this one ended. */
function lastAtOrBefore(
  ends: readonly number[],
  time: number,
  byEnd: readonly StepDraft[],
  self: StepDraft,
): number | null {
  let low = 0;
  let high = ends.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ends[middle]! <= time) low = middle + 1;
    else high = middle;
  }
  // An instant ends when it begins: it must not follow itself, nor what it is sorted behind.
  const own = byEnd.indexOf(self);
  const last = Math.min(low, own <= low - 1 ? own : low) - 1;
  return last >= 0 ? last : null;
}

function enclosedTime(byEnd: readonly StepDraft[], ends: readonly number[], start: number): number {
  let covered = 0;
  let reached = Number.POSITIVE_INFINITY;
  for (let at = byEnd.length - 1; at >= 0; at--) {
    const begin = Math.max(entryTime(byEnd[at]!)!, start);
    covered += Math.max(0, Math.min(ends[at]!, reached) - begin);
    reached = Math.min(reached, begin);
  }
  return covered;
}

/** Numbers moments as they are named and puts them into causal order at the end. */
class Moments {
  private readonly numbers = {
    entry: new Map<StepDraft, number>(),
    exit: new Map<StepDraft, number>(),
    ended: new Map<StepDraft, number>(),
  };
  private readonly list: Moment[] = [];
  private readonly hops: Hop[] = [];

  of(step: StepDraft, kind: Moment['kind']): number {
    const known = this.numbers[kind].get(step);
    if (known !== undefined) return known;
    this.numbers[kind].set(step, this.list.length);
    return this.list.push({ step, kind }) - 1;
  }

  hop(from: number, to: number, length: number): void {
    this.hops.push({ from, to, length });
  }

  /** Kahn's algorithm; hops that close a loop (skewed clocks inside an encloser) are left out. */
  inCausalOrder(roots: { moment: number; offset: number }[], exit: (step: StepDraft) => number): ChainGraph {
    const count = this.list.length;
    const open = new Int32Array(count);
    const next = new Map<number, number[]>();
    for (const { from, to } of this.hops) {
      open[to]!++;
      append(next, from, to);
    }
    const place = new Int32Array(count).fill(-1);
    const queue: number[] = [];
    for (let moment = 0; moment < count; moment++) if (open[moment] === 0) queue.push(moment);
    for (let taken = 0; taken < queue.length; taken++) {
      const moment = queue[taken]!;
      place[moment] = taken;
      for (const to of next.get(moment) ?? []) if (--open[to]! === 0) queue.push(to);
    }
    let last = queue.length;
    for (let moment = 0; moment < count; moment++) if (place[moment] === -1) place[moment] = last++;
    const stepAt = new Array<StepDraft | null>(count).fill(null);
    const entryOf = new Map<StepDraft, number>();
    for (const [step, moment] of this.numbers.entry) {
      stepAt[place[moment]!] = step;
      entryOf.set(step, place[moment]!);
    }
    return {
      size: count,
      hops: this.hops
        .map(({ from, to, length }) => ({ from: place[from]!, to: place[to]!, length }))
        .filter(({ from, to }) => from < to),
      entryOf,
      stepAt,
      roots: roots.map(({ moment, offset }) => ({ at: place[moment]!, offset })),
      exitOf: step => place[exit(step)]!,
    };
  }
}
