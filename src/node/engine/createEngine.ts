import type { LogEngine } from '../../common/protocol/logEngine';
import type { ProfileOverrides } from '../../common/profile/profileSource';

/** A script that a worker runs: a bundled `.cjs`, or (in tests) a `.ts` file with `execArgv: ['--import', 'tsx']`. */
export interface WorkerScript {
  path: string;
  execArgv?: string[];
}

export interface EngineOptions {
  /** Entry of the scan workers: `dist/scanWorker.cjs`. */
  scanWorker: WorkerScript;
  /** Number of scan workers; left out: cores, at least 1 and at most 4. */
  workers?: number;
  /** IANA name of the zone that is assumed where a log names none; left out: UTC. */
  assumedZone?: string;
  /** What the user says of single sources, by source id. */
  overrides?: Record<string, ProfileOverrides>;
}

/**
 * The engine in this very thread: it coordinates, its scan workers do the heavy work. For the command line, tests and
 * the engine's own worker; an extension host uses `EngineClient`.
 */
export function createEngine(_options: EngineOptions): LogEngine {
  throw new Error('not yet');
}
