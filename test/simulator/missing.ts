import { groupBy } from './group.ts';
import type { LossyTrace } from './losses.ts';
import { type LogEvent, type Run, releasing, type Step, stepsOf } from './model.ts';

/**
 * What a reader of the logs can be told about losses, one kind a note. `attempts` is no note: a step that was tried more
 * than once.
 */
export const missingKinds = [
  'missingPrevious',
  'neverConsumed',
  'startMissing',
  'endMissing',
  'timeout',
  'duplicate',
  'attempts',
  'effectBeforeCause',
] as const;
export type MissingKind = (typeof missingKinds)[number];

/** IDs of the steps of which something is true. */
export interface Missing {
  /** The logs show it: it has to be told. */
  readonly visible: ReadonlySet<string>;
  /** True as well, but the logs do not show it; with the reason. It may be told. */
  readonly hidden: ReadonlyMap<string, string>;
}

/** What is so, from the plan, and of that what the events show that reached the logs. */
export function missingOf(trace: LossyTrace): Record<MissingKind, Missing> {
  const all = stepsOf(trace.stages);
  const logged = new Logged(trace);
  const steps = all.filter(step => logged.of(step).length > 0);
  const named = new Set(steps.flatMap(step => step.named));
  const stateAll = (judge: (step: Step) => Judgement) => collect(all, judge);
  return {
    missingPrevious: stateAll(step => {
      const lost = step.named.filter(previous => logged.own(previous).length === 0);
      if (lost.length === 0) return null;
      return logged.of(step).length > 0 ? 'visible' : 'no record of the step itself';
    }),
    neverConsumed: stateAll(step => {
      if (logged.own(step).length > 0) return null;
      if (named.has(step)) return null;
      return logged.of(step).length > 0 ? 'visible' : 'the announcement is lost as well, or there was none';
    }),
    startMissing: stateAll(step => {
      const { phases } = step.service;
      if (phases !== 'start' && phases !== 'start+end') return null;
      const without = logged.runs(step).filter(run => !logged.has(step, run, 'start'));
      if (without.length === 0) return null;
      if (!without.some(run => logged.has(step, run, 'end'))) return 'neither its start nor its end is there';
      return logged.elsewhere(step, 'start') ? 'visible' : 'the service logs no other start in this trace';
    }),
    endMissing: stateAll(step => (named.has(step) ? unended(step, logged) : null)),
    timeout: stateAll(step => (named.has(step) ? null : unended(step, logged))),
    duplicate: stateAll(step => {
      const [first, second] = step.runs;
      if (step.redelivery !== 'duplicate' || !first || !second) return null;
      if (!logged.runs(step).includes(first)) return 'no record of the attempt that succeeded';
      if (!logged.runs(step).includes(second)) return 'no record of the second delivery';
      return logged.has(step, first, 'end') ? 'visible' : 'the end of the attempt that succeeded is lost';
    }),
    attempts: stateAll(step => {
      if (step.runs.length < 2) return null;
      return logged.runs(step).length > 1 ? 'visible' : 'fewer than two attempts left a record';
    }),
    effectBeforeCause: stateAll(step => {
      const seen = logged.firstSign(step);
      const isBefore = (previous: Step) => {
        const from = logged.begin(previous);
        return seen !== null && from !== null && seen < from;
      };
      const handedOver = logged.handoffStamp(step);
      const isTaken = seen !== null && handedOver !== null && seen + lateLineMs < handedOver;
      if (step.named.some(isBefore) || isTaken) return 'visible';
      const first = step.runs[0]!;
      const isStampedEarly = (previous: Step) => {
        const end = releasing(previous).end ?? releasing(previous).start;
        return first.start + trace.skewOf(first.host) < end + trace.skewOf(releasing(previous).host);
      };
      if (!step.previous.some(isStampedEarly)) return null;
      return 'neither the start of its cause nor the line that publishes it is stamped after its first sign';
    }),
  };
}

/** A line is written a little late at times; later than this only a clock explains it. */
const lateLineMs = 100;

/** Null: it is not so. 'visible', or why it is not. */
type Judgement = string | null;

function collect(steps: readonly Step[], judge: (step: Step) => Judgement): Missing {
  const visible = new Set<string>();
  const hidden = new Map<string, string>();
  for (const step of steps) {
    const judgement = judge(step);
    if (judgement === 'visible') visible.add(step.stepId);
    else if (judgement !== null) hidden.set(step.stepId, judgement);
  }
  return { visible, hidden };
}

function unended(step: Step, logged: Logged): Judgement {
  const run = logged.releasing(step);
  if (!run || logged.has(step, run, 'end')) return null;
  if (logged.has(step, run, 'start')) return 'visible';
  return step.service.phases === 'start' ? null : 'neither its start nor its end is there';
}

/** Events that reached the logs. */
class Logged {
  private readonly trace: LossyTrace;
  private readonly bySteps: ReadonlyMap<Step | null, readonly LogEvent[]>;

  constructor(trace: LossyTrace) {
    this.trace = trace;
    this.bySteps = groupBy(trace.events, event => event.step);
  }

  of(step: Step): readonly LogEvent[] {
    return this.bySteps.get(step) ?? [];
  }

  /** Without the publisher's. */
  own(step: Step): LogEvent[] {
    return this.of(step).filter(({ kind }) => kind !== 'handoff');
  }

  /** Attempts that left a record. */
  runs(step: Step): Run[] {
    return step.runs.filter((_, index) => this.own(step).some(({ attempt }) => attempt === index + 1));
  }

  /** Of those the first that is seen to have succeeded, by its end or by what it handed over, else the last. */
  releasing(step: Step): Run | undefined {
    const runs = this.runs(step);
    const handsOver = this.trace.events.some(
      ({ kind, step: next }) => kind === 'handoff' && next?.handoff?.by === step,
    );
    return runs.find(run => run.status === 'ok' && (handsOver || this.has(step, run, 'end'))) ?? runs.at(-1);
  }

  has(step: Step, run: Run, kind: LogEvent['kind']): boolean {
    return this.own(step).some(event => event.kind === kind && step.runs[event.attempt - 1] === run);
  }

  /** Whether the step's service logs such an event anywhere in the trace. */
  elsewhere({ service }: Step, kind: LogEvent['kind']): boolean {
    return this.trace.events.some(event => event.service === service && event.kind === kind);
  }

  /** Stamp of the first that is known of it: the start that a duration states counts. */
  firstSign(step: Step): number | null {
    const stamps = this.own(step).map(
      ({ time, durationMs, host }) => time - (durationMs ?? 0) + this.trace.skewOf(host),
    );
    return stamps.length > 0 ? Math.min(...stamps) : null;
  }

  /** Stamp of the line that publishes it; null where that is lost, or of the same clock: it may merely be late. */
  handoffStamp(step: Step): number | null {
    const line = this.of(step).find(({ kind }) => kind === 'handoff');
    if (!line || this.own(step).some(({ host }) => host === line.host)) return null;
    return line.time + this.trace.skewOf(line.host);
  }

  /** Stamp of the first attempt's begin; null where that is not logged. */
  begin(step: Step): number | null {
    const run = step.runs[0]!;
    const stated = step.service.phases === 'stated' && this.has(step, run, 'end');
    return stated || this.has(step, run, 'start') ? run.start + this.trace.skewOf(run.host) : null;
  }
}
