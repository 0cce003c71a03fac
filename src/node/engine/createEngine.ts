import { availableParallelism } from 'node:os';
import type { ProfileOverrides } from '../../common/profile/profileSource';
import type { LogEngine } from '../../common/protocol/logEngine';
import { Coordinator } from './coordinator';
import { Engine } from './engine';
import { HeldTraces } from './heldTraces';
import { Profiles } from './profiles';
import { ScanPool } from './scanPool';
import type { WorkerScript } from './workerScript';

/** More readers than this only wait for the same memory. */
const mostWorkers = 4;

export interface EngineOptions {
  /** Entry of the scan workers: `dist/scanWorker.cjs`. */
  scanWorker: WorkerScript;
  /** Number of scan workers; left out: cores, at least 1 and at most 4. */
  workers?: number;
  /** IANA name of the zone that is assumed where a log names none; left out: this machine's. */
  assumedZone?: string;
  /** What the user says of single sources, by source id. */
  overrides?: Record<string, ProfileOverrides>;
}

/**
 * The engine in this very thread: it coordinates, its scan workers do the heavy work. For the command line, tests and
 * the engine's own worker; an extension host uses `EngineClient`.
 */
export function createEngine({ scanWorker, workers, assumedZone, overrides }: EngineOptions): LogEngine {
  const threads = workers ?? Math.max(1, Math.min(availableParallelism(), mostWorkers));
  const pool = new ScanPool({ script: scanWorker, workers: threads });
  const profiles = new Profiles(pool, overrides ?? {}, assumedZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone);
  return new Coordinator(new Engine(pool, threads, profiles, new HeldTraces()));
}
