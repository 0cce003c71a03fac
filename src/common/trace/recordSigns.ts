import type { LogRecord } from '../model/logRecord';

/** What the rules ask of every record, many times over, as bits of {@link RecordSigns}. */
export const starts = 1;
export const ends = 2;
/** It states a duration. */
export const states = 4;
/** It counts the attempts at its step. */
export const counts = 8;
/** It names a message or a tool call. */
export const shares = 16;
/** It tells what a model used. */
export const uses = 32;
/** It names no zone, no date; it has no time at all. */
export const zoneless = 64;
export const dateless = 128;
export const timeless = 256;

export interface RecordSigns {
  /** By a record's index. */
  of: Uint16Array;
  /** What any record says. */
  any: number;
}

export function recordSigns(records: readonly LogRecord[]): RecordSigns {
  const of = new Uint16Array(records.length);
  let any = 0;
  for (let at = 0; at < of.length; at++) {
    const { time, phase, duration, attempt, messageId, toolCallId, tokens, cost } = records[at]!;
    let bits = phase === 'start' ? starts : phase === 'end' ? ends : 0;
    if (duration !== null) bits |= states;
    if (attempt !== null) bits |= counts;
    if (messageId !== null || toolCallId !== null) bits |= shares;
    if (tokens !== null || cost !== null) bits |= uses;
    if (time === null) bits |= timeless;
    else if (time.zoneAssumed) bits |= time.dateAssumed ? zoneless | dateless : zoneless;
    else if (time.dateAssumed) bits |= dateless;
    of[at] = bits;
    any |= bits;
  }
  return { of, any };
}
