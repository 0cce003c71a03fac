import type { SourcePlace } from '../../common/protocol/logEngine';
import { remotePlacesOf } from '../../common/protocol/places/remotePlaces';
import type { RemoteSources } from '../remote/remoteSources';
import { discoverSources } from '../sources/discover/discoverSources';
import type { Skipped } from '../sources/discover/skipped';
import { SharedWatch } from './follow/sharedWatch';
import type { HeldTraces } from './heldTraces';
import type { Indexes } from './index/indexes';
import { KnownNames } from './list/knownNames';
import type { TraceTables } from './list/traceTables';
import type { Profiles } from './profiles';
import type { ProfiledSource } from './scan/scanJobs';
import type { ScanPool } from './scan/scanPool';
import { ViewedLogs } from './view/viewedLogs';

/** What the parts of the engine share. */
export class Engine {
  readonly pool: ScanPool;
  readonly workers: number;
  readonly profiles: Profiles;
  readonly held: HeldTraces;
  readonly tables: TraceTables;
  readonly remote: RemoteSources;
  readonly watch: SharedWatch;
  readonly viewed: ViewedLogs;
  readonly indexes: Indexes;
  readonly names = new KnownNames();
  /** How many workers index at the same time. */
  readonly indexWorkers: number;
  places: SourcePlace[] = [];

  constructor(
    parts: Pick<Engine, 'pool' | 'workers' | 'profiles' | 'held' | 'indexes' | 'indexWorkers' | 'tables' | 'remote'>,
  ) {
    this.pool = parts.pool;
    this.workers = parts.workers;
    this.profiles = parts.profiles;
    this.held = parts.held;
    this.indexes = parts.indexes;
    this.indexWorkers = parts.indexWorkers;
    this.tables = parts.tables;
    this.remote = parts.remote;
    this.viewed = new ViewedLogs(this.remote);
    this.watch = new SharedWatch(() => this.places, this.remote);
  }

  /**
   * The sources of some places as they are now, each with the way it is read.
   * @param what left out: all; `asKnown`: remote ones as they were seen last
   * @throws AbortError, EngineError
   */
  async profiledSources(
    what: { only?: readonly string[] | undefined; places?: readonly SourcePlace[] | undefined; asKnown?: boolean },
    signal: AbortSignal | undefined,
  ): Promise<{ profiled: ProfiledSource[]; skipped: Skipped[] }> {
    const { only, places = this.places, asKnown = false } = what;
    // It is up by the time that a server has answered.
    if (remotePlacesOf(places).length > 0) this.pool.start();
    const { sources, skipped } = await discoverSources(places, this.remote, { signal, asKnown });
    const wanted = only ? sources.filter(({ id }) => only.includes(id)) : sources;
    await this.indexes.load(wanted);
    const unknown = wanted.filter(source => !this.profiles.restore(source, this.indexes.sampleOf(source.id)));
    await Promise.all(
      unknown.map(async source => this.profiles.restore(source, await this.tables.sampleOf(source.id))),
    );
    const { profiled, skipped: unread } = await this.profiles.of(wanted, signal);
    return { profiled, skipped: [...skipped, ...unread] };
  }
}
