import type { PathSegment, SegmentKind } from '../model/trace';
import { nanos } from '../model/units';
import { bindingOf } from './binding';
import { type Buckets, bucketsOf, sortBuckets } from './buckets';
import { float64Column, int32Column, int32Copy, uint8Column } from './columns';
import type { OrderedRecords } from './orderRecords';
import { endTime, type StepDraft, startTime } from './stepDraft';
import type { StepGraph } from './stepGraph';

export interface PathWalk {
  /** In time order, contiguous from the earliest start to the end of the chosen step. */
  segments: PathSegment[];
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
  const { steps: all, encloser, entry, last, bindings } = graph;
  let from = last[end.index]!;
  for (let step = 0; step < entry.length; step++) if (entry[step]! < from) from = entry[step]!;
  const path = new BackwardPath(from, last[end.index]!);
  const clipped = clipChildren(graph);
  const { first, places } = clipped.children;
  const nextChild = int32Copy(first);
  const used = uint8Column(all.length);
  const isFree = (step: StepDraft) => used[step.index] === 0;
  const own = float64Column(all.length).fill(-1);
  const steps: StepDraft[] = [];

  const addRun = (step: StepDraft, start: number, kind: SegmentKind) => {
    const before = path.cursor;
    path.add(kind, step, start);
    if (own[step.index] === -1) steps.push(step);
    own[step.index] = Math.max(0, own[step.index]!) + before - path.cursor;
  };
  /** How far a child may end past the cursor and still count as ended there. */
  const toleranceOf = (child: number) =>
    Math.max(ordered.ticks[all[child]!.records.at(-1)!] ?? 0, (last[child]! - entry[child]!) / 100);
  const takeChild = (index: number): StepDraft | null => {
    while (nextChild[index]! < first[index + 1]!) {
      const child = places[nextChild[index]!++]!;
      if (used[child] === 0 && clipped.end[child]! <= path.cursor + toleranceOf(child)) return all[child]!;
    }
    return null;
  };

  for (let step = end; ; ) {
    used[step.index] = 1;
    const runKind = ownTimeKind(step);
    const child = takeChild(step.index);
    if (child) {
      addRun(step, clipped.end[child.index]!, runKind);
      step = child;
      continue;
    }
    const outer = encloser[step.index]! < 0 ? null : all[encloser[step.index]!]!;
    const floor = outer?.entry ?? from;
    const start = startTime(step);
    if (start !== null) addRun(step, Math.max(start, floor), runKind);
    // Earlier attempts: what went on between the first one and this one the logs do not say.
    if (step.entry !== null) addRun(step, Math.max(step.entry, floor), 'elapsed');

    const previous = bindings.to[step.index]!;
    const other = previous >= 0 && used[previous] === 1 ? bindingOf(step, ordered, isFree) : null;
    if (other) {
      if (other.gap !== null) path.add(other.gap, step, other.releasedAt);
      step = other.to;
    } else if (previous >= 0 && used[previous] === 0) {
      const gap = bindings.gapAt(step.index);
      if (gap !== null) path.add(gap, step, bindings.releasedAt[step.index]!);
      step = all[previous]!;
    } else if (outer && startTime(outer) !== null) {
      step = outer;
    } else {
      path.add('unknown', step, from);
      return { segments: path.segments.reverse(), steps, own, from };
    }
  }
}

/** Segments from the end of the path back to its start. */
class BackwardPath {
  readonly segments: PathSegment[] = [];
  /** Where the path ends; from then on where the earliest segment so far begins. */
  cursor: number;
  private readonly from: number;

  constructor(from: number, until: number) {
    this.from = from;
    this.cursor = until;
  }

  add(kind: SegmentKind, { key }: StepDraft, start: number): void {
    const begin = Math.max(start, this.from);
    if (begin >= this.cursor) return;
    const before = this.segments.at(-1);
    if (before && before.kind === kind && before.key === key) before.start = nanos(begin);
    else this.segments.push({ kind, key, start: nanos(begin), end: nanos(this.cursor) });
    this.cursor = begin;
  }
}

/** Time of a step that the logs give only as a bound is `elapsed`: run or wait, they do not say. */
const ownTimeKind = (step: StepDraft): SegmentKind =>
  step.releasing?.kind === 'inferred' || step.releasing?.kind === 'unknown' ? 'elapsed' : 'run';

/** Enclosed steps by encloser, clipped to it, latest end first (ties: later start, key). */
function clipChildren({ steps, encloser, entry, last }: StepGraph): Clipped {
  const start = float64Column(steps.length);
  const end = float64Column(steps.length);
  const encloserAt = int32Column(steps.length).fill(-1);
  encloser.forEach((outer, index) => {
    if (outer < 0 || Number.isNaN(entry[index]!) || Number.isNaN(last[index]!)) return;
    const from = Number.isNaN(entry[outer]!) ? entry[index]! : Math.max(entry[index]!, entry[outer]!);
    const to = Math.min(last[index]!, endTime(steps[outer]!) ?? last[index]!);
    // Nothing of it lies inside: it is entered by its own links, if at all.
    if (to < from) return;
    start[index] = from;
    end[index] = to;
    encloserAt[index] = outer;
  });
  const children = bucketsOf(encloserAt, steps.length);
  const latestFirst = (a: number, b: number) =>
    end[b]! - end[a]! || start[b]! - start[a]! || (steps[a]!.key < steps[b]!.key ? 1 : -1);
  sortBuckets(children, latestFirst);
  return { end, children };
}
