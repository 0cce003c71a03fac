import { append } from '../base/groupBy';
import type { PathSegment, SegmentKind } from '../model/trace';
import { nanos } from '../model/units';
import { bindingOf } from './binding';
import type { OrderedRecords } from './orderRecords';
import { endTime, entryTime, lastSign, type StepDraft, startTime } from './stepDraft';

export interface PathWalk {
  /** In time order, contiguous from the earliest start to the end of the chosen step. */
  segments: PathSegment[];
  /** Steps on the path with the time that is theirs alone (without waits), in the order of the walk: end first. */
  own: Map<StepDraft, number>;
  from: number;
}

interface Child {
  step: StepDraft;
  start: number;
  end: number;
  tolerance: number;
}

/**
 * The critical path as a partition of (t0, T], built backwards with a cursor: into the enclosed step that ended last,
 * else over the step's own run to the previous step that let go last, else back up to the encloser, else unknown.
 * Every step is entered once; time that the logs do not cover by a logged end and start is `elapsed`.
 */
export function walkCriticalPath(drafts: readonly StepDraft[], end: StepDraft, ordered: OrderedRecords): PathWalk {
  const entries = drafts.map(entryTime).filter(time => time !== null);
  const from = entries.reduce((a, b) => Math.min(a, b), lastSign(end, ordered)!);
  const children = childrenByEnd(drafts, ordered);
  const nextChild = new Map<StepDraft, number>();
  const used = new Set<StepDraft>([end]);
  const own = new Map<StepDraft, number>();
  const backwards: PathSegment[] = [];
  let cursor = lastSign(end, ordered)!;

  const emit = (kind: SegmentKind, step: StepDraft, start: number) => {
    const begin = Math.max(start, from);
    if (begin >= cursor) return;
    const before = backwards.at(-1);
    if (before && before.kind === kind && before.key === step.key) before.start = nanos(begin);
    else backwards.push({ kind, key: step.key, start: nanos(begin), end: nanos(cursor) });
    cursor = begin;
  };
  const emitRun = (step: StepDraft, start: number, kind: SegmentKind) => {
    const before = cursor;
    emit(kind, step, start);
    own.set(step, (own.get(step) ?? 0) + before - cursor);
  };
  const takeChild = (step: StepDraft): Child | null => {
    const list = children.get(step) ?? [];
    const fits = (child: Child) => child.end <= cursor + child.tolerance && !used.has(child.step);
    let at = nextChild.get(step) ?? 0;
    while (at < list.length && !fits(list[at]!)) at++;
    nextChild.set(step, at + 1);
    const child = list[at];
    if (!child) return null;
    return child;
  };

  for (let step = end; ; ) {
    const runKind = ownTimeKind(step);
    const child = takeChild(step);
    if (child) {
      emitRun(step, child.end, runKind);
      used.add(child.step);
      step = child.step;
      continue;
    }
    const encloser = step.links.find(link => link.meaning === 'encloses')?.to ?? null;
    const floor = encloser ? (entryTime(encloser) ?? from) : from;
    const start = startTime(step);
    if (start !== null) emitRun(step, Math.max(start, floor), runKind);
    // Earlier attempts: what went on between the first one and this one the logs do not say.
    const entry = entryTime(step);
    if (entry !== null) emitRun(step, Math.max(entry, floor), 'elapsed');

    const binding = bindingOf(step, ordered, other => !used.has(other));
    if (binding) {
      if (!binding.effectFirst) emit(binding.gap, step, binding.releasedAt);
      used.add(binding.link.to);
      step = binding.link.to;
    } else if (encloser && (startTime(encloser) ?? null) !== null) {
      used.add(encloser);
      step = encloser;
    } else {
      emit('unknown', step, from);
      return { segments: backwards.reverse(), own, from };
    }
  }
}

/** Time of a step that the logs give only as a bound is `elapsed`: run or wait, they do not say. */
const ownTimeKind = (step: StepDraft): SegmentKind =>
  step.releasing?.kind === 'inferred' || step.releasing?.kind === 'unknown' ? 'elapsed' : 'run';

/** Enclosed steps by encloser, clipped to it, latest end first (ties: later start, key). */
function childrenByEnd(drafts: readonly StepDraft[], ordered: OrderedRecords): Map<StepDraft, Child[]> {
  const children = new Map<StepDraft, Child[]>();
  for (const step of drafts) {
    const encloser = step.links.find(link => link.meaning === 'encloses')?.to;
    const start = entryTime(step);
    const end = lastSign(step, ordered);
    if (!encloser || start === null || end === null) continue;
    const outerStart = entryTime(encloser) ?? start;
    const outerEnd = endTime(encloser) ?? end;
    // Nothing of it lies inside: it is entered by its own links, if at all.
    if (Math.min(end, outerEnd) < Math.max(start, outerStart)) continue;
    const tick = ordered.ticks[step.records.at(-1)!] ?? 0;
    const child: Child = {
      step,
      start: Math.max(start, outerStart),
      end: Math.min(end, outerEnd),
      tolerance: Math.max(tick, (end - start) / 100),
    };
    append(children, encloser, child);
  }
  for (const list of children.values()) {
    list.sort((a, b) => b.end - a.end || b.start - a.start || (a.step.key < b.step.key ? 1 : -1));
  }
  return children;
}
