import { sortFew } from '../base/sortFew';
import { releaseOf } from './binding';
import { bucketAt, bucketsOf, isEmpty } from './buckets';
import { int32Column } from './columns';
import type { PathWalk } from './criticalPath';
import { type ChainGraph, Moments } from './moments';
import type { OrderedRecords } from './orderRecords';
import type { StepDraft } from './stepDraft';
import type { StepGraph } from './stepGraph';

/**
 * What must happen before what, as observed: a step is entered a lag after the previous step that it waited for had let
 * go, and every hop into a moment carries that same lag. Inside an encloser a child follows whatever had ended before
 * it began; the moments `ended`, one a child in the order of their ends, keep that linear.
 */
export function chainGraph(graph: StepGraph, { own, from }: PathWalk, ordered: OrderedRecords): ChainGraph {
  const { steps, firstLink, linkTo, follows, entry: entered, bindings } = graph;
  const count = steps.length;
  const isTimed = (step: number) => !Number.isNaN(entered[step]!);
  const encloserAt = int32Column(count);
  for (let step = 0; step < count; step++) encloserAt[step] = isTimed(step) ? timedEncloser(step) : -1;
  const enclosed = bucketsOf(encloserAt, count);
  const holdsSteps = (step: number) => !isEmpty(enclosed, step);
  // One a link; of a child up to four, of an encloser two.
  const moments = new Moments(count, linkTo.length + 6 * enclosed.places.length);
  const entry = (step: number) => moments.of('entry', step);
  const exit = (step: number) => moments.of(holdsSteps(step) ? 'exit' : 'entry', step);
  const ended = (step: number) => moments.of('ended', step);
  /** Time that a chain spends in a step until it lets go; where it encloses others, they tell. */
  const heldBy = (step: number, until: number) => (holdsSteps(step) ? 0 : Math.max(0, until - entered[step]!));
  const endOf = (step: number) => (Number.isNaN(graph.last[step]!) ? entered[step]! : graph.last[step]!);
  const roots: { at: number; offset: number }[] = [];
  const enclosers: number[] = [];
  /** Of an enclosed step: its place among those beside it, in the order of their ends. */
  const rank = int32Column(count);
  const earliestEnd = (a: number, b: number) => endOf(a) - endOf(b) || entered[a]! - entered[b]!;

  for (let step = 0; step < count; step++) {
    if (!isTimed(step)) continue;
    const outer = encloserAt[step]!;
    if (outer >= 0 && enclosed.places[enclosed.first[outer]!] === step) enclosers.push(outer);
    if (followsTimed(step)) joinPrevious(step);
    else if (outer < 0) roots.push({ at: entry(step), offset: entered[step]! - from });
  }
  for (const encloser of enclosers) joinEnclosed(encloser);
  return moments.inCausalOrder(roots, exit);

  function timedEncloser(step: number): number {
    for (let link = firstLink[step]!; link < firstLink[step + 1]!; link++) {
      if (follows[link] === 0 && isTimed(linkTo[link]!)) return linkTo[link]!;
    }
    return -1;
  }

  function followsTimed(step: number): boolean {
    for (let link = firstLink[step]!; link < firstLink[step + 1]!; link++) {
      if (follows[link] === 1 && isTimed(linkTo[link]!)) return true;
    }
    return false;
  }

  function joinPrevious(step: number): void {
    const start = entered[step]!;
    const bound = bindings.releasedAt[step]!;
    const lag = Math.max(0, start - bound);
    for (let link = firstLink[step]!; link < firstLink[step + 1]!; link++) {
      const to = linkTo[link]!;
      if (follows[link] === 0 || !isTimed(to)) continue;
      const isBinding = bindings.to[step] === to && bindings.gapAt(step) !== null;
      const released = isBinding ? bound : Math.min(releasedAt(steps[to]!, steps[step]!), start);
      moments.hop(exit(to), entry(step), heldBy(to, released) + lag);
    }
  }

  function releasedAt(previous: StepDraft, step: StepDraft): number {
    return releaseOf(previous, step, ordered).at;
  }

  function joinEnclosed(encloser: number): void {
    const start = entered[encloser]!;
    const end = endOf(encloser);
    const byEnd = sortFew(bucketAt(enclosed, encloser), earliestEnd);
    const ends = byEnd.map(child => Math.min(endOf(child), end));
    for (let place = 0; place < byEnd.length; place++) {
      const child = byEnd[place]!;
      rank[child] = place;
      moments.hop(exit(child), ended(child), heldBy(child, ends[place]!));
      if (place > 0) moments.hop(ended(byEnd[place - 1]!), ended(child), 0);
    }
    for (let at = enclosed.first[encloser]!; at < enclosed.first[encloser + 1]!; at++) {
      const child = enclosed.places[at]!;
      if (followsTimed(child)) continue;
      const begin = Math.max(entered[child]!, start);
      const before = lastAtOrBefore(ends, begin, rank[child]!);
      const lag = begin - (before === null ? start : ends[before]!);
      moments.hop(entry(encloser), entry(child), lag);
      if (before !== null) moments.hop(ended(byEnd[before]!), entry(child), lag);
    }
    let rest = own[encloser]!;
    if (rest === -1) {
      const starts = byEnd.map(child => Math.max(entered[child]!, start));
      rest = Math.max(0, end - start - enclosedTime(starts, ends));
    }
    moments.hop(entry(encloser), exit(encloser), rest);
    moments.hop(ended(byEnd.at(-1)!), exit(encloser), Math.max(0, end - ends.at(-1)!));
  }
}

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
