import { setTimeout as sleep } from 'node:timers/promises';
import type { PlacedBlock } from '../../../common/index/traceGroups';
import { TraceTable } from '../../../common/index/traceTable';
import type { Note } from '../../../common/model/note';
import type { Completeness } from '../../../common/protocol/documents';
import { EngineError, type ListOptions } from '../../../common/protocol/logEngine';
import { AbortError } from '../../../common/protocol/rpcChannel';
import { unreadable } from '../../sources/discover/skipped';
import type { Engine } from '../engine';
import { placeOf } from '../scan/readFrame';
import type { ProfiledSource } from '../scan/scanJobs';
import { distinctNotes, sourceNote } from '../search/search';
import { KeptRanges, type TableRange } from './keptRanges';
import { KnownSummaries } from './knownSummaries';
import { countNotes, lostNotes } from './listNotes';
import { readInexact } from './readInexact';
import type { FoundTables, StoredTables } from './storedTables';

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
/** A file that was written this short ago, in ms, may be written again without its time telling. */
const tick = 20;

/** The tables of traces, put together from what was read of each source and kept: only what is new is read. */
export class TraceTables {
  private ranges = new KeptRanges();
  private summaries = new KnownSummaries();
  private last: { key: string; listed: ListedTraces; sources: readonly ProfiledSource[]; isWhole: boolean } | null =
    null;
  private readonly stored: StoredTables | null;
  /** Sources that were looked for on disk. */
  private readonly sought = new Set<string>();
  private loading: Promise<void> = Promise.resolve();

  /** @param stored where they are kept; `null`: nowhere but in memory */
  constructor(stored: StoredTables | null = null) {
    this.stored = stored;
  }

  /** Forgets all of them; those on disk are to be deleted behind it. */
  async clear(): Promise<void> {
    this.ranges = new KeptRanges();
    this.summaries = new KnownSummaries();
    this.last = null;
    this.sought.clear();
    await this.stored?.settled;
  }

  /** What was kept on disk of a source with its tables; `null` where nothing was. */
  async sampleOf(id: string): Promise<unknown> {
    return (await this.stored?.sampleOf(id)) ?? null;
  }

  /** Resolves when what is to be kept on disk is there. */
  async settled(): Promise<void> {
    await this.stored?.settled;
  }

  /** The table of all sources, as they were when they were listed last; `null` where something else was listed since. */
  get newest(): { table: TraceTable; sources: readonly ProfiledSource[] } | null {
    return this.last?.isWhole ? { table: this.last.listed.table, sources: this.last.sources } : null;
  }

  /** Same as long as what stood in a source stands there. */
  versionOf(source: ProfiledSource): string {
    return this.ranges.listed(source).version;
  }

  /** @throws AbortError, EngineError */
  async of(engine: Engine, sources: readonly ProfiledSource[], options: TableOptions): Promise<ListedTraces> {
    const key = keyOf(sources);
    const { keys = null, signal, isPart = false } = options;
    if (this.last?.key === key && !keys) return this.last.listed;
    const read = await this.read(engine, sources, options);
    if (this.stored) this.save(engine, sources, this.stored);
    const table = new TraceTable(blocksOf(sources, read.ranges), keys);
    const isWhole = !keys && !isPart;
    if (isWhole) this.summaries.begin(sources.map(source => this.ranges.listed(source)));
    const lost = await readInexact(engine, table, sources, { signal, known: isWhole ? this.summaries : null });
    if (isWhole && this.stored) this.saveSummaries(this.stored);
    const listed = { table, notes: [...read.notes, ...lostNotes(lost)], counts: read.counts };
    if (!keys) this.last = lost.length > 0 ? null : { key, listed, sources, isWhole };
    return listed;
  }

  /** Reads what is not known yet of some sources. */
  private async read(engine: Engine, sources: readonly ProfiledSource[], options: TableOptions) {
    const { signal, onProgress, isPart = false } = options;
    if (!isPart) this.keepOnly(new Set(sources.map(({ source }) => source.id)));
    const { stored } = this;
    if (stored) {
      this.loading = this.loading.then(() => this.load(sources, stored));
      await this.loading;
      const last = Math.max(0, ...sources.map(({ source }) => source.modified));
      if (Date.now() - last < tick) await sleep(tick);
    }
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

  /** Takes what is on disk of sources of which nothing is known; each is looked for once. */
  private async load(sources: readonly ProfiledSource[], stored: StoredTables): Promise<void> {
    const { ranges, sought } = this;
    const missing = sources.filter(({ source: { id } }) => !sought.has(id) && !ranges.has(id));
    for (const { source } of missing) sought.add(source.id);
    const found = await Promise.all(missing.map(({ source }) => stored.find(source.id)));
    // All times count from the same: that of most of what is there.
    const largest = found.reduce(larger, null);
    ranges.base ??= largest?.source.base ?? null;
    await Promise.all(
      found.map(async (one, at) => {
        if (!one || !ranges.isGood(one.source, missing[at]!)) return;
        const [unpacked, summaries] = await Promise.all([one.unpack(), stored.summariesOf(one.source.id)]);
        if (unpacked) ranges.take(one.source, unpacked);
        if (unpacked) this.summaries.take(one.source.id, summaries);
      }),
    );
  }

  private save({ profiles }: Engine, sources: readonly ProfiledSource[], stored: StoredTables): void {
    for (const profiled of sources) {
      const saved = this.ranges.toSave(profiled);
      if (saved) stored.save({ ...saved.source, sample: profiles.toStore(profiled.source) }, saved.ranges);
    }
  }

  private saveSummaries(stored: StoredTables): void {
    for (const [id, summaries] of this.summaries.toSave()) stored.saveSummaries(id, summaries);
  }

  private keepOnly(ids: ReadonlySet<string>): void {
    this.ranges.keepOnly(ids);
    for (const id of this.sought) if (!ids.has(id)) this.sought.delete(id);
  }
}

const larger = (a: FoundTables | null, b: FoundTables | null): FoundTables | null =>
  (b?.source.size ?? 0) > (a?.source.size ?? 0) ? b : a;

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
    sources.map(({ source: { id, identity, storedSize, kind, modified, written }, profile }) => [
      id,
      identity,
      storedSize,
      kind === 'text' ? null : modified,
      written,
      profile,
    ]),
  );
}
