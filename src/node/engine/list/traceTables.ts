import type { PlacedBlock } from '../../../common/index/traceGroups';
import { TraceTable } from '../../../common/index/traceTable';
import type { Note } from '../../../common/model/note';
import type { Completeness } from '../../../common/protocol/documents';
import { EngineError, type ListOptions } from '../../../common/protocol/logEngine';
import { AbortError } from '../../../common/protocol/rpcChannel';
import { unreadable } from '../../sources/skipped';
import type { Engine } from '../engine';
import { placeOf } from '../scan/readFrame';
import type { ProfiledSource } from '../scan/scanJobs';
import { distinctNotes, sourceNote } from '../search/search';
import { KeptRanges, type TableRange } from './keptRanges';
import { KnownSummaries } from './knownSummaries';
import { countNotes, lostNotes } from './listNotes';
import { readInexact } from './readInexact';

/** All traces of some sources, as they were when these were read. */
export interface ListedTraces {
  table: TraceTable;
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

interface TableOptions {
  signal: AbortSignal | undefined;
  onProgress?: ListOptions['onProgress'] | undefined;
  /** Join keys of the only IDs that are wanted. */
  keys?: ReadonlySet<string> | null;
  /** Whether there are other sources, whose tables are to be kept too. */
  isPart?: boolean;
}

/** Shortest time between two reports, in ms. */
const interval = 100;

/** The tables of traces, put together from what was read of each source and kept: only what is new is read. */
export class TraceTables {
  private readonly ranges = new KeptRanges();
  private readonly summaries = new KnownSummaries();
  private last: { key: string; listed: ListedTraces } | null = null;

  /** @throws AbortError, EngineError */
  async of(engine: Engine, sources: readonly ProfiledSource[], options: TableOptions): Promise<ListedTraces> {
    const key = keyOf(sources);
    const { keys = null, signal, isPart = false } = options;
    if (this.last?.key === key && !keys) return this.last.listed;
    const read = await this.read(engine, sources, options);
    const table = new TraceTable(blocksOf(sources, read.ranges), keys);
    const isWhole = !keys && !isPart;
    if (isWhole) this.summaries.begin(sources.map(source => this.ranges.versionOf(source)));
    const lost = await readInexact(engine, table, sources, { signal, known: isWhole ? this.summaries : null });
    const listed = { table, notes: [...read.notes, ...lostNotes(lost)], counts: read.counts };
    if (!keys) this.last = lost.length > 0 ? null : { key, listed };
    return listed;
  }

  /** Reads what is not known yet of some sources. */
  private async read(engine: Engine, sources: readonly ProfiledSource[], options: TableOptions) {
    const { signal, onProgress, isPart = false } = options;
    if (!isPart) this.ranges.keepOnly(sources);
    // Without sources nothing is known of the times of those to come.
    if (sources.length > 0) this.ranges.base ??= baseOf(sources);
    const base = this.ranges.base ?? 0;
    const ranges = sources.map(source => this.ranges.of(source));
    const skipped: Completeness['skippedSources'] = [];
    const bytesTotal = sources.reduce((sum, { source }) => sum + source.storedSize, 0);
    const sizeOf = ({ source }: ProfiledSource, { from, to }: TableRange) => Math.min(to, source.storedSize) - from;
    let bytesRead = 0;
    let notBefore = performance.now() + interval;
    const done = (bytes: number, traces: number) => {
      bytesRead += bytes;
      found += traces;
      if (performance.now() < notBefore) return;
      notBefore = performance.now() + interval;
      onProgress?.({ bytesRead, bytesTotal, traces: found });
    };
    let found = 0;
    await Promise.all(
      sources.map(async (source, index) => {
        try {
          await Promise.all(
            ranges[index]!.map(async range => {
              const { from, to } = range;
              const job = { ...source, from, to, base };
              range.table ??= await engine.pool.run('tabulate', job, { signal, background: true });
              done(sizeOf(source, range), range.table.block.records.length);
            }),
          );
        } catch (error) {
          if (error instanceof AbortError || error instanceof EngineError) throw error;
          skipped.push({ source: source.source.id, reason: unreadable(error) });
          ranges[index] = [];
          this.ranges.forget(source);
        }
      }),
    );
    return { ranges, ...summed(sources, ranges, skipped) };
  }
}

function summed(sources: readonly ProfiledSource[], ranges: readonly TableRange[][], skipped: ListCounts['skipped']) {
  const counts: ListCounts = { bytes: 0, lines: 0, records: 0, unparsed: 0, skipped };
  const totals = { withoutId: 0, cut: 0 };
  const notes: Note[] = [];
  for (const [index, list] of ranges.entries()) {
    for (const { table } of list) {
      if (!table) continue;
      counts.bytes += table.bytes;
      counts.lines += table.newlines;
      counts.records += table.records;
      counts.unparsed += table.unparsed;
      totals.withoutId += table.withoutId;
      totals.cut += table.cut;
      const source = sources[index]?.source.id;
      if (table.note && source) notes.push(sourceNote(source, table.note));
    }
  }
  return { counts, notes: [...distinctNotes(notes), ...countNotes(totals)] };
}

/** The blocks of one log in its order, and the logs by name, as records of one time are ordered. */
function blocksOf(sources: readonly ProfiledSource[], ranges: readonly TableRange[][]): PlacedBlock[] {
  const places = sources.map(({ source }) => placeOf(source).set ?? { log: source.id, index: 0 });
  const order = [...sources.keys()].sort((a, b) => {
    const [one, other] = [places[a]!, places[b]!];
    return one.log < other.log ? -1 : one.log > other.log ? 1 : one.index - other.index;
  });
  return order.flatMap(source =>
    ranges[source]!.flatMap(({ from, table }) => (table ? [{ block: table.block, source, from }] : [])),
  );
}

/** The earliest minute that the samples show, so that times are small numbers. */
function baseOf(sources: readonly ProfiledSource[]): number {
  const times = sources.flatMap(({ times, source }) => (times ? [times.from] : [source.modified]));
  return 60 * Math.floor(times.reduce((least, time) => Math.min(least, time), Number.POSITIVE_INFINITY) / 60_000) || 0;
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
