import { counted } from '../../common/base/counted';
import type { Note } from '../../common/model/note';
import type { Completeness, ListDocument, TraceSummaryDocument } from '../../common/protocol/documents';
import { EngineError, type ListOptions, type ListRequest } from '../../common/protocol/logEngine';
import { AbortError } from '../../common/protocol/rpcChannel';
import { matches } from '../../common/query/query';
import { unreadable } from '../sources/skipped';
import type { Engine } from './engine';
import { parseFilter } from './parseFilter';
import { rangesOf } from './ranges';
import type { Postings, ProfiledSource, Summaries } from './scanJobs';
import { distinctNotes, sourceNote } from './search';
import { sortSummaries } from './sortSummaries';
import { TraceIndex } from './traceIndex';

/**
 * The traces of the sources that a request wants. What was summed up last is kept: nothing is read again while the
 * sources are the same.
 * @throws AbortError, EngineError where the filter is wrong
 */
export async function listTraces(
  engine: Engine,
  request: ListRequest & { only?: string[] },
  { signal, onProgress }: ListOptions = {},
): Promise<ListDocument> {
  const started = performance.now();
  const query = request.filter?.trim() ? parseFilter(request.filter, 'filter') : null;
  const { profiled, skipped } = await engine.profiledSources(request.only, signal);
  const key = keyOf(profiled);
  const known = engine.listed?.key === key ? engine.listed : null;
  const listed = known ?? { key, ...(await summariesOf(engine, profiled, { signal, onProgress })) };
  if (!request.only) engine.listed = listed;
  const { traces, notes, counts } = listed;
  const fitting = sortSummaries(query ? traces.filter(trace => matches(query, trace)) : traces, request.sort);
  const completeness: Completeness = {
    sources: profiled.length - counts.skipped.length,
    bytesRead: counts.bytes,
    lines: counts.lines,
    records: counts.records,
    recordsOfTrace: null,
    unparsed: counts.unparsed,
    skippedSources: [...skipped, ...counts.skipped],
    elapsedMs: Math.round(performance.now() - started),
  };
  const from = Math.max(0, request.from ?? 0);
  const to = from + (request.limit ?? fitting.length);
  return { traces: fitting.slice(from, to), total: fitting.length, notes, completeness };
}

/** The same as long as every source is the same and read in the same way. */
function keyOf(sources: readonly ProfiledSource[]): string {
  return JSON.stringify(
    sources.map(({ source: { id, identity, storedSize, kind, modified }, profile }) => [
      id,
      identity,
      storedSize,
      kind === 'text' ? null : modified,
      profile,
    ]),
  );
}

/** All traces of some sources, as they were when these were read. */
export interface Listed extends ListedTraces {
  key: string;
}

interface ListedTraces {
  traces: TraceSummaryDocument[];
  notes: Note[];
  counts: ListCounts;
}

export interface ListCounts {
  bytes: number;
  lines: number;
  records: number;
  unparsed: number;
  skipped: Completeness['skippedSources'];
}

interface SummaryOptions {
  signal: AbortSignal | undefined;
  onProgress?: ListOptions['onProgress'] | undefined;
  /** Join keys of the only IDs that are wanted. */
  keys?: ReadonlySet<string> | null;
}

/** Summaries of all traces, or of those whose join key is one of `keys`, in no order. */
export async function summariesOf(
  engine: Engine,
  sources: readonly ProfiledSource[],
  { signal, onProgress, keys = null }: SummaryOptions,
): Promise<ListedTraces> {
  const index = new TraceIndex(keys);
  const counts: ListCounts = { bytes: 0, lines: 0, records: 0, unparsed: 0, skipped: [] };
  const notes: Note[] = [];
  const totals = { withoutId: 0, cut: 0 };
  const count = (source: ProfiledSource, postings: Postings) => {
    counts.bytes += postings.bytes;
    counts.records += postings.records;
    counts.unparsed += postings.unparsed;
    totals.withoutId += postings.withoutId;
    totals.cut += postings.cut;
    if (postings.note) notes.push(sourceNote(source.source.id, postings.note));
  };
  const bytesTotal = sources.reduce((sum, { source }) => sum + source.storedSize, 0);
  let read = 0;
  await Promise.all(
    sources.map(async (source, sourceIndex) => {
      try {
        const all = await collectSource(engine, source, signal);
        read += source.source.storedSize;
        counts.lines += index.add(sourceIndex, all);
        for (const postings of all) count(source, postings);
        onProgress?.({ bytesRead: read, bytesTotal, traces: index.size });
      } catch (error) {
        if (error instanceof AbortError || error instanceof EngineError) throw error;
        counts.skipped.push({ source: source.source.id, reason: unreadable(error) });
      }
    }),
  );
  const jobs = index.jobs(sources.map(({ source, profile }) => ({ source, profile })));
  const summaries = await Promise.all(jobs.map(job => engine.pool.run('summarise', job, { signal, background: true })));
  notes.push(...lostNotes(summaries.flatMap(({ lost }) => lost)));
  const traces = summaries.flatMap(summary => summary.traces);
  return { traces, notes: [...distinctNotes(notes), ...countNotes(totals)], counts };
}

/** Records that were found at first and were something else when they were read again. */
function lostNotes(lost: readonly Summaries['lost'][number][]): Note[] {
  const sums = new Map<string, number>();
  for (const { source, records } of lost) sums.set(source, (sums.get(source) ?? 0) + records);
  return [...sums].map(([source, records]) => {
    const text = `${source} changed while being read: ${counted(records, 'record', { one: 'is', many: 'are' })} gone and not in this list.`;
    return { ...sourceNote(source, { kind: 'truncatedSource', text }), count: records };
  });
}

/** The postings of a source, range by range. */
export function collectSource(engine: Engine, source: ProfiledSource, signal: AbortSignal | undefined) {
  const ranges = rangesOf(source, engine.workers);
  return Promise.all(ranges.map(range => engine.pool.run('collect', range, { signal, background: true })));
}

function countNotes({ withoutId, cut }: { withoutId: number; cut: number }): Note[] {
  const note = (kind: Note['kind'], count: number, text: string): Note[] =>
    count === 0 ? [] : [{ kind, count, text, steps: [], records: [] }];
  return [
    ...note(
      'countedNot',
      withoutId,
      `${counted(withoutId, 'record', { one: 'has', many: 'have' })} no correlation ID and ${withoutId === 1 ? 'is' : 'are'} in no trace of this list. One that names an ID in its text is shown with the trace.`,
    ),
    ...note(
      'cut',
      cut,
      `${counted(cut, 'record', { one: 'is', many: 'are' })} longer than 1 MiB: only the beginning was read.`,
    ),
  ];
}
