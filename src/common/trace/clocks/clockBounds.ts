import { attemptAt, type OrderedRecords, stampOf } from '../records/orderRecords';
import { type AttemptDraft, attemptsOf, endTime, hasSeveralAttempts, type StepDraft } from '../steps/stepDraft';
import type { Clocks } from './clocks';
import type { Constraint } from './differenceConstraints';

/** A publisher's line may be written after the consumer has begun; later than this (ns) only a clock explains it. */
export const lateLine = 100_000_000;

/** What stamps say of two clocks: `offset[to] − offset[from] ≤ most`, an offset being how far a clock is ahead. */
export interface ClockBounds {
  /** An effect is never before its cause. The tightest for each pair of clocks. */
  causal: Constraint[];
  /** Besides, a call's other side lies inside it: likely, not certain. */
  likely: Constraint[];
  /** Steps that begin before what caused them, with the two clocks (cause's, effect's) and by how much, ns. */
  violations: { step: StepDraft; clocks: [number, number]; by: number }[];
}

/**
 * Bounds from stated and joined links across hosts (a step begins before what follows it or stands inside it, a handoff
 * is written before it is taken up) and from the two sides of a call. Only the logs' own stamps count: durations must
 * not have been inferred yet. An effect that comes late says nothing: that is what a queue is for.
 */
export function clockBounds(steps: readonly StepDraft[], ordered: OrderedRecords, clocks: Clocks): ClockBounds {
  const { ticks } = ordered;
  const count = clocks.names.length;
  const violations: ClockBounds['violations'] = [];
  const causal = new Map<number, number>();
  const calls = new Map<number, number>();
  const bound = (bounds: Map<number, number>, from: number, to: number, most: number): void => {
    const pair = from * count + to;
    const known = bounds.get(pair);
    if (known === undefined || most < known) bounds.set(pair, most);
  };
  /** A coarse stamp of an effect stands for everything up to its next tick. */
  const room = (index: number) => ticks[index]! - 1;
  const clockOf = (attempt: AttemptDraft) => clocks.of[attempt.first]!;
  const causes = (step: StepDraft, from: number, at: number, effect: AttemptDraft, begins: number) => {
    const to = clockOf(effect);
    if (from < 0 || to < 0 || from === to) return;
    const most = begins + room(effect.first) - at;
    if (most < 0) violations.push({ step, clocks: [from, to], by: -most });
    bound(causal, from, to, most);
  };

  for (let place = 0; place < steps.length; place++) {
    const step = steps[place]!;
    for (let attempt = step.firstAttempt; attempt !== null; attempt = attempt.next) {
      const begins = attempt.start ?? attempt.end;
      if (begins === null) continue;
      for (let link = step.firstLink; link !== null; link = link.next) {
        const { to: cause, evidence, meaning } = link;
        const began = cause.entry ?? (meaning === 'follows' ? endTime(cause) : null);
        if (evidence === 'inferred' || began === null || !isOnOneClock(cause, clocks)) continue;
        // Where the log counts attempts and the first is lost, nobody knows when the cause began.
        if (attemptAt(ordered, cause.firstAttempt!.first) > 1) continue;
        causes(step, clockOf(cause.firstAttempt!), began, attempt, begins);
      }
      if (attempt.start === null || step.handoffs.length === 0) continue;
      const handoff = step.handoffs.find(index => stampOf(ordered, index) !== null);
      const handedOver = stampOf(ordered, handoff);
      if (handedOver !== null) causes(step, clocks.of[handoff!]!, handedOver - lateLine, attempt, attempt.start);
    }
    if (!hasSides(step)) continue;
    for (const [outer, inner] of callsOf(step, ordered)) {
      const [caller, callee] = [clockOf(outer), clockOf(inner)];
      if (caller < 0 || callee < 0 || caller === callee) continue;
      const most = inner.start! + room(inner.first) - outer.start!;
      if (most < 0) violations.push({ step, clocks: [caller, callee], by: -most });
      bound(calls, caller, callee, most);
      bound(calls, callee, caller, outer.end! + room(outer.first) - inner.end!);
    }
  }
  const listed = (bounds: ReadonlyMap<number, number>): Constraint[] =>
    [...bounds].map(([pair, most]) => ({ from: Math.floor(pair / count), to: pair % count, most }));
  return { causal: listed(causal), likely: listed(calls), violations };
}

/** Which of a cause's attempts came first is certain only where one clock stamped them all. */
function isOnOneClock({ firstAttempt }: StepDraft, clocks: Clocks): boolean {
  if (firstAttempt === null) return false;
  for (let attempt = firstAttempt.next; attempt !== null; attempt = attempt.next)
    if (clocks.of[attempt.first] !== clocks.of[firstAttempt.first]) return false;
  return true;
}

const hasSides = (step: StepDraft): boolean =>
  hasSeveralAttempts(step) || (step.firstAttempt !== null && step.firstAttempt.sides !== null);

/**
 * A step that two services log, each with its start and end: the longer is the caller's side. Where the callee begins
 * in time but ends late, nothing was awaited: it is no call.
 */
function callsOf(step: StepDraft, { lanes }: OrderedRecords): [AttemptDraft, AttemptDraft][] {
  const attempts = attemptsOf(step);
  const calls: [AttemptDraft, AttemptDraft][] = [];
  for (const outer of attempts) for (const inner of outer.sides ?? []) calls.push([outer, inner]);
  if (attempts.length !== 2 || !attempts.every(isMeasured)) return calls;
  const a = attempts[0]!;
  const b = attempts[1]!;
  if (lanes.list[lanes.of[a.first]!]!.service === lanes.list[lanes.of[b.first]!]!.service) return calls;
  const [outer, inner] = a.end! - a.start! >= b.end! - b.start! ? [a, b] : [b, a];
  if (inner.start! < outer.start!) calls.push([outer, inner]);
  return calls;
}

const isMeasured = ({ start, end, startLogged, endLogged }: AttemptDraft): boolean =>
  start !== null && end !== null && startLogged && endLogged;
