import type { SegmentKind } from '../../model/trace';
import { type Buckets, bucketsOf, sortBuckets } from '../buckets';
import { float64Column, int32Column, int32Copy, uint8Column } from '../columns';
import { bindingOf } from '../links/binding';
import type { StepGraph } from '../links/stepGraph';
import type { OrderedRecords } from '../records/orderRecords';
import { endTime, type StepDraft } from '../steps/stepDraft';
import { BackwardPath } from './backwardPath';

export interface PathWalk {
  /** Contiguous from the earliest start to the end of the chosen step. */
  path: BackwardPath;
  /** The steps on the path in the order of the walk: end first. */
  steps: StepDraft[];
  /** By the steps' index: the time on the path that is theirs alone (without waits); −1 for steps that are not on it. */
  own: Float64Array;
  from: number;
}

/** What each step encloses. */
interface Clipped {
  /** Indexes of the enclosed steps by their encloser's, latest end first. */
  children: Buckets;
  /** By the enclosed steps' index: their end, clipped to the encloser's. */
  end: Float64Array;
}

/**
 * The critical path as a partition of (t0, T], built backwards with a cursor: into the enclosed step that ended last,
 * else over the step's own run to the previous step that let go last, else back up to the encloser, else unknown.
 * Every step is entered once; time that the logs do not cover by a logged end and start is `elapsed`.
 */
export function walkCriticalPath(graph: StepGraph, end: StepDraft, ordered: OrderedRecords): PathWalk {
  const { steps: all, keys, encloser, entry, start, last, isTold, bindings } = graph;
  let from = last[end.index]!;
  for (let step = 0; step < entry.length; step++) if (entry[step]! < from) from = entry[step]!;
  const path = new BackwardPath(keys, from, last[end.index]!);
  const clipped = clipChildren(graph);
  const { first, places } = clipped.children;
  const nextChild = int32Copy(first);
  const used = uint8Column(all.length);
  const isFree = (step: StepDraft) => used[step.index] === 0;
  const own = float64Column(all.length).fill(-1);
  const steps: StepDraft[] = [];

  const addRun = (step: number, begin: number, kind: SegmentKind) => {
    const before = path.cursor;
    path.add(kind, step, begin);
    if (own[step] === -1) steps.push(all[step]!);
    own[step] = Math.max(0, own[step]!) + before - path.cursor;
  };
  /** How far a child may end past the cursor and still count as ended there. */
  const toleranceOf = (child: number) =>
    Math.max(ordered.ticks[all[child]!.records.at(-1)!] ?? 0, (last[child]! - entry[child]!) / 100);
  const takeChild = (step: number): number => {
    while (nextChild[step]! < first[step + 1]!) {
      const child = places[nextChild[step]!++]!;
      if (used[child] === 1) continue;
      const ended = clipped.end[child]!;
      if (ended <= path.cursor || ended <= path.cursor + toleranceOf(child)) return child;
    }
    return -1;
  };

  for (let step = end.index; ; ) {
    used[step] = 1;
    // Time that the logs give only as a bound is `elapsed`: run or wait, they do not say.
    const runKind: SegmentKind = isTold[step] === 1 ? 'run' : 'elapsed';
    const child = takeChild(step);
    if (child >= 0) {
      addRun(step, clipped.end[child]!, runKind);
      step = child;
      continue;
    }
    const outer = encloser[step]!;
    const floor = outer < 0 || Number.isNaN(entry[outer]!) ? from : entry[outer]!;
    if (!Number.isNaN(start[step]!)) addRun(step, Math.max(start[step]!, floor), runKind);
    // Earlier attempts: what went on between the first one and this one the logs do not say.
    if (!Number.isNaN(entry[step]!)) addRun(step, Math.max(entry[step]!, floor), 'elapsed');

    const previous = bindings.to[step]!;
    const other = previous >= 0 && used[previous] === 1 ? bindingOf(all[step]!, ordered, isFree) : null;
    if (other) {
      if (other.gap !== null) path.add(other.gap, step, other.releasedAt);
      step = other.to.index;
    } else if (previous >= 0 && used[previous] === 0) {
      const gap = bindings.gapAt(step);
      if (gap !== null) path.add(gap, step, bindings.releasedAt[step]!);
      step = previous;
    } else if (outer >= 0 && !Number.isNaN(start[outer]!)) {
      step = outer;
    } else {
      path.add('unknown', step, from);
      return { path, steps, own, from };
    }
  }
}

/** Enclosed steps by encloser, clipped to it, latest end first (ties: later start, key). */
function clipChildren({ steps, keys, encloser, entry, last }: StepGraph): Clipped {
  const start = float64Column(steps.length);
  const end = float64Column(steps.length);
  const encloserAt = int32Column(steps.length).fill(-1);
  for (let index = 0; index < steps.length; index++) {
    const outer = encloser[index]!;
    if (outer < 0 || Number.isNaN(entry[index]!) || Number.isNaN(last[index]!)) continue;
    const from = Number.isNaN(entry[outer]!) ? entry[index]! : Math.max(entry[index]!, entry[outer]!);
    const to = Math.min(last[index]!, endTime(steps[outer]!) ?? last[index]!);
    // Nothing of it lies inside: it is entered by its own links, if at all.
    if (to < from) continue;
    start[index] = from;
    end[index] = to;
    encloserAt[index] = outer;
  }
  const children = bucketsOf(encloserAt, steps.length);
  const latestFirst = (a: number, b: number) =>
    end[b]! - end[a]! || start[b]! - start[a]! || (keys[a]! < keys[b]! ? 1 : -1);
  sortBuckets(children, latestFirst);
  return { end, children };
}
