import { summarise } from '../../../common/export/traceDocument';
import type { LogRecord } from '../../../common/model/logRecord';
import type { TraceSummary } from '../../../common/model/trace';
import { joinKey } from '../../../common/profile/ids';
import { assembleTrace } from '../../../common/trace/assembleTrace';
import { checkCancelled } from '../scan/cancel';
import type { Summaries, SummariseJob } from '../scan/scanJobs';
import { readFrames } from './readFrames';

/**
 * Reads the records of some traces from where they are known to be and says what a list shows of each trace. What is
 * not there any more, because the file was truncated or replaced in between, is counted.
 * @throws AbortError, or an error of the file system
 */
export async function summariseTraces(job: SummariseJob): Promise<Summaries> {
  const records = new Array<LogRecord | undefined>(job.sourceOf.length).fill(undefined);
  for (const [index, entry] of job.sources.entries()) {
    const wanted = [...job.sourceOf.keys()].filter(at => job.sourceOf[at] === index);
    const spans = wanted.map(at => ({ at, start: job.byteStart[at] ?? 0, end: job.byteEnd[at] ?? 0 }));
    await readFrames(job, entry, spans, ({ at }, read) => {
      records[at] = read[job.part[at] ?? 0]?.record;
    });
  }
  const lost = job.sources.map(({ source }) => ({ source: source.id, records: 0 }));
  const traces: (TraceSummary | null)[] = [];
  for (const { correlationId, keys, from, to } of job.traces) {
    checkCancelled(job);
    const still: LogRecord[] = [];
    for (let at = from; at < to; at++) {
      const record = records[at];
      const entry = lost[job.sourceOf[at] ?? -1];
      if (record?.correlationIds.some(({ id }) => keys.includes(joinKey(id)))) still.push(record);
      else if (entry) entry.records++;
    }
    traces.push(still.length > 0 ? summarise(assembleTrace({ correlationId, records: still })) : null);
  }
  return { traces, lost: lost.filter(entry => entry.records > 0) };
}
