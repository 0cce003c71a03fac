import type { TracePlaces } from '../../../common/index/traceParts';
import type { TraceName } from '../../../common/protocol/documents';
import { mostNamed, type NamesRequest } from '../../../common/protocol/logEngine';
import { AbortError } from '../../../common/protocol/rpcChannel';
import { hasRanges, isPartial } from '../../sources/byteSource';
import { missingOf } from '../../sources/heldBlocks';
import type { Engine } from '../engine';
import type { NameJob, ProfiledSource } from '../scan/scanJobs';
import { placeNames } from './knownNames';

/** So much of a log that has no ranges may be unpacked, from its beginning, for names. */
const mostUnpacked = 16 * 1024 * 1024;
/** Bytes of records that are read for the names of one request; a document of many traces may be that large. */
const mostRead = 32 * 1024 * 1024;
/** Enough work for a worker, little enough for all of them to have some. */
const tracesOfJob = 64;

/**
 * What traces of a list are called: of each the record that began it is read, by the places that the tables hold. Nothing is
 * read that costs much, nothing twice, and nothing is fetched from another machine.
 * @returns in the order of the IDs
 * @throws AbortError, EngineError
 */
export async function nameTraces(
  engine: Engine,
  { ids, places }: NamesRequest,
  signal: AbortSignal | undefined,
): Promise<TraceName[]> {
  const { table, sources } = await listedTraces(engine, places, signal);
  if (signal?.aborted) throw new AbortError();
  const keyOf = placeNames(sources, source => engine.tables.versionOf(source));
  const names = ids.map((): TraceName => ({ name: null, unnamed: 'unread' }));
  const budget = new ReadingBudget(sources);
  const wanted: Wanted[] = [];
  for (const [at, row] of table.rowsOf(ids.slice(0, mostNamed)).entries()) {
    const trace = row === undefined ? null : affordable(table.firstPlaces(row), budget);
    const key = trace && keyOf(trace);
    const known = key === null ? null : engine.names.of(key);
    if (known) names[at] = known;
    else if (trace && key !== null) wanted.push({ at, trace, key });
    else names[at] = { name: null, unnamed: row === undefined ? 'gone' : 'costly' };
  }
  const jobs = jobsOf(wanted, sources);
  await Promise.all(
    jobs.map(async job => {
      const read = await engine.pool.run('name', jobFor(job, sources), { signal });
      for (const [index, { at, key }] of job.entries()) {
        const name = read[index]!;
        names[at] = name;
        if (name.unnamed === null || name.unnamed === 'silent') engine.names.add(key, name);
      }
    }),
  );
  return names;
}

/** The list that the names are for. It may be older than the logs: each record is checked when it is read. */
async function listedTraces(engine: Engine, places: NamesRequest['places'], signal: AbortSignal | undefined) {
  const { newest } = engine.tables;
  if (newest && places === undefined) return newest;
  const { profiled: sources } = await engine.profiledSources({ places, asKnown: true }, signal);
  const { table } = await engine.tables.of(engine, sources, { signal, isPart: places !== undefined });
  return { table, sources };
}

interface Wanted {
  /** Among the IDs. */
  at: number;
  trace: TracePlaces;
  /** See `placeNames`. */
  key: string;
}

/** The places that are read of a trace; `null` where its likeliest first record costs too much. */
function affordable({ keys, places }: TracePlaces, budget: ReadingBudget): TracePlaces | null {
  const [first, ...others] = places;
  if (!first || !budget.take(first)) return null;
  return { keys, places: [first, ...others.filter(place => budget.take(place))] };
}

/** What may still be read for one request. */
class ReadingBudget {
  private left = mostRead;
  private readonly frames = new Set<string>();
  private readonly sources: readonly ProfiledSource[];

  constructor(sources: readonly ProfiledSource[]) {
    this.sources = sources;
  }

  take({ source: index, place: { start, length } }: TracePlaces['places'][number]): boolean {
    const { source } = this.sources[index]!;
    const frame = `${index}:${start}`;
    if (this.frames.has(frame)) return true;
    const end = start + length;
    if (!hasRanges(source) && end > mostUnpacked) return false;
    if (isPartial(source)) {
      const held = source.mirror?.held;
      const stretch = hasRanges(source) ? { from: start, to: end } : { from: 0, to: source.storedSize };
      if (!held || missingOf(held, stretch, source.storedSize).length > 0) return false;
    }
    if (length > this.left) return false;
    this.left -= length;
    this.frames.add(frame);
    return true;
  }
}

/** What can only be read from its beginning is read in one go, the rest by all workers. */
function jobsOf(wanted: readonly Wanted[], sources: readonly ProfiledSource[]): Wanted[][] {
  const isStreamed = ({ trace: { places } }: Wanted) =>
    places.some(({ source }) => !hasRanges(sources[source]!.source));
  const ranged = wanted.filter(one => !isStreamed(one));
  const jobs: Wanted[][] = [];
  for (let at = 0; at < ranged.length; at += tracesOfJob) jobs.push(ranged.slice(at, at + tracesOfJob));
  const streamed = wanted.filter(isStreamed);
  return streamed.length > 0 ? [...jobs, streamed] : jobs;
}

/** With the sources that it needs, and no others. */
function jobFor(wanted: readonly Wanted[], sources: readonly ProfiledSource[]): Omit<NameJob, 'cancel'> {
  const needed = [...new Set(wanted.flatMap(({ trace }) => trace.places.map(({ source }) => source)))];
  const placeOf = new Map(needed.map((source, place) => [source, place]));
  return {
    sources: needed.map(index => ({ source: sources[index]!.source, profile: sources[index]!.profile })),
    traces: wanted.map(({ trace: { keys, places } }) => ({
      keys,
      places: places.map(({ source, place }) => ({ source: placeOf.get(source)!, place })),
    })),
  };
}
