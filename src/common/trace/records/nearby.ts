import type { LogRecord } from '../../model/logRecord';
import type { Step, Trace } from '../../model/trace';

/** Longest time after the last record of a step without an end that a record may still be part of it, in ns. */
const longestSilence = 300_000_000_000n;

export interface Nearby {
  records: LogRecord[];
  /** Whether more of them may stand behind the last candidate: the step's thread has not turned to anything else by then. */
  mayGoOn: boolean;
  /** Whether a record of the step's thread was left out only because it came too late. */
  isLate: boolean;
}

/**
 * Records without any ID that stand inside a step: written by its thread, between its first and its last record and
 * with no record of anything else of that thread before them; of a step without an end, up to five minutes behind its
 * last record. A source that names no threads is one thread, and only trusted where nothing but this trace was at work
 * in it. They are not the trace's own: only where they stand speaks for them.
 *
 * @param candidates records of one source in its order, the step's own and all others among them
 */
export function nearbyOf(step: Step, trace: Pick<Trace, 'records'>, candidates: readonly LogRecord[]): Nearby {
  const source = candidates[0]?.location.source;
  const placesOf = (records: readonly LogRecord[]) =>
    new Set(records.filter(({ location }) => location.source === source).map(({ location }) => location.byteStart));
  const own = placesOf(step.records.map(index => trace.records[index]!));
  const ofTrace = placesOf(trace.records);
  const isOwn = ({ location }: LogRecord) => own.has(location.byteStart);
  const isOfTrace = ({ location }: LogRecord) => ofTrace.has(location.byteStart);
  const last = candidates.findLastIndex(isOwn);
  const found: Nearby = { records: [], mayGoOn: false, isLate: false };
  if (last < 0) return found;
  const workers = candidates.filter(isOwn);
  const hasThreads = workers.some(({ thread }) => thread !== null);
  const isOver = step.records.some(index => endsStep(trace.records[index]!));

  /** By thread, whether the last record on it that says whose it is is the step's. */
  const isAt = new Map<string, boolean>();
  const nearby = found.records;
  for (const [at, record] of candidates.entries()) {
    const lane = hasThreads ? record.thread : '';
    if (at > last && isOver) return found;
    if (isOfTrace(record) || !isWithoutId(record)) {
      if (lane !== null) isAt.set(lane, isOwn(record));
      if (hasThreads || isOfTrace(record)) continue;
      if (at > last) return found;
      nearby.length = 0;
      return found;
    }
    const isSameProcess = workers.some(
      ({ service, host }) => record.service === service && (record.host === host || record.host === null),
    );
    if (lane === null || !isAt.get(lane) || !isSameProcess) continue;
    if (at > last && isTooLate(record, candidates[last]!)) {
      found.isLate = true;
      return found;
    }
    nearby.push(record);
  }
  found.mayGoOn = !isOver && [...isAt.values()].includes(true);
  return found;
}

/** Whether any record of a step says that it ended: what is logged afterwards is something else. */
export const endsStep = ({ phase, duration }: LogRecord): boolean => phase === 'end' || duration !== null;

const isWithoutId = ({ correlationIds, stepId, messageId, toolCallId, sessionId, userId }: LogRecord): boolean =>
  correlationIds.length === 0 && [stepId, messageId, toolCallId, sessionId, userId].every(id => id === null);

const isTooLate = ({ time }: LogRecord, last: LogRecord): boolean =>
  time !== null && last.time !== null && time.at - last.time.at > longestSilence;
