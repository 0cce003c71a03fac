import type { Field, FieldRole } from '../model/fieldRole';
import type { LogRecord, RecordLocation } from '../model/logRecord';
import type { Evidence, SourceProfile } from '../model/sourceProfile';
import type { RecordRule } from '../scan/recordRule';

export interface ReadField extends Field {
  role: FieldRole | null;
  evidence: Evidence | null;
}

export interface ReadRecord {
  record: LogRecord;
  fields: ReadField[];
}

/** Reads records of one source by its profile; its rule decides framing on raw bytes. */
export interface RecordReader extends RecordRule {
  readonly profile: SourceProfile;
  /**
   * The records of a frame: one, but for a document that holds several (a batch of spans), which gives each with its own
   * place within `location`. `text` is the frame's whole text without its final line break. Never throws, never empty.
   */
  read(text: string, location: RecordLocation): ReadRecord[];
}
