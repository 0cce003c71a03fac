import { availableParallelism } from 'node:os';
import type { LogEngine } from '../../common/protocol/logEngine';
import { noHost, type SourceHost } from '../../common/protocol/sourceHost';
import { RemoteClient, type RemoteOptions } from '../remote/remoteClient';
import type { RemoteDoor } from '../remote/remoteDoor';
import { RemoteSources } from '../remote/remoteSources';
import { Coordinator } from './coordinator';
import { Engine } from './engine';
import { HeldTraces } from './heldTraces';
import { Indexes } from './index/indexes';
import { IndexFolder } from './index/indexFolder';
import { StoredTables } from './list/storedTables';
import { TraceTables } from './list/traceTables';
import { Profiles } from './profiles';
import { ScanPool } from './scan/scanPool';
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
  /** Where the index is kept on disk; left out: it is kept in memory only. */
  indexFolder?: { path: string; mostBytes: number } | undefined;
  /** Number of workers that index at the same time; left out: all. */
  indexWorkers?: number;
  /** How remote places are read; left out: they are not. */
  remote?: RemoteOptions | undefined;
}

/**
 * The engine in this very thread: it coordinates, its scan workers do the heavy work. For the command line, tests and
 * the engine's own worker; an extension host uses `EngineClient`.
 * @param host what remote places need of the outside
 */
export function createEngine(
  options: EngineOptions,
  host: SourceHost = noHost,
  door: RemoteDoor | null = options.remote ? new RemoteClient(options.remote, host) : null,
): LogEngine {
  const { scanWorker, assumedZone, indexFolder } = options;
  const workers = options.workers ?? Math.max(1, Math.min(availableParallelism(), mostWorkers));
  const remote = new RemoteSources(door, options.remote?.mostMs);
  const pool = new ScanPool({ script: scanWorker, workers, remote });
  const profiles = new Profiles(pool, assumedZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone);
  const folder = indexFolder ? new IndexFolder(indexFolder.path, indexFolder.mostBytes) : null;
  const indexes = new Indexes(folder);
  const tables = new TraceTables(folder && new StoredTables(folder, scanWorker.path));
  const indexWorkers = Math.max(1, Math.min(workers, options.indexWorkers ?? workers));
  return new Coordinator(
    new Engine({ pool, workers, profiles, held: new HeldTraces(), indexes, indexWorkers, tables, remote }),
  );
}
