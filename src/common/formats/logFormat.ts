import type { Field } from '../model/fieldRole';

/**
 * One log format: one file in this folder, one row in `formats.ts`. A format finds the fields of a record and where
 * they stand; what a field means is the profile's business.
 *
 * Text formats name what stands at a fixed place by these names: `timestamp`, `severity`, `thread`, `logger`,
 * `service`, `message`, `syslogHost`, `syslogTag`, `pid`, `caller`, `user`, `request_id` and the like; what stands in `key=value`, `key: value` or a bracket goes by its own key.
 */
export interface LogFormat {
  /** `json`, `logfmt`, `bracketed`, `text` … as `detect` prints it. */
  readonly name: string;
  /** Whether each line is a record, or a record begins only at a line that carries a stamp. */
  readonly framing: 'line' | 'stamp';
  /**
   * How a line of this format begins where it begins with no stamp: so its records are found among those of others. Seen
   * on the first 200 characters; linear.
   */
  readonly begins?: RegExp;
  /**
   * Fields in the order of the text, but those of a text that is wrapped in another before the wrapper's own: they are
   * closer to the event. `value` is decoded, `start` and `end` are those of its raw text. `null` where the record is not
   * of this format. Never throws.
   */
  read(text: string): Field[] | null;
}
