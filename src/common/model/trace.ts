import type { LogRecord } from './logRecord';
import type { Note } from './note';
import type { EpochNanos, Nanos } from './units';
import type { UsedTokens } from './usedTokens';

export type StepKind = 'llm' | 'tool' | 'agent' | 'retrieval' | 'context' | 'plumbing' | 'observability' | 'work';
export type LinkMeaning = 'follows' | 'encloses';
export type LinkEvidence = 'stated' | 'joined' | 'inferred';
export type DurationKind = 'stated' | 'observed' | 'inferred' | 'instant' | 'unknown';
export type DurationBound = 'exact' | 'atLeast' | 'atMost';
export type StepStatus = 'ok' | 'failed' | 'running' | 'unknown';
export type TraceStatus = 'ok' | 'failed' | 'recovered' | 'running' | 'unknown';
export type SegmentKind = 'run' | 'wait' | 'idle' | 'elapsed' | 'unknown';

/** From a step to a previous step. `stepId` is what the log wrote, `key` the step it was resolved to. */
export interface StepLink {
  key: string;
  stepId: string | null;
  meaning: LinkMeaning;
  evidence: LinkEvidence;
}

/** One side of a call, by its own lane's clock. Times as in {@link Step}. */
export interface AttemptSide {
  service: string | null;
  host: string | null;
  thread: string | null;
  start: Nanos | null;
  end: Nanos | null;
  status: StepStatus;
}

/** One go at a step: a delivery, a retry, or a call, whose times are the caller's. */
export interface Attempt extends AttemptSide {
  /** Of a call whose sides log under one step ID: the others, those that were called. */
  sides: readonly AttemptSide[];
  /** True for the attempt whose start and end are the step's own. */
  releasing: boolean;
}

/**
 * One unit of work in a trace. Times are nanoseconds since the trace's origin, `null` where the logs do not say.
 * Arrays are in the order of the log.
 */
export interface Step {
  /** Unique in the trace; starts with `~` where the step is made up because the log has no step ID. */
  key: string;
  stepId: string | null;
  stepType: string | null;
  kind: StepKind;
  service: string | null;
  host: string | null;
  thread: string | null;
  messageId: string | null;
  previousSteps: StepLink[];
  start: Nanos | null;
  end: Nanos | null;
  duration: Nanos | null;
  durationKind: DurationKind;
  bound: DurationBound | null;
  /** Time in the queue before the first attempt; `null` where the logs do not show both sides of it. */
  wait: Nanos | null;
  /** From the previous step's start stamp to this one's: a column of its own, never a duration. */
  sincePrevious: Nanos | null;
  /** Duration less the union of enclosed steps. */
  self: Nanos | null;
  drag: Nanos | null;
  status: StepStatus;
  attempts: Attempt[];
  depth: number;
  input: string | null;
  attributes: Readonly<Record<string, string>>;
  tokens: number | null;
  cost: number | null;
  codeLocation: LogRecord['codeLocation'];
  /** Indexes into {@link Trace.records}, in time order. Handoff records stand with the step they announce. */
  records: readonly number[];
  /**
   * Set where the step is made up for a service that does not log: how many calls (or published messages) it stands for.
   * Its `stepType` is the name that the caller uses, it has no records, and no path leads through it.
   */
  external: { calls: number; means: 'call' | 'publish' } | null;
  /** What was taken off the stamps of the step's host on request (see {@link Trace.offsetsApplied}); else `null`. */
  clockOffset: Nanos | null;
  /** Indexes of those records that announce the step (written by the publisher). */
  handoffs: readonly number[];
}

/** A stretch of the critical path. Segments are contiguous: each starts where the one before it ends. */
export interface PathSegment {
  kind: SegmentKind;
  key: string;
  start: Nanos;
  end: Nanos;
}

export interface CriticalPath {
  /** Key of the step at whose end the path is measured. */
  until: string;
  untilReason: string;
  /** In time order; made when they are first read. */
  readonly segments: PathSegment[];
}

export interface Bottleneck {
  key: string;
  /** The step's own time on the path. */
  duration: Nanos;
  /** Share of the path, 0 … 1. */
  share: number;
  drag: Nanos;
  /** The parallel branch that limits the run once this step is gone. */
  thenKey: string | null;
  sentence: string;
}

/**
 * How far a host's clock seems to be ahead (negative: behind) of the reference host's, from effects stamped before
 * their causes. A service stands for its host where the log names none.
 */
export interface ClockOffset {
  host: string;
  reference: string;
  /** The interval of offsets under which no effect comes before its cause; `null` where it is open. */
  min: Nanos | null;
  max: Nanos | null;
  suggested: Nanos;
}

/** How many steps worked at once: at most, and on average over the time in which any did. */
export interface Concurrency {
  peak: number;
  average: number;
}

/** What one model used in a trace; `model` is `null` where the records do not name it. */
export interface ModelUsage {
  model: string | null;
  calls: number;
  tokens: number | null;
  cost: number | null;
}

/** Tokens and cost over all calls that state them, each call once. */
export interface Usage extends Omit<ModelUsage, 'model'> {
  /** Statements left out because they tell of the same call again, or of the sum of others. */
  repeats: number;
  /** Most tokens first. */
  models: ModelUsage[];
  /** What of it each step states, by the step's key: their sum is the total. */
  bySteps: ReadonlyMap<string, UsedTokens>;
}

export interface Trace {
  correlationId: string;
  /** Every spelling found in the records. */
  spellings: string[];
  /** Time of the earliest stamp; `null` where no record has one. */
  origin: EpochNanos | null;
  /** Over all records. */
  duration: Nanos | null;
  status: TraceStatus;
  failedStep: string | null;
  /** How that failure travelled: the step itself, then those that contain it and failed, too, outwards. */
  failurePath: string[];
  userId: string | null;
  sessionId: string | null;
  entityId: string | null;
  organizationId: string | null;
  services: string[];
  /** In row order. */
  steps: readonly Step[];
  criticalPath: CriticalPath | null;
  bottleneck: Bottleneck | null;
  /** `null` where no record states tokens or cost. */
  usage: Usage | null;
  /** Clocks that seem to be wrong. Nothing is moved for them. */
  clockOffsets: ClockOffset[];
  /** What assembly was told to take off the stamps of a host; `records` keep theirs. */
  offsetsApplied: { host: string; offset: Nanos }[];
  notes: Note[];
  /** Sorted by time, then source, then line. */
  records: LogRecord[];
  /** Records of other correlations that name this ID in their text. */
  mentions: LogRecord[];
}

/** What the list of traces says of one trace without its steps. */
export interface TraceSummary {
  correlationId: string;
  origin: EpochNanos | null;
  duration: Nanos | null;
  records: number;
  steps: number;
  services: string[];
  errors: number;
  status: TraceStatus;
  userId: string | null;
  sessionId: string | null;
  entityId: string | null;
  organizationId: string | null;
}
