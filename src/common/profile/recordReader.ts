import type { Field, FieldRole } from '../model/fieldRole';
import type { LogRecord, RecordLocation } from '../model/logRecord';
import type { Evidence, SourceProfile } from '../model/sourceProfile';

export interface ReadField extends Field {
  role: FieldRole | null;
  evidence: Evidence | null;
}

export interface ReadRecord {
  record: LogRecord;
  fields: ReadField[];
}

/** Reads records of one source by its profile. */
export interface RecordReader {
  readonly profile: SourceProfile;
  /**
   * The records of a frame: one, but for a document that holds several (a batch of spans), which gives each with its own
   * place within `location`. `text` is the frame's whole text without its final line break. Never throws, never empty.
   */
  read(text: string, location: RecordLocation): ReadRecord[];
  /** Whether a record begins at this line (bytes without line break); decides framing on raw bytes. */
  startsRecord(bytes: Uint8Array, start: number, end: number): boolean;
  /** Whether this line leaves its record open, so that the next one continues it whatever it looks like. */
  leavesOpen(bytes: Uint8Array, start: number, end: number): boolean;
}
