import type { Field } from './fieldRole';
import type { ByteOffset, EpochNanos, LineNumber, Nanos, SourceId } from './units';

/** Where a record stands: its first line and its bytes in one source. */
export interface RecordLocation {
  source: SourceId;
  /** First line; `null` until somebody counted the lines before it. */
  line: LineNumber | null;
  byteStart: ByteOffset;
  byteEnd: ByteOffset;
  /** Where the source stands in its rotated set, whose files are one log. Left out: it is in none. */
  set?: RotatedPlace | undefined;
}

export interface RotatedPlace {
  /** Path of the log's live file. */
  log: string;
  /** 0 is the oldest file of the log. */
  index: number;
}

/** The log that a record is in: the same for all files of a rotated set, whose lines follow each other. */
export const logOf = ({ source, set }: RecordLocation): string => set?.log ?? source;

/** Order of records within one log. */
export const compareInLog = (a: RecordLocation, b: RecordLocation): number =>
  (a.set?.index ?? 0) - (b.set?.index ?? 0) || a.byteStart - b.byteStart;

/** A stamp with the precision that the log gave it. */
export interface RecordTime {
  at: EpochNanos;
  /** Digits after the second in the log: 0, 3, 6, 9 … A stamp without them stands for a whole second. */
  digits: number;
  /** Minutes east of UTC of the clock that the log shows; left out for a number since the epoch, which shows none. */
  zoneMinutes?: number;
  /** True where the log names no zone and one had to be assumed. */
  zoneAssumed: boolean;
  /** True where the log names no year, or no date at all, and one had to be assumed. */
  dateAssumed: boolean;
}

export const severities = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;
export type Severity = (typeof severities)[number];

export type Phase = 'start' | 'progress' | 'end';

/**
 * A pointer to a previous step. `follows`: the name says that the cause precedes (`previousStepId`, `causationId`);
 * `encloses`: the name says that it contains (`parentSpanId`); `either`: the name does not say (`parent_id`).
 */
export interface PreviousPointer {
  id: string;
  meaning: 'follows' | 'encloses' | 'either';
}

/** A correlation ID as the record spells it, with the field that held it. */
export interface CorrelationIdValue {
  id: string;
  field: string;
  /** True where this record does not say it: the first ones of its source do, in `field`, for all. */
  ofSource?: true;
}

/** A place in source code that a record names. */
export interface CodeLocation {
  file: string;
  line: number | null;
  function: string | null;
}

/**
 * One log event, its fields already read by role. It may span several lines and may have no time.
 * What a log does not say is `null` (or empty), never a guess.
 */
export interface LogRecord {
  location: RecordLocation;
  /** Name of the reader that took this record. */
  format: string;
  time: RecordTime | null;
  severity: Severity | null;
  /** The body: first line of the event's text, continuation lines included. */
  message: string;
  /** Every group ID on the record, strongest name first. */
  correlationIds: CorrelationIdValue[];
  stepId: string | null;
  previous: PreviousPointer[];
  stepType: string | null;
  phase: Phase;
  /** Stated duration of the step that ends (or, by the source's profile, starts) with this record. */
  duration: Nanos | null;
  /** Whether `time` is the start or the end of `duration`; only meaningful beside a duration. */
  timeIs: 'start' | 'end';
  /** What the record itself says of success; `null` where only its severity speaks. */
  outcome: 'ok' | 'failed' | null;
  messageId: string | null;
  toolCallId: string | null;
  service: string | null;
  host: string | null;
  thread: string | null;
  queue: string | null;
  attempt: number | null;
  logger: string | null;
  userId: string | null;
  sessionId: string | null;
  entityId: string | null;
  organizationId: string | null;
  codeLocation: CodeLocation | null;
  input: string | null;
  exception: string | null;
  /** A stack trace that a field beside the message holds. */
  stack: string | null;
  tokens: number | null;
  cost: number | null;
  model: string | null;
  /** Fields without a role, as the log spells them. */
  attributes: Pick<Field, 'name' | 'value'>[];
}
