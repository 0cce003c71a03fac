import type { ReadingSettings } from '../profile/readingSettings';
import type { FoundSteps } from '../query/findSteps';
import type { Arrangement, ShownEntries } from '../timeline/arrangement';
import type { Arranged } from '../timeline/foldableRows';
import type { Landmark } from '../timeline/nextRow';
import type { TimelineOverview } from '../timeline/overview';
import type { RecordRow } from '../timeline/recordRow';
import type { RowChildren } from '../timeline/rowChildren';
import type { StepLinks } from '../timeline/stepLinks';
import type { TimelineRow } from '../timeline/timelineRow';
import type { TracePicture } from '../timeline/tracePicture';
import type {
  Completeness,
  DetectDocument,
  ExplainDocument,
  ListDocument,
  NoteDocument,
  RecordDocument,
  StepDocument,
  TraceDocument,
  TraceName,
  TraceSummaryDocument,
} from './documents';
import type { LogReader } from './logReader';
import type { RemoteState } from './sourceHost';

/**
 * The one narrow door to everything heavy: sources are found, scanned, parsed and assembled behind it, off the main
 * thread. The extension, the command line and the assistant's tool use it alike.
 *
 * Every method settles: with its result, or with an `EngineError` that names the source, the place and the remedy; a
 * signal that aborts rejects with an `AbortError`.
 */
export interface LogEngine extends LogReader {
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
  /** The traces of the sources, or a stretch of them: all is read once, and from then on only what is new. */
  list(request: ListRequest, options?: ListOptions): Promise<ListDocument>;
  /** What traces of a list are called, by their IDs: of each its first record is read, unless that would cost much. */
  names(request: NamesRequest, options?: CallOptions): Promise<TraceName[]>;
  /**
   * Brings the index up to date, in the background: only what is new of a source is read. Look-ups, which come first,
   * use what there is of it. An abort keeps what is done. Fulfilled when all sources are indexed as they were at its
   * beginning; to be called again when they have grown.
   */
  index(options?: IndexOptions): Promise<IndexProgress>;
  /** Forgets the index, and deletes it from the disk. @returns bytes that were freed */
  clearIndex(): Promise<number>;
  /** How the remote places that were asked for are doing. */
  remoteStates(): Promise<RemoteState[]>;
  /** Deletes the copies of remote logs from the disk. @returns bytes that were freed */
  clearRemote(): Promise<number>;
  /** Frees what a look-up holds. */
  release(traceId: string): Promise<void>;
  /**
   * Reads on for a held trace as sources grow, rotate, are emptied, go and come back: each time something of it is new,
   * the trace changes its revision. Resolves when the signal aborts or the trace is released.
   */
  follow(traceId: string, options?: FollowOptions): Promise<void>;
  /** Tells within a second whenever a source has grown, changed, come or gone, until the signal aborts. */
  watch(options: WatchOptions): Promise<void>;
  /** A stretch of a trace's timeline rows. */
  window(request: { traceId: string; from: number; to: number }): Promise<TimelineRow[]>;
  /** The rows that hang directly below a row, see `rowChildren`. */
  children(request: ChildrenRequest): Promise<RowChildren>;
  /** The whole trace in so many columns of equal width, each with every error that is in it. */
  overview(request: OverviewRequest): Promise<TimelineOverview>;
  /** What is shown of a trace's timeline by an arrangement, in which row `show` is to be seen. */
  arrange(request: ArrangeRequest): Promise<Arranged>;
  /** These entries of a list of shown rows; what is beyond the trace's end is left out. */
  pick(request: { traceId: string; entries: ShownEntries }): Promise<TimelineRow[]>;
  /** The rows of the steps that fit a query. What is wrong with a query stands in the answer. */
  find(request: { traceId: string; query: string }): Promise<FoundSteps>;
  /** Index of the next row of a kind, see `nextRow`. */
  nextRow(request: NextRowRequest): Promise<number | null>;
  /** One step with all its records. */
  step(request: { traceId: string; key: string }): Promise<StepDocument>;
  /** The records of a trace in time order, from `from` up to and without `to`. */
  records(request: { traceId: string; from: number; to: number }): Promise<RecordDocument[]>;
  /** The same for a list of them, each with its step and the time since the record before. */
  recordRows(request: { traceId: string; from: number; to: number }): Promise<RecordRow[]>;
  /** Index of a step's first record; `null` where it has none. */
  recordOf(request: { traceId: string; key: string }): Promise<number | null>;
  /** Index of a record by the `id` of its row; `null` where the trace has it no more. */
  recordAt(request: { traceId: string; id: string }): Promise<number | null>;
  /** The steps before and after a step, by their names; see `stepLinks`. */
  links(request: { traceId: string; key: string }): Promise<StepLinks>;
  /**
   * Takes the suggested clock offsets off the stamps of a trace that is held and complete, or shows the stamps as they are
   * logged again. Everything asked for afterwards goes by it, under a new revision.
   */
  moveClocks(request: { traceId: string; apply: boolean }): Promise<TraceHeader>;
  /** The whole trace, for exports. */
  document(traceId: string): Promise<TraceDocument>;
  dispose(): Promise<void>;
}

export interface ChildrenRequest {
  traceId: string;
  /** `null`: those that hang below none. */
  parent: number | null;
  from: number;
  to: number;
}

export interface OverviewRequest {
  traceId: string;
  columns: number;
  /** Gives idle gaps less room on the axis than their length. */
  compress: boolean;
}

export interface NextRowRequest {
  traceId: string;
  /** `null`: from the beginning, or from the end. */
  from: number | null;
  landmark: Landmark;
  backwards: boolean;
}

export interface ArrangeRequest {
  traceId: string;
  arrangement: Arrangement;
  /** `null`: none. */
  show: number | null;
}

export interface CallOptions {
  signal?: AbortSignal;
}

export interface LookupOptions extends CallOptions {
  /** Called at most every 100 ms while sources are read; carries the trace as far as it is known. */
  onProgress?: (progress: LookupProgress) => void;
}

export interface FollowOptions extends CallOptions {
  /** Called within a second of a change. */
  onProgress?: (trace: TraceHeader) => void;
}

export interface WatchOptions extends CallOptions {
  onProgress: () => void;
}

export interface IndexOptions extends CallOptions {
  /** Called with each part that is done. */
  onProgress?: (progress: IndexProgress) => void;
}

export interface IndexProgress {
  sources: number;
  /** Of those that can be indexed. */
  sourcesDone: number;
  /** Stored bytes of them. */
  bytes: number;
  bytesDone: number;
  /** What the index takes in memory. */
  indexBytes: number;
}

/** A place that the user named. */
export type SourcePlace =
  /**
   * A file or a folder (read recursively) by absolute path, a glob with an absolute base, or a remote place. With `within`, an absolute
   * folder, whatever leads out of it (by a link or `..`) is skipped: for places that the user did not name.
   */
  | { kind: 'path'; path: string; optional?: boolean; within?: string }
  /** Text that is no file: standard input, an untitled editor. `id` names it in results. */
  | { kind: 'text'; id: string; text: string | Uint8Array }
  /** What was named or found and could not be handed over, with the reason. */
  | { kind: 'unread'; id: string; reason: string }
  /** Text of the file at `id` that is newer than the disk: read in its stead wherever another place names that file. */
  | { kind: 'unsaved'; id: string; text: string };

export interface LookupRequest {
  text: string;
  /** Search only these sources (absolute paths or text ids). */
  only?: string[];
  /** Search these places in place of those that were set. */
  places?: SourcePlace[];
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
export interface TraceHeader extends Omit<TraceDocument, 'kind' | 'steps' | 'loops' | 'completeness' | 'criticalPath'> {
  /** Names the trace in further calls until `release`. */
  traceId: string;
  /** Grows each time the trace changes; a window of an older revision must be asked for again. */
  revision: number;
  complete: boolean;
  /** Rows of the timeline; those among them that are made up for services that do not log. */
  steps: number;
  external: number;
  /** Those that the agent lens would fold: 0 where it has nothing to offer. */
  plumbing: number;
  /** How deep rows hang below others: 0 where no row does. */
  levels: number;
  records: number;
  criticalPathUntil: { key: string; reason: string } | null;
  /** Minutes east of UTC of the clock that all of its logs show; `null` where they differ, or one does not say. */
  zoneMinutes: number | null;
}

export interface AtRequest {
  source: string;
  /** 1-based. */
  line: number;
  /** Text of the document where it is newer than the file, or no file at all. */
  text?: string;
  /**
   * Where the line begins in decoded bytes, if that is known: no line before it is counted then, and the numbers of lines
   * in the answer go by `line`, whatever it is.
   */
  offset?: number;
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
    /** Index of this record among the trace's, see `records`; `null` where it is not one of them. */
    record: number | null;
    records: number;
    /** Index of the first record that is an error. */
    firstError: number | null;
    userId: string | null;
    sessionId: string | null;
    step: StepDocument | null;
    /** What the timeline calls the step. */
    stepNumber: string | null;
    stepLabel: string | null;
    previous: { key: string; label: string; number: string | null }[];
    /** All of the trace, with that step marked; `null` where it has no times. */
    picture: TracePicture | null;
  } | null;
  complete: boolean;
}

export interface ListRequest {
  /** List the traces of these places in place of those that were set. */
  places?: SourcePlace[];
  filter?: string;
  /** What counts first; worst first, oldest first, longest and most first. Left out: `status`. */
  sort?: 'correlationId' | 'status' | 'start' | 'duration' | 'steps' | 'records' | 'errors';
  /** `sort` the other way round; what is not known stays last. */
  reverse?: boolean;
  /** The stretch that is asked for, in that order: from the trace at this place (left out: the first) … */
  from?: number;
  /** … at most so many. Left out: all. */
  limit?: number;
}

/** At most so many traces are named at a time: the rest is `unread`. */
export const mostNamed = 2_000;

export interface NamesRequest extends Pick<ListRequest, 'places'> {
  ids: string[];
}

export interface ListOptions extends CallOptions {
  /** Called at most every 100 ms while sources are read. */
  onProgress?: (progress: ListProgress) => void;
}

export interface ListProgress {
  bytesRead: number;
  bytesTotal: number;
  /** Traces found until now, whether or not they fit the filter. */
  traces: number;
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
