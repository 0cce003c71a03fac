import { bucketsOf, isEmpty, sortBuckets } from '../buckets';
import { float64Column, int32Column, int32Copy } from '../columns';
import { releaseOf } from '../links/binding';
import type { StepGraph } from '../links/stepGraph';
import type { OrderedRecords } from '../records/orderRecords';
import type { PathWalk } from './criticalPath';
import { type ChainGraph, Moments } from './moments';

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
  const entry = (step: number) => moments.of(moments.entry, step);
  const exit = (step: number) => moments.of(holdsSteps(step) ? moments.exit : moments.entry, step);
  const ended = (step: number) => moments.of(moments.ended, step);
  /** Time that a chain spends in a step until it lets go; where it encloses others, they tell. */
  const heldBy = (step: number, until: number) => (holdsSteps(step) ? 0 : Math.max(0, until - entered[step]!));
  const endOf = (step: number) => (Number.isNaN(graph.last[step]!) ? entered[step]! : graph.last[step]!);
  const roots: { at: number; offset: number }[] = [];
  const enclosers: number[] = [];
  const earliestEnd = (a: number, b: number) => endOf(a) - endOf(b) || entered[a]! - entered[b]!;
  /** What each encloses, in the order of the ends. */
  const byEnd = { first: enclosed.first, places: int32Copy(enclosed.places) };
  sortBuckets(byEnd, earliestEnd);
  /** By the place there: the end, but no later than the encloser's. */
  const ends = float64Column(byEnd.places.length);
  /** By step its place there. */
  const rank = int32Column(count);

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
      const released = isBinding ? bound : Math.min(releasedAt(to, step), start);
      moments.hop(exit(to), entry(step), heldBy(to, released) + lag);
    }
  }

  function releasedAt(previous: number, step: number): number {
    // Without a line that hands it over it was let go at the end: no need to ask the steps.
    return graph.isAnnounced[step] === 0 ? endOf(previous) : releaseOf(steps[previous]!, steps[step]!, ordered).at;
  }

  function joinEnclosed(encloser: number): void {
    const start = entered[encloser]!;
    const end = endOf(encloser);
    const first = enclosed.first[encloser]!;
    const last = enclosed.first[encloser + 1]! - 1;
    for (let place = first; place <= last; place++) {
      const child = byEnd.places[place]!;
      rank[child] = place;
      ends[place] = Math.min(endOf(child), end);
      moments.hop(exit(child), ended(child), heldBy(child, ends[place]!));
      if (place > first) moments.hop(ended(byEnd.places[place - 1]!), ended(child), 0);
    }
    for (let at = first; at <= last; at++) {
      const child = enclosed.places[at]!;
      if (followsTimed(child)) continue;
      const begin = Math.max(entered[child]!, start);
      // An instant ends when it begins: it must not follow itself, nor what it is sorted behind.
      const before = lastAtOrBefore(ends, first, rank[child]!, begin);
      const lag = begin - (before === -1 ? start : ends[before]!);
      moments.hop(entry(encloser), entry(child), lag);
      if (before !== -1) moments.hop(ended(byEnd.places[before]!), entry(child), lag);
    }
    const known = own[encloser]!;
    const rest = known === -1 ? Math.max(0, end - start - enclosedTime(start, first, last)) : known;
    moments.hop(entry(encloser), exit(encloser), rest);
    moments.hop(ended(byEnd.places[last]!), exit(encloser), Math.max(0, end - ends[last]!));
  }

  /** Length of the union of what is enclosed, none of it counted before `start`; in the order of the ends. */
  function enclosedTime(start: number, first: number, last: number): number {
    let covered = 0;
    let reached = Number.POSITIVE_INFINITY;
    for (let place = last; place >= first; place--) {
      const begin = Math.max(entered[byEnd.places[place]!]!, start);
      covered += Math.max(0, Math.min(ends[place]!, reached) - begin);
      reached = Math.min(reached, begin);
    }
    return covered;
  }
}

/** The place of the last end at or before a time among those from `first` up to before `until`; −1 for none. */
function lastAtOrBefore(ends: Float64Array, first: number, until: number, time: number): number {
  let low = first;
  let high = until;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ends[middle]! <= time) low = middle + 1;
    else high = middle;
  }
  return low > first ? low - 1 : -1;
}
