/** What a record adds to its trace, its step and its services. */
export interface SummaryRecord {
  /** Nanoseconds since the base; NaN where the record has no time, or one too far away. */
  time: number;
  /** Earliest and latest time that it speaks of. */
  from: number;
  to: number;
  isError: boolean;
  isStart: boolean;
  /** It ends its step, or says how long that took. */
  isEnd: boolean;
  /** Of an end: whether it says that all went well, or that something failed. */
  isOk: boolean;
  hasFailed: boolean;
  /** It is of a numbered attempt beyond the first. */
  isRetry: boolean;
  /** The text that holds its values. */
  bytes: Uint8Array;
  /** Where its values begin and end in it, by their roles; -1 for those that it does not have. */
  starts: Int32Array;
  ends: Int32Array;
  /** Values of those that do not stand in it, by their roles. */
  constants: readonly (Uint8Array | null)[];
}
