import type { LogRecord, Phase } from '../model/logRecord';
import type { ReadRecord } from '../profile/recordReader';

/** The values of a record that a trace's summary takes, in the order of their columns. */
export const valueRoles = [
  'correlationId',
  'stepId',
  'previousStepId',
  'userId',
  'sessionId',
  'entityId',
  'organizationId',
  'service',
  'host',
  'thread',
  'stepType',
] as const;

/** Places in {@link valueRoles}. */
export const role = {
  correlation: 0,
  step: 1,
  previous: 2,
  user: 3,
  session: 4,
  entity: 5,
  organization: 6,
  service: 7,
  host: 8,
  thread: 9,
  stepType: 10,
} as const;

/** What a record says for the summary of its trace. */
export interface RecordFacts {
  /** By {@link valueRoles}; `null` where the record does not say. */
  values: (string | null)[];
  time: bigint | null;
  /** Nanoseconds. */
  duration: number | null;
  timeIs: 'start' | 'end';
  phase: Phase;
  outcome: 'ok' | 'failed' | null;
  isError: boolean;
  hasException: boolean;
  /** `null`: none is named, or the first. */
  attempt: number | null;
}

/** The facts of a record; its pointers beyond the first are left out. */
export function factsOf(record: LogRecord): RecordFacts {
  const { severity, attempt } = record;
  return {
    values: [
      record.correlationIds[0]?.id ?? null,
      record.stepId,
      record.previous[0]?.id ?? null,
      record.userId,
      record.sessionId,
      record.entityId,
      record.organizationId,
      record.service,
      record.host,
      record.thread,
      record.stepType,
    ],
    time: record.time?.at ?? null,
    duration: record.duration,
    timeIs: record.timeIs,
    phase: record.phase,
    outcome: record.outcome,
    isError: severity === 'error' || severity === 'fatal',
    hasException: record.exception !== null,
    attempt: attempt === 1 ? null : attempt,
  };
}

/** Whether a record has at most one group ID and one pointer, so that its facts are all that it says. */
export const isPlain = ({ record }: ReadRecord): boolean =>
  record.correlationIds.length < 2 && record.previous.length < 2;

/** Whether two records say the same but for their values, times and durations. */
export const sameKind = (a: RecordFacts, b: RecordFacts): boolean =>
  a.timeIs === b.timeIs &&
  a.phase === b.phase &&
  a.outcome === b.outcome &&
  a.isError === b.isError &&
  a.hasException === b.hasException &&
  a.attempt === b.attempt;
