import type { LogEngine } from '../../common/protocol/logEngine';
import type { EngineOptions, WorkerScript } from './createEngine';

export interface EngineClientOptions extends EngineOptions {
  /** Entry of the engine's worker: `dist/engineWorker.cjs`. */
  engineWorker: WorkerScript;
}

/**
 * The engine in a worker of its own. The worker starts with the first call, is started anew after a crash (with the
 * sources set last; traces held by the old one are gone) and ends with `dispose`. Every promise settles.
 */
export declare class EngineClient implements LogEngine {
  constructor(options: EngineClientOptions);
  setSources: LogEngine['setSources'];
  sources: LogEngine['sources'];
  lookup: LogEngine['lookup'];
  at: LogEngine['at'];
  list: LogEngine['list'];
  release: LogEngine['release'];
  window: LogEngine['window'];
  step: LogEngine['step'];
  records: LogEngine['records'];
  document: LogEngine['document'];
  dispose: LogEngine['dispose'];
}
