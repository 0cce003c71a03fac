import type { DetectedSource, NoteDocument } from './documents';

/**
 * Requests between the page *How Are My Logs Read?* and the extension. A source is named by its index in the state of
 * that revision, never by a path from the page.
 */
export interface ReadingHost {
  ready(): ReadingState;
  /** Reads the logs again; `full` counts every record instead of a sample. */
  read(request: { full: boolean }): void;
  /** A source with its sample records. */
  source(request: SourceRequest): DetectedSource;
  openLine(request: SourceRequest & { line: number }): void;
  /** Asks the user for another way to read the source and writes it to the setting. */
  change(request: SourceRequest & { what: ChangeableFact }): void;
  /** Asks which role a field has and writes it to the setting. */
  assign(request: SourceRequest & { field: string }): void;
  openSetting(): void;
  addLogs(): void;
}

export interface SourceRequest {
  revision: number;
  source: number;
}

/** What the user may say of a source. */
export const changeableFacts = ['format', 'timezone', 'service', 'stampIs'] as const;
export type ChangeableFact = (typeof changeableFacts)[number];

/** A source as the list shows it; its samples are asked for when it is opened. */
export type SourceSummary = Omit<DetectedSource, 'samples' | 'unparsedExamples'>;

export type ReadingState =
  | { kind: 'loading'; full: boolean }
  | {
      kind: 'sources';
      revision: number;
      /** True where every record was counted, not a sample. */
      full: boolean;
      sources: (SourceSummary & { name: string; advice: string[] })[];
      notes: NoteDocument[];
    }
  | { kind: 'failed'; message: string };

/** Requests that the page answers. */
export interface ReadingPage {
  show(state: ReadingState): void;
}
