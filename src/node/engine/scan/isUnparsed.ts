import type { LogRecord } from '../../../common/model/logRecord';
import type { SourceProfile } from '../../../common/model/sourceProfile';

/** Whether a record is in none of the source's own formats: only its text is known. */
export const isUnparsed = (record: LogRecord, profile: SourceProfile): boolean =>
  record.format === 'text' && profile.format !== 'text' && record.time === null;
