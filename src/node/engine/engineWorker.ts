/** Entry of the engine's worker: the coordinator behind a channel to the thread that owns it. */
import { parentPort, workerData } from 'node:worker_threads';
import type { CallOptions } from '../../common/protocol/logEngine';
import { type HandlerContext, type Handlers, RpcChannel } from '../../common/protocol/rpcChannel';
import { createEngine, type EngineOptions } from './createEngine';
import { ownerPort } from './ports';

const engine = createEngine(workerData as EngineOptions);
const options = ({ signal, progress }: HandlerContext): CallOptions & { onProgress(value: unknown): void } => ({
  signal,
  onProgress: progress,
});

/** One row per method of `LogEngine`. */
const handlers = {
  setSources: engine.setSources.bind(engine),
  setReading: engine.setReading.bind(engine),
  sources: (request, context) => engine.sources(request, options(context)),
  lookup: (request, context) => engine.lookup(request, options(context)),
  at: (request, context) => engine.at(request, options(context)),
  list: (request, context) => engine.list(request, options(context)),
  release: engine.release.bind(engine),
  window: engine.window.bind(engine),
  step: engine.step.bind(engine),
  records: engine.records.bind(engine),
  document: engine.document.bind(engine),
  dispose: () => engine.dispose(),
} satisfies { [Method in keyof typeof engine]: Handlers[string] };

if (parentPort) new RpcChannel(ownerPort(parentPort), handlers);
