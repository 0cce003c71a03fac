import type { LookupProgress, TraceHeader } from './logEngine';
import type { StepDocument } from './documents';
import type { TimelineRow } from '../timeline/timelineRow';

/**
 * Requests between the timeline's page and the extension, over one `RpcChannel`. A record is named by step key and
 * index, never by a path or URI from the page.
 */
export interface TimelineHost {
  /** The page is up: what to show. Sent once per page life. */
  ready(): TimelineState;
  rows(request: { traceId: string; from: number; to: number }): TimelineRow[];
  step(request: { traceId: string; key: string }): StepDocument;
  /** Opens the record in its file, beside the timeline. */
  openRecord(request: { traceId: string; key: string; record: number }): void;
  copy(request: { traceId: string; what: 'id' | 'list' | 'markdown' }): void;
  cancel(): void;
  /** Traces another ID: a user, session, entity or organisation from the header. */
  pivot(request: { traceId: string; role: 'userId' | 'sessionId' | 'entityId' | 'organizationId' }): void;
}

/** What the extension tells the page, always a whole state, never a change to one. */
export type TimelineState =
  | { kind: 'loading'; title: string; progress: LookupProgress | null }
  | { kind: 'trace'; trace: TraceHeader; selected: string | null; progress: LookupProgress | null }
  | { kind: 'notFound'; title: string; searched: string; hints: string[] }
  | { kind: 'failed'; title: string; message: string };

/** Requests that the page answers. */
export interface TimelinePage {
  show(state: TimelineState): void;
  select(request: { key: string }): void;
}
