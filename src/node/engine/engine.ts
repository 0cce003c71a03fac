import type { SourcePlace } from '../../common/protocol/logEngine';
import { discoverSources } from '../sources/discoverSources';
import type { Skipped } from '../sources/skipped';
import type { HeldTraces } from './heldTraces';
import type { Profiles } from './profiles';
import type { ProfiledSource } from './scanJobs';
import type { ScanPool } from './scanPool';
import { TraceTables } from './traceTables';

/** What the parts of the engine share. */
export class Engine {
  readonly pool: ScanPool;
  readonly workers: number;
  readonly profiles: Profiles;
  readonly held: HeldTraces;
  readonly tables = new TraceTables();
  places: SourcePlace[] = [];

  constructor(pool: ScanPool, workers: number, profiles: Profiles, held: HeldTraces) {
    this.pool = pool;
    this.workers = workers;
    this.profiles = profiles;
    this.held = held;
  }

  /** The sources as they are now, each with the way it is read. @throws AbortError, EngineError */
  async profiledSources(
    only: readonly string[] | undefined,
    signal: AbortSignal | undefined,
  ): Promise<{ profiled: ProfiledSource[]; skipped: Skipped[] }> {
    const { sources, skipped } = await discoverSources(this.places);
    const wanted = only ? sources.filter(({ id }) => only.includes(id)) : sources;
    const { profiled, skipped: unread } = await this.profiles.of(wanted, signal);
    return { profiled, skipped: [...skipped, ...unread] };
  }
}
