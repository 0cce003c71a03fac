import { isDeepStrictEqual } from 'node:util';
import { noReading, type ReadingSettings } from '../../common/profile/readingSettings';
import type { LogEngine, SourcePlace } from '../../common/protocol/logEngine';
import { extensionId } from '../contributions';
import { openSetting } from '../settings';
import { UserError } from '../userError';

/**
 * The engine with the sources of this moment and the way the user wants them read. They are told to it only when they differ: what it knows of a source
 * stays warm between two searches.
 */
export class EngineAccess {
  private readonly engine: LogEngine;
  private readonly places: () => SourcePlace[];
  private readonly reading: () => ReadingSettings;
  private readonly used: () => void;
  private readonly before: () => Promise<void>;
  private known: SourcePlace[] | null = null;
  private knownReading: ReadingSettings = noReading;
  private changes = 0;

  /** @param used is called when something is searched @param before is waited for before the places are asked for */
  constructor(
    engine: LogEngine,
    places: () => SourcePlace[],
    reading: () => ReadingSettings = () => noReading,
    used = () => {},
    before = async () => {},
  ) {
    this.before = before;
    this.engine = engine;
    this.places = places;
    this.reading = reading;
    this.used = used;
  }

  /** For a new search. @throws UserError where a setting cannot be used. */
  async withSources(): Promise<LogEngine> {
    const reading = this.reading();
    if (!isDeepStrictEqual(reading, this.knownReading)) {
      await this.setReading(reading);
      this.knownReading = reading;
      this.changes++;
    }
    await this.before();
    const places = this.places();
    if (!isDeepStrictEqual(places, this.known)) {
      await this.engine.setSources(places);
      this.known = places;
      this.changes++;
    }
    this.used();
    return this.engine;
  }

  /** Patterns are looked at by the engine alone: they never run in this thread. */
  private async setReading(reading: ReadingSettings): Promise<void> {
    try {
      await this.engine.setReading(reading);
    } catch (error) {
      if (!(error instanceof Error) || error.name !== 'EngineError') throw error;
      throw new UserError(error.message, openSetting(`@ext:${extensionId}`));
    }
  }

  /** Grows when `withSources` finds other sources, or another way to read them, than the time before. */
  get revision(): number {
    return this.changes;
  }

  /** For what is already there: a trace that is held, a line. */
  get current(): LogEngine {
    return this.engine;
  }

  dispose(): Promise<void> {
    return this.engine.dispose();
  }
}
