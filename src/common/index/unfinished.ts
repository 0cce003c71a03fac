import type { TraceStatus } from '../model/trace';
import { noValue, stepBit } from './stepRows';
import type { KnownStep } from './traceVerdict';

/** The steps of a trace of which no record speaks of a failure, by their `stepState`. */
export interface FoundSteps {
  ok: KnownStep[];
  /** Those that did not end. */
  begun: KnownStep[];
  announced: KnownStep[];
  /** Those that others name as previous; of those whose part of the log has no open step it is not known. */
  named: Set<KnownStep>;
  /** The earliest time that a record of the trace speaks of. */
  from: number;
}

/**
 * How a trace went of which some steps ended well and nothing speaks of a failure: `ok` where the step that it ends with
 * (see `chooseEnd`) ended, `unknown` where it did not. `null` where that depends on more than columns hold.
 */
export function statusOfUnfinished(found: FoundSteps): TraceStatus | null {
  const { ok, begun, announced, named } = found;
  if (begun.length + announced.length === 0) return 'ok';
  if (ok.length === 0) return 'unknown';
  if (announced.some(step => named.has(step))) return null;
  if ([...ok, ...begun].some(({ bits }) => bits & stepBit.spans)) return null;
  if (begun.length > 0) return endsOpen(found) ? 'unknown' : null;
  return announced.every(step => isOutlasted(step, ok)) ? 'ok' : null;
}

/** Whether a step of its service ended after the last line: it is not the last of that service, let alone of all. */
const isOutlasted = (step: KnownStep, ok: readonly KnownStep[]): boolean =>
  ok.some(
    other => !(other.bits & stepBit.side) && other.worker === step.service && endedNotBefore(other) > latestOf(step),
  );

/** Whether the trace ends with a step that did not end, whichever of the announced ones took place. */
function endsOpen({ ok, begun, announced, named, from }: FoundSteps): boolean {
  const last = begun.reduce((one, other) => (latestOf(other) > latestOf(one) ? other : one));
  const until = latestOf(last);
  if (!(last.bits & stepBit.started) || last.bits & stepBit.side) return false;
  if (![...ok, ...begun].every(step => step === last || latestOf(step) < until)) return false;
  // What nobody goes on from has no end that could be told by what follows, and so outlasts every way back.
  if (!named.has(last) && announced.every(step => latestOf(step) < until)) return true;
  const first = firstOf([...ok, ...begun], from);
  if (!first) return false;
  // The flow came back to where it began only with a step of that service that has another one before it.
  const isElsewhere = (step: KnownStep) => step === first || (step.worker >= 0 && step.worker !== first.worker);
  return first.worker === last.worker || ok.every(isElsewhere);
}

/** The one step that follows no other, if it began before all of them for sure. */
function firstOf(steps: readonly KnownStep[], from: number): KnownStep | null {
  const [first, ...others] = steps.filter(({ isRoot }) => isRoot);
  if (!first || others.length > 0 || first.worker < 0 || first.bits & stepBit.side) return null;
  const next = first.start + tickOf(first.start);
  const isFirst = first.start === from && steps.every(step => step === first || step.start >= next);
  return isFirst ? first : null;
}

/** The coarsest that a stamp may be, in ns: within it nobody knows which of two came first. Times count from a minute. */
const tickOf = (stamp: number): number => [60e9, 1e9, 1e6, 1e3].find(tick => stamp % tick === 0) ?? 1;

const latestOf = ({ last, last2, service2 }: KnownStep): number =>
  service2 === noValue ? last : Math.max(last, last2);

/** Of a closed one only the start is kept. */
const endedNotBefore = ({ isClosed, start, end }: KnownStep): number => (isClosed ? start : end);
