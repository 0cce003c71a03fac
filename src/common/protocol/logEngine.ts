import type { ReadingSettings } from '../profile/readingSettings';
import type { TimelineRow } from '../timeline/timelineRow';
import type {
  Completeness,
  DetectDocument,
  ExplainDocument,
  ListDocument,
  NoteDocument,
  RecordDocument,
  StepDocument,
  TraceDocument,
  TraceSummaryDocument,
} from './documents';

/**
 * The one narrow door to everything heavy: sources are found, scanned, parsed and assembled behind it, off the main
 * thread. The extension, the command line and the assistant's tool use it alike.
 *
 * Every method settles: with its result, or with an `EngineError` that names the source, the place and the remedy; a
 * signal that aborts rejects with an `AbortError`.
 */
export interface LogEngine {
  /** Replaces the set of places to read. Cheap: nothing is read before it is asked for. */
  setSources(places: SourcePlace[]): Promise<void>;
  /**
   * Replaces what the user says of how sources are read: all that is asked for from now on goes by it; traces that are
   * held stay as they are. Rejects with an `EngineError` that names the setting, the entry and the remedy.
   */
  setReading(settings: ReadingSettings): Promise<void>;
  /** How each source is read; `full` counts whole sources instead of a sample, `samples` shows some records. */
  sources(request: { full: boolean; samples?: boolean }, options?: CallOptions): Promise<DetectDocument>;
  /** Finds everything that belongs to what `text` holds: an ID, a query, or any text with an ID in it. */
  lookup(request: LookupRequest, options?: LookupOptions): Promise<LookupResult>;
  /** What a line of a source says, plus what is known of its trace by now. */
  at(request: AtRequest, options?: CallOptions): Promise<RecordInsight>;
  /** Every trace of the sources: all is read once, and only what is new in them from then on. */
  list(request: ListRequest, options?: ListOptions): Promise<ListDocument>;
  /** Frees what a look-up holds. */
  release(traceId: string): Promise<void>;
  /** A stretch of a trace's timeline rows. */
  window(request: { traceId: string; from: number; to: number }): Promise<TimelineRow[]>;
  /** One step with all its records. */
  step(request: { traceId: string; key: string }): Promise<StepDocument>;
  /** The records of a trace in time order, from `from` up to and without `to`. */
  records(request: { traceId: string; from: number; to: number }): Promise<RecordDocument[]>;
  /** The whole trace, for exports. */
  document(traceId: string): Promise<TraceDocument>;
  dispose(): Promise<void>;
}

export interface CallOptions {
  signal?: AbortSignal;
}

export interface LookupOptions extends CallOptions {
  /** Called at most every 100 ms while sources are read; carries the trace as far as it is known. */
  onProgress?: (progress: LookupProgress) => void;
}

export interface ListOptions extends CallOptions {
  /** Called at most every 100 ms while sources are read. */
  onProgress?: (progress: ListProgress) => void;
}

export interface ListProgress {
  /** As the sources are stored. */
  bytesRead: number;
  bytesTotal: number;
  /** Correlations found so far. */
  traces: number;
}

/** A place that the user named. */
export type SourcePlace =
  /**
   * A file or a folder (read recursively) by absolute path, or a glob with an absolute base. With `within`, an absolute
   * folder, whatever leads out of it (by a link or `..`) is skipped: for places that the user did not name.
   */
  | { kind: 'path'; path: string; optional?: boolean; within?: string }
  /** Text that is no file: standard input, an untitled editor. `id` names it in results. */
  | { kind: 'text'; id: string; text: string | Uint8Array }
  /** Text of the file at `id` that is newer than the disk: read in its stead wherever another place names that file. */
  | { kind: 'unsaved'; id: string; text: string };

export interface LookupRequest {
  text: string;
  /** Search only these sources (absolute paths or text ids). */
  only?: string[];
  /** An aborted look-up leaves the trace that `onProgress` told of last: held, as far as it is known, until `release`. */
  keepPartial?: boolean;
}

export interface LookupProgress {
  bytesRead: number;
  bytesTotal: number;
  sourcesDone: number;
  sources: number;
  hits: number;
  /** The trace so far, once it has a step. Valid until the look-up ends; see `keepPartial`. */
  trace: TraceHeader | null;
}

export type LookupResult =
  | { kind: 'trace'; trace: TraceHeader; completeness: Completeness }
  | { kind: 'choices'; role: string; traces: TraceSummaryDocument[]; notes: NoteDocument[]; completeness: Completeness }
  | { kind: 'notFound'; completeness: Completeness; hints: string[] };

/** Everything of a trace but its rows and records: what a timeline's header needs. */
export interface TraceHeader
  extends Omit<TraceDocument, 'kind' | 'steps' | 'completeness' | 'criticalPath' | 'clockOffsets' | 'offsetsApplied'> {
  /** Names the trace in further calls until `release`. */
  traceId: string;
  /** Grows each time the trace changes; a window of an older revision must be asked for again. */
  revision: number;
  complete: boolean;
  steps: number;
  records: number;
  criticalPathUntil: { key: string; reason: string } | null;
}

export interface AtRequest {
  source: string;
  /** 1-based. */
  line: number;
  /** Text of the document where it is newer than the file, or no file at all. */
  text?: string;
}

/** What one line says (`record`, `explain`) and what is known of the trace it belongs to. */
export interface RecordInsight {
  explain: ExplainDocument;
  record: RecordDocument;
  correlationId: string | null;
  /** Facts that need the whole trace; `null` and `complete: false` until it has been looked up. */
  trace: {
    traceId: string;
    status: TraceDocument['status'];
    durationMs: number | null;
    /** First line of the trace: the request that triggered this line. */
    first: RecordDocument;
    userId: string | null;
    sessionId: string | null;
    step: StepDocument | null;
    stepNumber: string | null;
    previous: { key: string; label: string; number: string | null }[];
  } | null;
  complete: boolean;
}

export interface ListRequest {
  filter?: string;
  /** Worst, longest, most and earliest first; left out: by status, of equals the longest first. */
  sort?: 'start' | 'duration' | 'status' | 'records' | 'errors';
  /** How many of the traces that fit stand before the first one wanted; left out: none. */
  from?: number;
  /** Most traces that are wanted; left out: all. */
  limit?: number;
}

/** An error that is meant for the user: what is wrong, where, and what to do. */
export class EngineError extends Error {
  override readonly name = 'EngineError';
  readonly source: string | null;
  constructor(message: string, source: string | null = null) {
    super(message);
    this.source = source;
  }
}
