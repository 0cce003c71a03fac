import type { LogRecord, Severity } from '../model/logRecord';
import type { StepStatus } from '../model/trace';
import type { OrderedRecords } from './orderRecords';
import type { AttemptDraft, StepDraft } from './stepDraft';

const isError = (severity: Severity | null): boolean => severity === 'error' || severity === 'fatal';

/**
 * Splits a step's records into goes at it. A second start, a start after an end, another attempt number, or a record of
 * another service or host opens one; an interval that contains another one on another service is the other side of the
 * same call.
 */
export function formAttempts(draft: StepDraft, ordered: OrderedRecords): void {
  const groups: { lane: string; attempt: number | null; records: number[]; started: boolean; ended: boolean }[] = [];
  for (const index of draft.records) {
    const record = ordered.records[index]!;
    const lane = `${record.service ?? ''}\n${record.host ?? ''}`;
    const current = groups.findLast(group => group.lane === lane);
    const isStart = record.phase === 'start';
    const opens =
      !current ||
      (isStart && (current.started || current.ended)) ||
      (record.attempt !== null && current.attempt !== null && record.attempt !== current.attempt);
    const group = opens
      ? { lane, attempt: record.attempt, records: [] as number[], started: false, ended: false }
      : current;
    if (opens) groups.push(group);
    group.records.push(index);
    group.attempt ??= record.attempt;
    group.started ||= isStart;
    group.ended ||= record.phase === 'end' || record.duration !== null;
  }
  draft.attempts = mergeSides(
    groups.map(group => measure(group.records, ordered)),
    ordered.records,
  );
  settle(draft);
}

/** A made-up step is one go: nothing says that a second start in its lane repeats the first. */
export function formSingleAttempt(draft: StepDraft, ordered: OrderedRecords): void {
  draft.attempts = [measure(draft.records, ordered)];
  settle(draft);
}

/**
 * What the records of one attempt say of its start, end and duration: stated, else observed, else an instant; the
 * missing side of a lone start or end is left open for inference from the neighbours.
 */
function measure(indexes: number[], { records, times }: OrderedRecords): AttemptDraft {
  const attempt: AttemptDraft = {
    records: indexes,
    start: null,
    end: null,
    startLogged: false,
    endLogged: false,
    kind: 'unknown',
    bound: null,
    stated: null,
    status: 'unknown',
  };
  const own = indexes.map(index => records[index]!);
  const stamps = indexes.map(index => times[index] ?? null).filter(time => time !== null);
  const first = stamps[0] ?? null;
  const last = stamps.at(-1) ?? null;
  const at = (phase: LogRecord['phase'], find: 'first' | 'last') => {
    const fits = (index: number) => records[index]!.phase === phase && times[index] != null;
    const index = find === 'first' ? indexes.find(fits) : indexes.findLast(fits);
    return index === undefined ? null : times[index]!;
  };
  const started = at('start', 'first');
  const ended = at('end', 'last');
  const stated = indexes.findLast(index => records[index]!.duration !== null);

  if (stated !== undefined) {
    const record = records[stated]!;
    const time = times[stated] ?? null;
    attempt.stated = record.duration;
    attempt.kind = 'stated';
    attempt.bound = 'exact';
    if (time !== null) {
      attempt.start = record.timeIs === 'end' ? time - record.duration! : time;
      attempt.end = attempt.start + record.duration!;
      attempt.startLogged = attempt.endLogged = true;
    }
  } else if (started !== null && ended === null) {
    attempt.start = started;
    attempt.startLogged = true;
  } else if (ended !== null && first === ended && stamps.length === 1) {
    attempt.end = ended;
    attempt.endLogged = true;
  } else if (first !== null && last !== null) {
    attempt.start = started ?? first;
    attempt.end = ended ?? last;
    attempt.startLogged = started !== null || ended !== null;
    attempt.endLogged = ended !== null;
    attempt.kind = stamps.length === 1 ? 'instant' : 'observed';
    attempt.bound = ended === null ? 'atLeast' : 'exact';
  }
  attempt.status = statusOf(own);
  return attempt;
}

/** By what the end says, else by the severity of the last record. */
function statusOf(records: LogRecord[]): StepStatus {
  const end = records.findLast(record => record.phase === 'end' || record.duration !== null);
  if (end?.outcome === 'failed' || (end && end.exception !== null)) return 'failed';
  if (end?.outcome === 'ok') return 'ok';
  if (isError(records.at(-1)!.severity)) return 'failed';
  return end ? 'ok' : 'unknown';
}

/** Client and server log one call each: the containing interval is the call's, both logs are its records. */
function mergeSides(attempts: AttemptDraft[], records: LogRecord[]): AttemptDraft[] {
  const result: AttemptDraft[] = [];
  for (const attempt of [...attempts].sort(byLength)) {
    const outer = result.find(
      other =>
        contains(other, attempt) && records[other.records[0]!]!.service !== records[attempt.records[0]!]!.service,
    );
    if (outer) outer.records = [...outer.records, ...attempt.records].sort((a, b) => a - b);
    else result.push(attempt);
  }
  return result.sort((a, b) => a.records[0]! - b.records[0]!);
}

const lengthOf = ({ start, end }: AttemptDraft): number => (start === null || end === null ? -1 : end - start);
const byLength = (a: AttemptDraft, b: AttemptDraft): number =>
  lengthOf(b) - lengthOf(a) || a.records[0]! - b.records[0]!;

const contains = (outer: AttemptDraft, inner: AttemptDraft): boolean =>
  outer.start !== null &&
  outer.end !== null &&
  outer.startLogged &&
  outer.endLogged &&
  inner.start !== null &&
  inner.end !== null &&
  inner.end > inner.start &&
  outer.start <= inner.start &&
  outer.end >= inner.end;

/** The first success releases the flow, else the last attempt; an attempt that was given up has failed. */
export function settle(draft: StepDraft): void {
  const success = draft.attempts.find(attempt => attempt.status === 'ok');
  draft.releasing = success ?? draft.attempts.at(-1) ?? null;
  const releasingAt = draft.releasing ? draft.attempts.indexOf(draft.releasing) : 0;
  draft.attempts.forEach((attempt, index) => {
    if (index < releasingAt && !attempt.endLogged) attempt.status = 'failed';
  });
}
