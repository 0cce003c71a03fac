import type { Step, Trace } from '../model/trace';
import { type Nanos, toMs } from '../model/units';
import { workEnd } from '../trace/workEnd';
import { stepsOfRecords } from './recordRow';
import type { TimeWindow } from './timeWindow';

/** Time of a trace in which no step is known to work and nothing is logged. */
export interface IdleTime {
  /** All of it. */
  ms: number;
  /** The stretches that are worth compressing, in time order. */
  gaps: TimeWindow[];
}

/** A gap that is a smaller share of what is left once the longer ones are compressed is let be; so is a rounding error. */
const leastShare = 0.1;
const leastMs = 0.001;

/** @param activity stretches of work, and moments, in any order; what lies outside of the trace's time counts at its ends */
export function idleTime(activity: Iterable<TimeWindow>, durationMs: number): IdleTime {
  const within = (ms: number) => Math.min(durationMs, Math.max(0, ms));
  const sorted = [...activity].sort((a, b) => a.fromMs - b.fromMs);
  const gaps: TimeWindow[] = [];
  let until = 0;
  for (const { fromMs, toMs } of sorted) {
    if (within(fromMs) > until) gaps.push({ fromMs: until, toMs: within(fromMs) });
    until = Math.max(until, within(toMs));
  }
  const ms = gaps.reduce((sum, gap) => sum + lengthOf(gap), 0);
  return { ms, gaps: worthwhile(gaps, durationMs) };
}

function worthwhile(gaps: readonly TimeWindow[], durationMs: number): TimeWindow[] {
  const longestFirst = [...gaps].sort((a, b) => lengthOf(b) - lengthOf(a));
  let left = durationMs;
  const picked = longestFirst.findIndex(gap => {
    if (lengthOf(gap) < Math.max(leastMs, leastShare * left)) return true;
    left -= lengthOf(gap);
    return false;
  });
  const kept = picked === -1 ? longestFirst : longestFirst.slice(0, picked);
  return kept.sort((a, b) => a.fromMs - b.fromMs);
}

const lengthOf = ({ fromMs, toMs }: TimeWindow): number => toMs - fromMs;

/** A step that encloses others and takes this share of the trace is there for the sake of those: it says nothing of work. */
const frameShare = 0.9;

export const isFrame = (work: TimeWindow, encloses: boolean, durationMs: number): boolean =>
  encloses && lengthOf(work) >= frameShare * durationMs;

/** Where a trace is known to work or has log lines. Waiting, and time of which nobody knows, are neither. */
export function activityOf(trace: Trace): TimeWindow[] {
  const durationMs = trace.duration === null ? 0 : toMs(trace.duration);
  const enclosing = new Set(
    trace.steps.flatMap(({ previousSteps }) =>
      previousSteps.flatMap(({ key, meaning }) => (meaning === 'encloses' ? key : [])),
    ),
  );
  const activity = trace.steps.flatMap(step =>
    workOf(step, trace.duration).filter(work => !isFrame(work, enclosing.has(step.key), durationMs)),
  );
  const steps = stepsOfRecords(trace);
  for (const [index, { time }] of trace.records.entries()) {
    if (time === null || trace.origin === null) continue;
    // What was taken off the step's stamps is taken off its lines', too.
    const at = (Number(time.at - trace.origin) - (trace.steps[steps[index]!]?.clockOffset ?? 0)) / 1e6;
    activity.push({ fromMs: at, toMs: at });
  }
  return activity;
}

/** What an attempt's start and end, or the step's own, say of work. An inferred stretch may be waiting as well. */
function workOf(step: Step, duration: Nanos | null): TimeWindow[] {
  const { start, end, durationKind, attempts, status } = step;
  const stretch = (start: Nanos | null, end: Nanos | null): TimeWindow[] =>
    start === null || end === null ? [] : [{ fromMs: toMs(start), toMs: toMs(end) }];
  if (status === 'running') return stretch(start, workEnd(step, duration));
  if (durationKind !== 'stated' && durationKind !== 'observed') return [];
  return [...stretch(start, end), ...attempts.flatMap(({ start, end }) => stretch(start, end))];
}
