import type { LogRecord } from '../../../common/model/logRecord';
import { joinKey } from '../../../common/profile/ids';
import type { TraceName } from '../../../common/protocol/documents';
import { AbortError } from '../../../common/protocol/rpcChannel';
import { traceName } from '../../../common/trace/steps/traceName';
import { NotHeldError } from '../../sources/heldBlocks';
import type { NameJob } from '../scan/scanJobs';
import { readFrames } from './readFrames';

/**
 * Reads the records that may be the first of some traces, from where they are known to be, and says what each trace is
 * called by the earliest. A source that cannot be read leaves its traces without a name.
 * @throws AbortError
 */
export async function readNames(job: NameJob): Promise<TraceName[]> {
  const records = job.traces.map((): (LogRecord | undefined)[] => []);
  const costly = new Set<number>();
  for (const [index, entry] of job.sources.entries()) {
    const spans = job.traces.flatMap(({ places }, trace) =>
      places.flatMap(({ source, place: { start, length, part } }, at) =>
        source === index ? [{ trace, at, part, start, end: start + length }] : [],
      ),
    );
    try {
      await readFrames(job, entry, spans, ({ trace, at, part }, read) => {
        records[trace]![at] = read[part]?.record;
      });
    } catch (error) {
      if (error instanceof AbortError) throw error;
      if (error instanceof NotHeldError) for (const { trace } of spans) costly.add(trace);
    }
  }
  return job.traces.map(({ keys }, trace) => {
    const isOfTrace = ({ correlationIds }: LogRecord) => correlationIds.some(({ id }) => keys.includes(joinKey(id)));
    const still = records[trace]!.filter(record => record !== undefined).filter(isOfTrace);
    const first = still.reduce<LogRecord | null>(earlier, null);
    if (!first) return { name: null, unnamed: costly.has(trace) ? 'costly' : 'gone' };
    const name = traceName(first);
    return { name, unnamed: name === null ? 'silent' : null };
  });
}

/** Of one time, or without one, the one that was likelier before it was read. */
function earlier(first: LogRecord | null, next: LogRecord): LogRecord {
  if (!first) return next;
  return next.time && (!first.time || next.time.at < first.time.at) ? next : first;
}
