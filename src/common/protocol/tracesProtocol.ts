import type { NoteDocument, TraceName, TraceSummaryDocument } from './documents';
import type { ListProgress, ListRequest } from './logEngine';

/** Requests between the page of the *Traces* view and the extension, over one `RpcChannel`. */
export interface TracesHost {
  /** The page is up, for the first time or again; `query` is what it showed before it was hidden. */
  ready(request: { query: TraceQuery | null }): TracesState;
  /** Another list. Its state comes by `show`. */
  ask(query: TraceQuery): void;
  /** A stretch of the list of that revision. */
  rows(request: { revision: number; from: number; to: number }): TraceSummaryDocument[];
  /** What traces of the list are called, in the order of the IDs. */
  names(request: { ids: string[] }): TraceName[];
  /** The first traces of the sources whatever the filter, to look for similar ones in; `of` is how many there are. */
  candidates(): TraceCandidates;
  /** Opens the timeline of an ID, or of what a text holds; a preview leaves the focus in the list. */
  open(request: { text: string; preview: boolean }): void;
  copy(request: { correlationId: string }): void;
  /** Reads the sources again. */
  refresh(): void;
  cancel(): void;
  addLogs(): void;
  openFolder(): void;
  openSetting(): void;
  takeTour(): void;
  howRead(): void;
}

/** Which traces, and in which order. */
export interface TraceQuery {
  filter: string;
  sort: TraceSort;
  reverse: boolean;
}

export const traceSorts = ['status', 'duration', 'start', 'errors', 'records', 'steps', 'correlationId'] as const;
export type TraceSort = (typeof traceSorts)[number] & NonNullable<ListRequest['sort']>;

/** Failed and slowest first. */
export const defaultQuery: TraceQuery = { filter: '', sort: 'status', reverse: false };

export interface TraceCandidates {
  traces: TraceSummaryDocument[];
  /** Those of the first of them. */
  names: TraceName[];
  of: number;
}

/** What the extension tells the page, always a whole state, never a change to one. */
export interface TracesState {
  /** What is asked for; `list` may still be the one before. */
  query: TraceQuery;
  list: TraceList | null;
  /** `progress` is `null` until the reading has told of some. */
  reading: { progress: ListProgress | null } | null;
  /** Why there is no newer list: for the user, with the remedy. */
  problem: { kind: 'failed' | 'cancelled'; message: string } | null;
}

export interface TraceList {
  query: TraceQuery;
  revision: number;
  total: number;
  longestMs: number | null;
  /** Sources that were read; `null` where nobody counted. */
  sources: number | null;
  /** What was looked for and where, and what was read: two sentences. */
  searched: string;
  read: string;
  /** Whether a folder is open to look for logs in. */
  hasFolder: boolean;
  notes: NoteDocument[];
}

/** Requests that the page answers. */
export interface TracesPage {
  show(state: TracesState): void;
}

/** What the page keeps by `setState`, as long as the view lives. */
export interface TracesPageMemory {
  query: TraceQuery;
  selected: { id: string; index: number } | null;
  scrollTop: number;
}
