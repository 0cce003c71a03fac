import type { LogRecord } from '../model/logRecord';
import type { Note } from '../model/note';
import type { Trace } from '../model/trace';

export interface AssembleInput {
  /** The ID as the user or the log spells it; shown and copied. */
  correlationId: string;
  /** All records of the correlation, in any order. Not mutated. */
  records: readonly LogRecord[];
  /** Records of other correlations that name the ID in their text. */
  mentions?: readonly LogRecord[];
  /** What reading had to say (cut lines, unparsed records, assumed zones …). */
  notes?: readonly Note[];
  /** Sources that are being followed: a step without an end in one of them is running. */
  followed?: ReadonlySet<string>;
}

/** From the records of one correlation to its story. Pure, iterative, independent of the records' order. */
export function assembleTrace(_input: AssembleInput): Trace {
  throw new Error('not yet');
}
