import { isDeepStrictEqual } from 'node:util';
import * as v from 'valibot';
import { noReading, type ReadingSettings } from '../../common/profile/readingSettings';
import { overridesFor } from '../../common/profile/sourceOverrides';
import type { DetectedSource } from '../../common/protocol/documents';
import { EngineError } from '../../common/protocol/logEngine';
import { AbortError } from '../../common/protocol/rpcChannel';
import { hasRanges, isPartial, type SourceRef } from '../sources/byteSource';
import { type Skipped, unreadable } from '../sources/discover/skipped';
import { type StoredSample, storedSampleSchema } from './index/storedSample';
import { sampleSource } from './scan/sampleSource';
import type { ProfiledSource, SourceSample } from './scan/scanJobs';
import type { ScanPool } from './scan/scanPool';
import { settleZones } from './scan/settleZones';

/** A source this small may still show something new when it doubles. */
const enough = 256 * 1024;

/** Another worker takes longer to start than to read this. */
const bytesPerWorker = 16 * 1024 * 1024;

interface Entry {
  identity: string;
  size: number;
  sample: SourceSample;
  /** As the source alone tells it, see `settleZones`. */
  alone: SourceSample;
}

/** The profiles of all sources seen so far: each is decided once and kept while the file is the same. */
export class Profiles {
  private entries = new Map<string, Entry>();
  private readonly pool: ScanPool;
  private settings: ReadingSettings = noReading;
  private readonly assumedZone: string | null;

  constructor(pool: ScanPool, assumedZone: string | null) {
    this.pool = pool;
    this.assumedZone = assumedZone;
  }

  /** What the user says of how sources are read; profiles that were decided without it are dropped. */
  set reading(settings: ReadingSettings) {
    if (isDeepStrictEqual(settings, this.settings)) return;
    this.settings = settings;
    this.entries = new Map();
  }

  /** Profiles of many sources, decided by the scan workers; what cannot be read is told in `skipped`. */
  async of(sources: readonly SourceRef[], signal?: AbortSignal) {
    const profiled: ProfiledSource[] = [];
    const skipped: Skipped[] = [];
    const { entries } = this;
    const here = this.startWorkers(sources);
    await Promise.all(
      sources.map(async (source, index) => {
        try {
          const known = this.known(source);
          const job = this.job(source);
          const sample =
            known ?? (await (source === here ? sampleSource(job) : this.pool.run('profile', job, { signal })));
          const alone = (known && entries.get(source.id)?.alone) ?? sample;
          profiled[index] = { source, ...keep(entries, source, sample, alone) };
        } catch (error) {
          if (error instanceof AbortError || error instanceof EngineError) throw error;
          skipped.push({ source: source.id, reason: unreadable(error) });
        }
      }),
    );
    const settled = settleZones(profiled.filter(() => true));
    for (const { source, ...sample } of settled) {
      keep(entries, source, sample, entries.get(source.id)?.alone ?? sample);
    }
    return { profiled: settled, skipped };
  }

  /**
   * Starts the workers, if none is up, and names the source that is profiled in this thread meanwhile, as there is
   * nothing else to do: the last one, so that the others are handed out before.
   */
  private startWorkers(sources: readonly SourceRef[]): SourceRef | null {
    if (!this.pool.isCold) return null;
    const here = sources.findLast(source => !this.known(source) && hasRanges(source) && !isPartial(source));
    const bytes = sources.reduce((sum, { storedSize }) => sum + storedSize, 0);
    if (here) this.pool.start(Math.max(1, Math.ceil(bytes / bytesPerWorker)));
    return here ?? null;
  }

  /** The profile of one source, decided in this thread: for a hover, which must not wait for a worker. */
  async ofOne(source: SourceRef): Promise<SourceSample> {
    const { entries } = this;
    const known = this.known(source);
    if (known) return known;
    const job = this.job(source);
    const sample = await (isPartial(source) ? this.pool.run('profile', job) : sampleSource(job));
    return keep(entries, source, sample, sample);
  }

  /** Some records of a source: read anew, as nobody else needs them. @throws AbortError, or an error of the file system */
  async samplesOf(source: SourceRef, signal?: AbortSignal): Promise<DetectedSource['samples']> {
    const { detected } = await this.pool.run('profile', { ...this.job(source), samples: true }, { signal });
    return detected.samples;
  }

  /** What is to be kept of a source for {@link restore}; `null` where nothing is known of it. */
  toStore(source: SourceRef): StoredSample | null {
    const entry = this.entries.get(source.id);
    return entry ? { key: this.keyOf(source), identity: entry.identity, size: entry.size, sample: entry.alone } : null;
  }

  /**
   * Takes what was kept of a source, which may be anything, unless more is known of it.
   * @returns whether something is known of it
   */
  restore(source: SourceRef, stored: unknown): boolean {
    if (this.entries.has(source.id)) return true;
    if (stored === null) return false;
    const parsed = v.safeParse(storedSampleSchema, stored);
    if (!parsed.success || parsed.output.key !== this.keyOf(source)) return false;
    const { identity, size, sample } = parsed.output;
    this.entries.set(source.id, { identity, size, sample, alone: sample });
    return true;
  }

  private keyOf(source: SourceRef): string {
    const { overrides, assumedZone } = this.job(source);
    return JSON.stringify([overrides, assumedZone]);
  }

  private job(source: SourceRef) {
    return { source, overrides: overridesFor(this.settings, source.id), assumedZone: this.assumedZone };
  }

  private known(source: SourceRef): SourceSample | null {
    const entry = this.entries.get(source.id);
    if (!entry) return null;
    // The text of an editor changes with every key: what is known of its file goes on.
    if (source.kind === 'text' && !entry.identity.startsWith('text:')) return entry.sample;
    if (entry.identity !== source.identity || source.storedSize < entry.size) return null;
    return entry.size < enough && source.storedSize > 2 * entry.size ? null : entry.sample;
  }
}

/** `entries`: those of the beginning, so that a profile by settings that have changed meanwhile is not kept. */
function keep(entries: Map<string, Entry>, source: SourceRef, sample: SourceSample, alone: SourceSample): SourceSample {
  if (entries.get(source.id)?.sample !== sample) {
    entries.set(source.id, { identity: source.identity, size: source.storedSize, sample, alone });
  }
  return sample;
}
