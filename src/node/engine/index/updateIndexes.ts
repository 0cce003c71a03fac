import { setTimeout as sleep } from 'node:timers/promises';
import type { IndexedSource } from '../../../common/index/indexFile';
import { keptSegments, type Piece, piecesOf } from '../../../common/index/pieces';
import type { IndexSegment } from '../../../common/index/segment';
import { EngineError, type IndexProgress } from '../../../common/protocol/logEngine';
import { AbortError } from '../../../common/protocol/rpcChannel';
import { hasRanges } from '../../sources/byteSource';
import type { Engine } from '../engine';
import type { ProfiledSource } from '../scan/scanJobs';
import { countsDigits } from './indexes';

/** A file that was written this short ago, in ms, may be written again without its time telling. */
const tick = 20;

/**
 * Indexes what is not indexed yet, of sources that have grown only that, in the background. What was done before an
 * abort stays. A source that cannot be indexed is left out: a look-up searches it, and tells what is wrong with it.
 * @throws AbortError, EngineError
 */
export async function updateIndexes(
  engine: Engine,
  signal: AbortSignal | undefined,
  onProgress: ((progress: IndexProgress) => void) | undefined,
): Promise<IndexProgress> {
  const { indexes } = engine;
  const { profiled } = await engine.profiledSources({}, signal);
  const sources = profiled.filter(isIndexable);
  indexes.keepOnly(new Set(sources.map(({ source }) => source.id)));
  const last = Math.max(0, ...sources.map(({ source }) => source.modified));
  if (Date.now() - last < tick) await sleep(tick);
  const builds = sources.map(source => new SourceBuild(engine, source));
  const progress = (): IndexProgress => ({
    sources: profiled.length,
    sourcesDone: builds.filter(({ isDone }) => isDone).length,
    bytes: builds.reduce((sum, { bytes }) => sum + bytes, 0),
    bytesDone: builds.reduce((sum, { bytesDone }) => sum + bytesDone, 0),
    indexBytes: indexes.size,
  });
  const next = builds.flatMap(build => build.pieces.map(piece => ({ build, piece }))).values();
  const work = async () => {
    for (const { build, piece } of next) {
      await build.build(piece, signal);
      onProgress?.(progress());
      if (build.isDone) await indexes.save(build.id);
    }
  };
  try {
    // Where all workers index, one more piece waits for the next of them: none waits until its segment was taken.
    const atOnce = engine.indexWorkers + (engine.indexWorkers === engine.workers ? 1 : 0);
    await Promise.all(Array.from({ length: atOnce }, work));
  } finally {
    await Promise.all(builds.map(({ id }) => indexes.save(id)));
  }
  return progress();
}

/** What is no file, or changes with every key, has no index. */
const isIndexable = ({ source: { written, text } }: ProfiledSource): boolean => written !== null && text === null;

/** The index of one source on its way. */
class SourceBuild {
  /** What is still to be indexed. */
  readonly pieces: Piece[];
  private readonly engine: Engine;
  private readonly profiled: ProfiledSource;
  private readonly all: Piece[];
  private segments: IndexSegment[];
  private open: number;
  private hasFailed = false;

  constructor(engine: Engine, profiled: ProfiledSource) {
    this.engine = engine;
    this.profiled = profiled;
    const { source } = profiled;
    const known = engine.indexes.of(profiled);
    if (hasRanges(source)) {
      this.all = piecesOf(source.start, source.storedSize);
      this.segments = keptSegments(this.all, known?.segments ?? []);
      this.pieces = this.all.slice(this.segments.length);
    } else {
      this.all = [];
      this.segments = [...(known?.segments ?? [])];
      this.pieces = known ? [] : [{ from: 0, to: Number.POSITIVE_INFINITY }];
    }
    this.open = this.pieces.length;
  }

  get id(): string {
    return this.profiled.source.id;
  }

  get isDone(): boolean {
    return this.open === 0 || this.hasFailed;
  }

  /** Stored. */
  get bytes(): number {
    return this.profiled.source.storedSize;
  }

  get bytesDone(): number {
    return this.isDone ? this.bytes : this.segments.reduce((sum, { from, to }) => sum + to - from, 0);
  }

  async build({ from, to }: Piece, signal: AbortSignal | undefined): Promise<void> {
    if (this.hasFailed) return;
    const { source, profile } = this.profiled;
    const job = { source, from, to, digits: countsDigits(profile) };
    const built: IndexSegment[] = [];
    try {
      await this.engine.pool.run('index', job, { signal, background: true, onPart: part => built.push(part) });
    } catch (error) {
      if (error instanceof AbortError || error instanceof EngineError) throw error;
      this.hasFailed = true;
      return;
    }
    // A job that was tried twice may have told of a segment twice.
    for (const segment of built)
      this.segments = [...this.segments.filter(({ from: at }) => at !== segment.from), segment];
    this.open--;
    this.publish();
  }

  /** Look-ups use what is there as soon as nothing is missing before it. */
  private publish(): void {
    const { source, profile } = this.profiled;
    const sorted = this.segments.sort((a, b) => a.from - b.from);
    const whole = hasRanges(source) ? keptSegments(this.all, sorted) : this.isDone ? sorted : [];
    if (whole.length === 0) return;
    const { id, identity, start, storedSize: size, written } = source;
    if (written === null) return;
    const indexed: IndexedSource = { id, identity, start, size, written, digits: countsDigits(profile) };
    const { indexes, profiles } = this.engine;
    indexes.set(indexed, whole, profiles.toStore(source));
  }
}
