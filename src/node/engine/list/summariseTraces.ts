import { summarise } from '../../../common/export/traceDocument';
import type { LogRecord } from '../../../common/model/logRecord';
import type { TraceSummary } from '../../../common/model/trace';
import { joinKey } from '../../../common/profile/ids';
import type { ReadRecord } from '../../../common/profile/recordReader';
import { frameCap } from '../../../common/scan/framer';
import { recordCap } from '../../../common/scan/recordFramer';
import { assembleTrace } from '../../../common/trace/assembleTrace';
import { type ByteSource, hasRanges } from '../../sources/byteSource';
import { openSource } from '../../sources/openSource';
import { checkCancelled } from '../scan/cancel';
import { readerOf } from '../scan/readers';
import { readFrame } from '../scan/readFrame';
import type { Summaries, SummariseJob } from '../scan/scanJobs';

/**
 * Reads the records of some traces from where they are known to be and says what a list shows of each trace. What is
 * not there any more, because the file was truncated or replaced in between, is counted.
 * @throws AbortError, or an error of the file system
 */
export async function summariseTraces(job: SummariseJob): Promise<Summaries> {
  const records = new Array<LogRecord | undefined>(job.sourceOf.length).fill(undefined);
  for (const index of job.sources.keys()) await readRecords(job, index, records);
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

/** Reads the records of one source, in its order. */
async function readRecords(job: SummariseJob, index: number, records: (LogRecord | undefined)[]): Promise<void> {
  const entry = job.sources[index];
  const wanted = [...job.sourceOf.keys()].filter(at => job.sourceOf[at] === index);
  if (!entry || wanted.length === 0) return;
  wanted.sort((a, b) => (job.byteStart[a] ?? 0) - (job.byteStart[b] ?? 0));
  const reader = readerOf(entry.source, entry.profile);
  const cap = frameCap(entry.profile);
  const source = openSource(entry.source);
  // Records of one frame follow each other: it is read once.
  const last: { start: number; read: ReadRecord[] } = { start: -1, read: [] };
  const take = (at: number, bytes: Uint8Array) => {
    const [byteStart = 0, byteEnd = 0] = [job.byteStart[at], job.byteEnd[at]];
    if (last.start !== byteStart) {
      const cut = byteEnd - byteStart > cap;
      const frame = { bytes, byteStart, byteEnd, line: 1, lines: 0, cut };
      last.start = byteStart;
      last.read = readFrame(frame, entry.source, reader);
    }
    records[at] = last.read[job.part[at] ?? 0]?.record;
  };
  const spans = wanted.map(at => ({ at, start: job.byteStart[at] ?? 0, end: job.byteEnd[at] ?? 0 }));
  try {
    if (hasRanges(entry.source)) readSpans(job, source, spans, cap, take);
    else await streamSpans(job, source, spans, cap, take);
  } finally {
    source.close();
  }
}

interface Span {
  at: number;
  start: number;
  end: number;
}

function readSpans(
  job: SummariseJob,
  source: ByteSource,
  spans: Span[],
  cap: number,
  take: (at: number, bytes: Uint8Array) => void,
) {
  let memory = Buffer.allocUnsafeSlow(recordCap);
  const last = { start: -1, bytes: memory };
  for (const { at, start, end } of spans) {
    checkCancelled(job);
    if (last.start !== start) {
      const size = Math.min(cap, end - start);
      if (size > memory.length) memory = Buffer.allocUnsafeSlow(size);
      last.start = start;
      last.bytes = memory.subarray(0, source.read(memory.subarray(0, size), start));
    }
    take(at, last.bytes);
  }
}

/** As {@link readSpans}, where what is wanted can only be picked up while everything passes by. */
async function streamSpans(
  job: SummariseJob,
  source: ByteSource,
  spans: Span[],
  cap: number,
  take: (at: number, bytes: Uint8Array) => void,
) {
  let next = 0;
  let offset = source.ref.start;
  let kept = Buffer.alloc(0);
  await source.stream(chunk => {
    checkCancelled(job);
    const bytes = kept.length > 0 ? Buffer.concat([kept, chunk]) : chunk;
    const end = offset + bytes.length;
    for (let span = spans[next]; span && span.end <= end; span = spans[++next]) {
      take(span.at, bytes.subarray(span.start - offset, Math.min(span.end, span.start + cap) - offset));
    }
    const following = spans[next];
    if (!following) return false;
    const from = Math.min(Math.max(following.start, offset), end);
    kept = Buffer.from(bytes.subarray(from - offset));
    offset = from;
    return true;
  });
}
