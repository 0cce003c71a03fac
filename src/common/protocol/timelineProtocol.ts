import type { FoundSteps } from '../query/findSteps';
import type { Arrangement, ShownEntries } from '../timeline/arrangement';
import type { Arranged } from '../timeline/foldableRows';
import type { TimelineOverview } from '../timeline/overview';
import type { RecordRow } from '../timeline/recordRow';
import type { StepLinks } from '../timeline/stepLinks';
import type { TimelineRow } from '../timeline/timelineRow';
import type { TimeWindow } from '../timeline/timeWindow';
import type { StepDocument } from './documents';
import type { ArrangeRequest, LookupProgress, NextRowRequest, OverviewRequest, TraceHeader } from './logEngine';

/**
 * Requests between the timeline's page and the extension, over one `RpcChannel`. A record is named by step key and
 * index, never by a path or URI from the page.
 */
export interface TimelineHost {
  /** The page is up: what to show. Sent once per page life. */
  ready(): TimelineState;
  rows(request: { traceId: string; from: number; to: number }): TimelineRow[];
  /** The whole trace in so many columns of equal width. */
  overview(request: OverviewRequest): TimelineOverview;
  /** What is shown by an arrangement, with as much opened as row `show` needs to be seen. */
  arrange(request: ArrangeRequest): Arranged;
  /** These entries, for a timeline that shows only some rows. */
  pick(request: { traceId: string; entries: ShownEntries }): TimelineRow[];
  /** Looks for steps; only their places come back. */
  find(request: { traceId: string; query: string }): FoundSteps;
  nextRow(request: NextRowRequest): number | null;
  step(request: { traceId: string; key: string }): StepDocument;
  /** Index of a step's row; `null` where the trace has no such step. */
  locate(request: { traceId: string; key: string }): number | null;
  /** Opens the record in its file, beside the timeline; a preview leaves the focus in the timeline. Nearby ones count on. */
  openRecord(request: { traceId: string; key: string; record: number; preview: boolean }): void;
  /** A stretch of all records of the trace, in time order. */
  recordRows(request: { traceId: string; from: number; to: number }): RecordRow[];
  /** Index of a step's first record among all. */
  recordOf(request: { traceId: string; key: string }): number | null;
  /** Index of a record that may have moved, by the `id` of its row. */
  recordAt(request: { traceId: string; id: string }): number | null;
  /** The steps before and after a step, by their names. */
  links(request: { traceId: string; key: string }): StepLinks;
  /** As `openRecord`, for a record by its index among all. */
  openLine(request: { traceId: string; index: number; preview: boolean }): void;
  /** Opens the code that a step's records name, if it is in the workspace. */
  openCode(request: { traceId: string; key: string }): void;
  /** Opens the code that a stack frame of a record names; `frame` is its place among those of `stackFrames`. Nearby ones count on. */
  openFrame(request: { traceId: string; key: string; record: number; frame: number }): void;
  /** Opens a record that a note is about. */
  openNote(request: { traceId: string; note: number; record: number; preview: boolean }): void;
  copy(request: CopyRequest): void;
  /** Takes the suggested clock offsets off the times, or shows them as logged. A new state comes with `show`. */
  moveClocks(request: { traceId: string; apply: boolean }): void;
  /** Reads on as the logs grow, or holds on to what is on show. */
  setLive(request: { live: boolean }): void;
  /** Keeps whether timelines begin with the agent lens on; `null` only asks. */
  lens(request: { on: boolean | null }): boolean;
  cancel(): void;
  /** Searches again for what this timeline is about; asks again which trace is meant where several fit. */
  searchAgain(): void;
  /** *Add Log Files…*; what was added is searched at once. */
  addLogs(): void;
  /** Opens the setting that says which logs are searched. */
  openSetting(): void;
  /** Opens the page that tells how the logs are read, and where that is changed. */
  howRead(): void;
  /** Lists the traces of a user, session, entity or organisation of the header. */
  pivot(request: { traceId: string; role: 'userId' | 'sessionId' | 'entityId' | 'organizationId' }): void;
}

/** What goes onto the clipboard. A link leads to the step that is selected, if one is. */
export type CopyRequest = { traceId: string } & CopyWhat;
export type CopyWhat =
  | { what: 'id' | 'list' | 'markdown' }
  | { what: 'link'; step: string | null }
  | { what: 'stepText' | 'stepJson'; step: string };

/**
 * What the extension tells the page, always a whole state, never a change to one. `title` is the ID or text that is
 * looked up, so that a page restored early knows what to ask for again.
 */
export type TimelineState =
  | { kind: 'loading'; title: string; progress: LookupProgress | null }
  /** `progress` says that a search runs, the first or another one. `cancelled`: the steps that were found until then. */
  | {
      kind: 'trace';
      trace: TraceHeader;
      selected: string | null;
      progress: LookupProgress | null;
      cancelled?: boolean | undefined;
      /** Whether the logs are read on; left out where they cannot be. */
      live?: boolean | undefined;
    }
  /** Several traces fit: the editor asks which one is meant; `searchAgain` has it ask again. */
  | { kind: 'choices'; title: string; role: string; count: number }
  | { kind: 'notFound'; title: string; searched: string; hints: string[] }
  | { kind: 'failed'; title: string; message: string; cancelled?: boolean | undefined };

/** Requests that the page answers. */
export interface TimelinePage {
  show(state: TimelineState): void;
  select(request: { key: string }): void;
  /** Key of the step that is selected. */
  selected(): string | null;
}

/**
 * What the page keeps by `setState`. A restored panel hands it to the extension, which must check it like any message:
 * `query` is what to look up again, the rest is the page's own.
 */
export interface TimelinePageMemory {
  query: string;
  selected: string | null;
  /** What the extension last wanted selected: a choice of the user's after that counts more. */
  asked: string | null;
  scrollTop: number;
  details: boolean;
  /** The stretch of time that is shown; `null`: all of it. */
  window: TimeWindow | null;
  /** Whether idle gaps have less room on the axis than their length. */
  compress: boolean;
  /** What times count from: the trace's start, or midnight in UTC, where the reader is, or by the clock of the logs. */
  clock: 'start' | 'utc' | 'local' | 'logged';
  /** Which tab of the details is on show. */
  tab: 'step' | 'records';
  /** The size of the details at the right and below, in percent; `null`: the usual one. */
  paneSizes: { right: number | null; below: number | null };
  /** Where the details of a step were scrolled to. */
  detailsAt: { step: string; top: number } | null;
  /** The record that was selected among all, by the `id` of its row, while a step was, and where they were scrolled to. */
  record: { id: string; step: string } | null;
  recordsTop: number;
  /** Whether the list of notes is open. */
  notes: boolean;
  /** Whether all of the header is shown where there is little room. */
  header: boolean;
  /** What is looked for while the find widget is open; `null` while it is not. */
  find: string | null;
  /** Whether it hides what does not fit. */
  hide: boolean;
  /** What is folded. */
  arrangement: Arrangement;
}
