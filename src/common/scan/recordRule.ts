/** Says something of the line `bytes[start, end)` (without its line break). Never throws. */
export type OfLine<Result> = (bytes: Uint8Array, start: number, end: number) => Result;

export type StartsRecord = OfLine<boolean>;

/**
 * By which lines records begin: at each of another stream than the line before it (blank lines do not count), and at
 * each for which `startsRecord` holds, unless the line before it leaves its record open.
 */
export interface RecordRule {
  startsRecord: StartsRecord;
  /** Whether a line leaves its record open: the next one of its stream continues it. Left out: none does. */
  leavesOpen?: OfLine<boolean> | undefined;
  /** Names the stream that a line is from, where several run through one source. Left out: there is one. */
  streamOf?: OfLine<string> | undefined;
}
