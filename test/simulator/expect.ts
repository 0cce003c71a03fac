import { groupBy } from './group.ts';
import { endOf, type LogEvent, releasing, type SimulatedTrace, type Step, stepsOf } from './model.ts';
import { rowsOf } from './rows.ts';
import type { ExpectedDuration, RecordRef, StepStatus, StepTruth, TraceTruth } from './truth.ts';

/** What a perfect reader finds in the logs of a trace; `locate` says where a record was written. */
export function truthOf(trace: SimulatedTrace, locate: (event: LogEvent) => RecordRef): TraceTruth {
  const { identity, stages, events, ending } = trace;
  const logged = groupBy(events, event => event.step);
  const last = endStep(trace);
  const failed = ending === 'failed' ? stages.at(-1)?.chains.at(-1)?.[0] : undefined;
  return {
    ...identity,
    status: traceStatus(trace),
    failedStepId: failed?.stepId ?? null,
    endStepId: last.stepId,
    durationMs: (events.at(-1)?.time ?? 0) - (events[0]?.time ?? 0),
    steps: rowsOf(stages, last).map(({ step, depth }) => stepTruth(step, depth, trace, logged, locate)),
    records: events.map(locate),
    mentions: [],
  };
}

function endStep({ stages }: SimulatedTrace): Step {
  const candidates = stages.at(-1)?.chains.flat() ?? [];
  const later = (a: Step, b: Step) => endOf(a) - endOf(b) || releasing(a).start - releasing(b).start;
  return candidates.reduce((latest, step) => (later(step, latest) > 0 ? step : latest));
}

function traceStatus({ ending, stages }: SimulatedTrace): TraceTruth['status'] {
  if (ending === 'failed') return 'failed';
  if (ending === 'lost') return 'unknown';
  return stepsOf(stages).some(step => step.runs.some(run => run.status === 'failed')) ? 'recovered' : 'ok';
}

type Logged = ReadonlyMap<Step | null, readonly LogEvent[]>;

function stepTruth(
  step: Step,
  depth: number,
  trace: SimulatedTrace,
  logged: Logged,
  locate: (event: LogEvent) => RecordRef,
): StepTruth {
  const run = releasing(step);
  const statuses = step.runs.map(({ status }): StepStatus => (step.service.phases === 'start' ? 'unknown' : status));
  const records = logged.get(step) ?? [];
  return {
    stepId: step.stepId,
    stepType: step.stepType,
    service: step.service.name,
    messageId: step.messageId,
    previousStepIds: step.previous.map(previous => previous.stepId),
    loggedPreviousStepIds: step.named.map(previous => previous.stepId),
    start: run.start,
    end: run.end,
    loggedPhases: step.outcome === 'lost' ? 'start' : step.service.phases,
    expected: expectedDuration(step, trace, logged),
    attempts: step.runs.length,
    attemptStatuses: statuses,
    status: statuses[step.runs.indexOf(run)] ?? 'unknown',
    depth,
    waitMs: waitOf(step),
    records: records.filter(isOwn).map(locate),
    handoffs: records.filter(event => !isOwn(event)).map(locate),
  };
}

const isOwn = (event: LogEvent) => event.kind !== 'handoff';
const unknown: ExpectedDuration = { durationMs: null, durationKind: 'unknown', bound: null };
const inferred = (durationMs: number): ExpectedDuration => ({ durationMs, durationKind: 'inferred', bound: 'atMost' });

function expectedDuration(step: Step, trace: SimulatedTrace, logged: Logged): ExpectedDuration {
  const { start, end } = releasing(step);
  const { phases } = step.service;
  if (phases === 'start' || end === null) {
    const next = stepsOf(trace.stages).filter(other => other.previous.includes(step));
    const counts = (event: LogEvent) => isOwn(event) || logsNoEnds(step, trace);
    const stamps = next.flatMap(other => logged.get(other)?.filter(counts) ?? []).map(event => event.time);
    const earliest = Math.min(...stamps.filter(time => time >= start));
    return earliest === Number.POSITIVE_INFINITY ? unknown : inferred(earliest - start);
  }
  if (phases === 'end') {
    const latest = Math.max(...step.previous.map(previous => letGo(previous, step, end, logged)));
    return latest === Number.NEGATIVE_INFINITY ? unknown : inferred(end - latest);
  }
  return { durationMs: end - start, durationKind: phases === 'stated' ? 'stated' : 'observed', bound: 'exact' };
}

/** What a reader of one trace takes for a service that logs no ends: of three starts or more none has one. */
function logsNoEnds({ service }: Step, { events }: SimulatedTrace): boolean {
  const kinds = events.filter(event => event.service === service).map(({ kind }) => kind);
  return kinds.filter(kind => kind === 'start').length >= 3 && !kinds.includes('end');
}

/** The latest stamp by which a previous step had let go: its service's handoff, else its own last one by then. */
function letGo(previous: Step, step: Step, end: number, logged: Logged): number {
  const handoff = (logged.get(step) ?? []).find(event => !isOwn(event) && event.service === previous.service);
  if (handoff) return handoff.time;
  const own = (logged.get(previous) ?? []).filter(isOwn).map(event => event.time);
  return Math.max(...own.filter(time => time <= end));
}

function waitOf(step: Step): number | null {
  const first = step.runs[0];
  if (!first || !step.previous.length || step.service.phases === 'end') return null;
  if (step.handoff) return first.start - step.handoff.time;
  if (step.previous.some(previous => previous.service.phases === 'start')) return null;
  return first.start - Math.max(...step.previous.map(endOf));
}
