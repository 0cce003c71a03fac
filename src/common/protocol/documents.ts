/**
 * The documents that `--json` prints: the contract of the command line, in one file. Times are ISO 8601 in UTC with the
 * log's own precision, durations are milliseconds, lines start at 1, `source` is the path of the physical file, and
 * whatever the logs do not say or nobody counted is `null`.
 */

import type { NoteKind } from '../model/note';
import type { Evidence, SourceProfile } from '../model/sourceProfile';
import type {
  DurationBound,
  DurationKind,
  LinkEvidence,
  LinkMeaning,
  SegmentKind,
  StepKind,
  StepStatus,
  TraceStatus,
} from '../model/trace';

export interface Completeness {
  sources: number | null;
  bytesRead: number | null;
  lines: number | null;
  records: number | null;
  recordsOfTrace: number | null;
  unparsed: number | null;
  skippedSources: { source: string; reason: string }[];
  /** Wall time of the search. */
  elapsedMs: number | null;
}

export interface RecordDocument {
  source: string;
  line: number | null;
  byteOffset: number;
  timestamp: string | null;
  severity: string | null;
  message: string;
  /** A stack trace that a field beside the message holds (`err.stack`); one in a text log is part of its message. */
  stack: string | null;
}

export interface NoteDocument {
  kind: NoteKind;
  count: number;
  text: string;
  steps: string[];
  records: { source: string; line: number | null }[];
}

export interface SideDocument {
  service: string | null;
  host: string | null;
  thread: string | null;
  start: string | null;
  end: string | null;
  status: StepStatus;
}

export interface StepDocument {
  key: string;
  stepId: string | null;
  stepType: string | null;
  kind: StepKind;
  service: string | null;
  host: string | null;
  thread: string | null;
  messageId: string | null;
  previousSteps: { key: string; stepId: string | null; meaning: LinkMeaning; evidence: LinkEvidence }[];
  start: string | null;
  end: string | null;
  durationMs: number | null;
  durationKind: DurationKind;
  bound: DurationBound | null;
  waitMs: number | null;
  sincePreviousMs: number | null;
  selfMs: number | null;
  dragMs: number | null;
  status: StepStatus;
  attempts: (SideDocument & {
    /** Of a call whose sides log under one step ID: those that were called, by their own clocks. */
    sides: SideDocument[];
    releasing: boolean;
  })[];
  depth: number;
  input: string | null;
  attributes: Record<string, string>;
  tokens: number | null;
  cost: number | null;
  codeLocation: { file: string; line: number | null; function: string | null } | null;
  /**
   * The step is made up for a service that does not log, or for whoever takes from a queue: how many calls it stands for.
   * Its `stepType` is the callee's name as the caller has it; it has no records and is part of no path.
   */
  external: { calls: number; means: 'call' | 'publish' } | null;
  /** What was taken off the stamps of the step's host on request, in ms; the records keep theirs. `null`: nothing. */
  clockOffsetMs: number | null;
  records: RecordDocument[];
  /**
   * Records without any ID that stand inside the step, in its thread: they are not the trace's, only their place speaks for
   * them. Of a whole trace only the first 50 steps have them that failed or did not end; left out of the others.
   */
  nearby?: RecordDocument[] | undefined;
  /** Beside `nearby`, a sentence for each source that was not looked through to the end for them; empty: all were. */
  nearbyLimits?: string[] | undefined;
}

/** Steps of one level that repeat, each with all below it. A round ends with the last of it that has an end. */
export interface LoopDocument {
  /** Names of the steps of a round; of different tools or models the kind. */
  pattern: string[];
  /** Number of rounds. */
  count: number;
  /** Keys of each round's steps, in row order. */
  rounds: string[][];
  /** Number of rounds whose start and end are known; the times are theirs. */
  measured: number;
  /** Whether rounds overlap in time. */
  parallel: boolean;
  /** From the start of the first round to the end of the last. */
  spanMs: number | null;
  totalMs: number | null;
  minMs: number | null;
  maxMs: number | null;
}

export interface SegmentDocument {
  kind: SegmentKind;
  key: string;
  start: string;
  end: string;
  durationMs: number;
}

export interface TraceDocument {
  kind: 'trace';
  correlationId: string;
  spellings: string[];
  start: string | null;
  end: string | null;
  /** Over all records. */
  durationMs: number | null;
  status: TraceStatus;
  /** Where the failure began. */
  failedStep: string | null;
  /** How it travelled: that step, then those that contain it and failed, too, outwards. Empty where nothing failed. */
  failurePath: string[];
  userId: string | null;
  sessionId: string | null;
  entityId: string | null;
  organizationId: string | null;
  services: string[];
  /** In row order. */
  steps: StepDocument[];
  /** What goes round, in the order of its first row. Nothing is folded: the steps stand among the others. */
  loops: LoopDocument[];
  criticalPath: { until: string; untilReason: string; segments: SegmentDocument[] } | null;
  bottleneck: {
    key: string;
    durationMs: number;
    share: number;
    dragMs: number;
    thenKey: string | null;
    sentence: string;
  } | null;
  /**
   * How many steps worked at once: at most, and on average over the time in which any did. A step that contains others works
   * only while none of them does. `null` where no step has a start and an end.
   */
  concurrency: { peak: number; average: number } | null;
  /** Tokens and cost over all calls that state them, each call once, however many records and steps tell of it. */
  tokens: number | null;
  cost: number | null;
  /** The same by model, most tokens first; `model` is `null` where the records name none. */
  models: { model: string | null; calls: number; tokens: number | null; cost: number | null }[];
  /** How often a step states tokens or cost that are in these totals already. */
  usageRepeats: number;
  /** Hosts whose clocks seem to be ahead of the reference host's (negative: behind), in ms; an open side is `null`. */
  clockOffsets: {
    host: string;
    reference: string;
    minMs: number | null;
    maxMs: number | null;
    suggestedMs: number;
  }[];
  /** What was taken off the stamps of a host on request; records keep theirs. */
  offsetsApplied: { host: string; offsetMs: number }[];
  notes: NoteDocument[];
  /** Records of other correlations that name this ID in their text. */
  mentions: number;
  completeness: Completeness;
}

export interface TraceSummaryDocument {
  correlationId: string;
  start: string | null;
  end: string | null;
  durationMs: number | null;
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

/** What a trace is called in a list; see `traceName`. */
export interface TraceName {
  name: string | null;
  /** Why it has no name: see {@link unnamedReasons}; `null` where it has one. */
  unnamed: UnnamedReason | null;
}

/**
 * `silent`: its first record says nothing. `costly`: that stands where only reading much of a packed log, or asking another
 * machine, would tell. `gone`: it is no longer there. `unread`: beyond what is named at a time.
 */
export const unnamedReasons = ['silent', 'costly', 'gone', 'unread'] as const;
export type UnnamedReason = (typeof unnamedReasons)[number];

export interface ChoicesDocument {
  kind: 'choices';
  /** What the ID is in these traces: userId, sessionId, entityId, organizationId, messageId … */
  role: string;
  traces: TraceSummaryDocument[];
  notes: NoteDocument[];
  completeness: Completeness;
}

export interface NotFoundDocument {
  kind: 'notFound';
  searched: Completeness;
  hints: string[];
}

export type LookupDocument = TraceDocument | ChoicesDocument | NotFoundDocument;

export interface ListDocument {
  traces: TraceSummaryDocument[];
  /** Number of traces that fit the filter, shown or not. */
  total: number;
  /** Longest duration of those that fit; `null` where none has one. */
  longestMs: number | null;
  notes: NoteDocument[];
  completeness: Completeness;
}

/** What `list` prints: with names. */
export interface NamedListDocument extends Omit<ListDocument, 'traces'> {
  traces: (TraceSummaryDocument & TraceName)[];
}

export interface DetectedSource {
  path: string;
  format: string | null;
  /** Records looked at. */
  sampled: number;
  /** Counts are of the sample unless all was read. */
  records: number | null;
  lines: number | null;
  unparsed: number | null;
  recordsWithCorrelationId: number | null;
  distinctCorrelationIds: number | null;
  roles: Record<string, { field: string; evidence: Evidence }>;
  timezone: { value: string; assumed: boolean; evidence: Evidence } | null;
  encoding: string;
  /** What a container's runtime or a shipper put around each line. */
  wrapper: string | null;
  /** Where records begin: `line` at each, `stamp` at those with a stamp or another head, `json`, `table`. */
  framing: string;
  /** Name of the service where no field gives one. */
  service: { value: string | null; evidence: Evidence };
  /** What a stamp beside a duration is. */
  stampIs: 'start' | 'end';
  /** Every format of the sample; the user's own formats are tried before all others. */
  formats: { name: string; share: number }[];
  /** Name of the rotated set that the source is a part of. */
  set: string | null;
  coverage: CoverageDocument[];
  /** A few records that no format reads, cut after 200 characters. */
  unparsedExamples: { line: number | null; text: string }[];
  /** A few records, cut after 2 KiB; `null` unless they were asked for. */
  samples: { line: number | null; text: string; fields: FieldDocument[] }[] | null;
}

/** How many records of a service have what a timeline is made from. */
export interface CoverageDocument {
  service: string | null;
  records: number;
  /** Number of records per role; a role that none has is left out. */
  with: Record<string, number>;
}

/** `start` and `end` are UTF-16 offsets of the value in the record's text. */
export interface FieldDocument {
  name: string;
  value: string;
  role: string | null;
  evidence: Evidence | null;
  start: number | null;
  end: number | null;
}

export interface DetectDocument {
  sources: DetectedSource[];
  notes: NoteDocument[];
}

export interface ExplainDocument {
  path: string;
  line: number;
  record: { firstLine: number; lines: number; bytes: number };
  format: { name: string; evidence: string };
  fields: FieldDocument[];
  profile: SourceProfile;
}
