import type { LoggedPhases } from './services.ts';

/**
 * The ground truth of one trace: one JSON line of the truth file. Times are epoch ms (all log stamps are whole ms).
 * Where design §3 leaves room, the reading taken here is said in a comment.
 */
export interface TraceTruth {
  correlationId: string;
  userId: string;
  sessionId: string;
  entityId: string;
  organizationId: string;
  /**
   * `failed`: the flow stopped at a failed step. `unknown`: it stopped at a step that started and never ended.
   * `recovered`: it reached its result although a step, or an attempt that was superseded, failed. Else `ok`.
   */
  status: 'ok' | 'failed' | 'recovered' | 'unknown';
  /** The step at which a failed trace failed; null for any other status. */
  failedStepId: string | null;
  /** The default T: the result, the failed flow's step with the latest end, or the step that never ended. */
  endStepId: string;
  /** First to last record, all records counted. */
  durationMs: number;
  /** In row order. */
  steps: StepTruth[];
  /** All records with this correlation ID, in time order, handoffs included. */
  records: RecordRef[];
  /** Records of other traces that mention this one in their text. */
  mentions: RecordRef[];
}

export interface StepTruth {
  stepId: string;
  stepType: string;
  service: string;
  messageId: string;
  /** The true ones. */
  previousStepIds: string[];
  /** What the logs state; fewer than the true ones where a fan-in names only one branch. */
  loggedPreviousStepIds: string[];
  /** Of the releasing attempt, and true: not what can be known from the logs. */
  start: number;
  /** Null where the worker died and nobody took over. */
  end: number | null;
  /** A lost step logs only its `start`, whatever its service does otherwise. */
  loggedPhases: LoggedPhases;
  expected: ExpectedDuration;
  attempts: number;
  /** In order. A duplicate delivery after success is an attempt too; a crashed and redelivered one has failed. */
  attemptStatuses: StepStatus[];
  status: StepStatus;
  depth: number;
  /**
   * From the previous step's handoff if logged, else its end, to the first attempt's start. Null for the root, where
   * the start is not logged (a stated duration with its end counts as a logged start), and where without a handoff
   * the end of a previous step is not logged.
   */
  waitMs: number | null;
  /** Records by the step's own service. */
  records: RecordRef[];
  /** Records with the step's id that its publisher wrote. */
  handoffs: RecordRef[];
}

/** What the logs say about the end: a step with only a start is `unknown`. */
export type StepStatus = 'ok' | 'failed' | 'unknown';

/**
 * What design §3 makes of the logged phases. A start without an end runs to the earliest stamp (first attempts included)
 * of a next step's work; of its handoff only where the service is seen to log no ends, for who logs them hands over
 * before, and an end may be lost. An end without a start runs from when a previous step had let
 * go: the handoff where its service logged one (what it logs afterwards says nothing of the next step), else its own
 * latest stamp at or before the end.
 */
export interface ExpectedDuration {
  durationMs: number | null;
  durationKind: 'stated' | 'observed' | 'inferred' | 'instant' | 'unknown';
  bound: 'exact' | 'atLeast' | 'atMost' | null;
}

/** `source` is the file's name inside the log folder; lines start at 1; a record's line is its first. */
export interface RecordRef {
  source: string;
  line: number;
}
