import { isDeepStrictEqual } from 'node:util';
import type { LogEngine, SourcePlace } from '../common/protocol/logEngine';

/**
 * The engine with the sources of this moment. They are told to it only when they differ: what it knows of a source
 * stays warm between two searches.
 */
export class EngineAccess {
  private readonly engine: LogEngine;
  private readonly places: () => SourcePlace[];
  private known: SourcePlace[] | null = null;

  constructor(engine: LogEngine, places: () => SourcePlace[]) {
    this.engine = engine;
    this.places = places;
  }

  /** For a new search. @throws UserError where a setting cannot be used. */
  async withSources(): Promise<LogEngine> {
    const places = this.places();
    if (!isDeepStrictEqual(places, this.known)) {
      await this.engine.setSources(places);
      this.known = places;
    }
    return this.engine;
  }

  /** For what is already there: a trace that is held, a line. */
  get current(): LogEngine {
    return this.engine;
  }

  dispose(): Promise<void> {
    return this.engine.dispose();
  }
}
