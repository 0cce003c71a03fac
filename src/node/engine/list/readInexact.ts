import type { InexactTrace, TraceTable } from '../../../common/index/traceTable';
import { hasRanges } from '../../sources/byteSource';
import type { ProfiledSource, Summaries, SummariseJob } from '../scan/scanJobs';
import type { ScanPool } from '../scan/scanPool';
import type { KnownSummaries } from './knownSummaries';

/**
 * Bytes of records that one job reads: what its worker holds in memory at a time. A source without ranges is read from
 * its beginning by every job, so there have to be few.
 */
const bytesOfJob = 512 * 1024;
const bytesOfStreamJob = 64 * 1024 * 1024;
/** A frame of this size holds many records (a document of spans): a job reads it once, however many traces are in it. */
const largeFrame = 64 * 1024;

interface ReadingOptions {
  signal: AbortSignal | undefined;
  /** What was read before, to which is added; `null`: all is read. */
  known: KnownSummaries | null;
}

/**
 * Reads the records of the traces that columns cannot tell, and puts what they say into the table.
 * @returns numbers of records that were not there any more, by source
 * @throws AbortError, or an error of the file system
 */
export async function readInexact(
  engine: { pool: Pick<ScanPool, 'run'>; workers: number },
  table: TraceTable,
  sources: readonly ProfiledSource[],
  { signal, known }: ReadingOptions,
): Promise<Summaries['lost']> {
  const lost: Summaries['lost'] = [];
  const batches = batchesOf(
    notKnown(table, known),
    sources.every(({ source }) => hasRanges(source)) ? bytesOfJob : bytesOfStreamJob,
  );
  const run = async () => {
    // A generator hands each batch to one of those who ask, when they ask: jobs are not made before their time.
    for (const batch of batches) {
      const summaries = await engine.pool.run('summarise', jobOf(batch, sources), { signal, background: true });
      for (const [at, trace] of batch.entries()) {
        const summary = summaries.traces[at] ?? null;
        table.replace(trace.row, summary);
        if (summary && summaries.lost.length === 0) known?.add(trace, summary);
      }
      lost.push(...summaries.lost);
    }
  };
  await Promise.all(Array.from({ length: 2 * engine.workers }, run));
  return lost;
}

/** What is known goes into the table at once. */
function* notKnown(table: TraceTable, known: KnownSummaries | null): Generator<InexactTrace> {
  for (const trace of table.inexact()) {
    const summary = known?.of(trace) ?? null;
    if (summary) table.replace(trace.row, summary);
    else yield trace;
  }
}

/** Traces in batches of so many bytes of records. */
export function* batchesOf(traces: Iterable<InexactTrace>, most: number): Generator<InexactTrace[]> {
  let batch: InexactTrace[] = [];
  let bytes = 0;
  let frames = new Set<string>();
  for (const trace of traces) {
    const more = bytesBeyond(trace, frames);
    if (more > 0 && bytes + more > most && batch.length > 0) {
      yield batch;
      batch = [];
      bytes = 0;
      frames = new Set();
    }
    batch.push(trace);
    bytes += bytesBeyond(trace, frames);
    for (const frame of largeFrames(trace)) frames.add(frame.name);
  }
  if (batch.length > 0) yield batch;
}

/** Bytes that a trace adds to a job that reads some large frames already. */
function bytesBeyond(trace: InexactTrace, read: ReadonlySet<string>): number {
  let sum = 0;
  for (const { place } of trace.places) if (place.length < largeFrame) sum += place.length;
  for (const { name, length } of largeFrames(trace)) if (!read.has(name)) sum += length;
  return sum;
}

function largeFrames({ places }: InexactTrace): { name: string; length: number }[] {
  const frames = new Map<string, number>();
  for (const { source, place } of places)
    if (place.length >= largeFrame) frames.set(`${source}:${place.start}`, place.length);
  return [...frames].map(([name, length]) => ({ name, length }));
}

function jobOf(batch: readonly InexactTrace[], sources: readonly ProfiledSource[]): Omit<SummariseJob, 'cancel'> {
  const length = batch.reduce((sum, { places }) => sum + places.length, 0);
  const columns = {
    sourceOf: new Uint32Array(length),
    byteStart: new Float64Array(length),
    byteEnd: new Float64Array(length),
    part: new Uint32Array(length),
  };
  const needed = new Map<number, number>();
  const traces: SummariseJob['traces'] = [];
  let at = 0;
  for (const { correlationId, keys, places } of batch) {
    const from = at;
    for (const { source, place } of places) {
      if (!needed.has(source)) needed.set(source, needed.size);
      columns.sourceOf[at] = needed.get(source) ?? 0;
      columns.byteStart[at] = place.start;
      columns.byteEnd[at] = place.start + place.length;
      columns.part[at] = place.part;
      at++;
    }
    traces.push({ correlationId, keys, from, to: at });
  }
  const used = [...needed.keys()].flatMap(index => sources[index] ?? []);
  return { sources: used.map(({ source, profile }) => ({ source, profile })), traces, ...columns };
}
