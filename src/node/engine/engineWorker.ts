/** Entry of the engine's worker: the coordinator behind a channel to the thread that owns it. */
import { parentPort, workerData } from 'node:worker_threads';
import { type HandlerContext, type Handlers, RpcChannel } from '../../common/protocol/rpcChannel';
import { noHost } from '../../common/protocol/sourceHost';
import { ownerPort } from '../ports';
import { hostBehind } from '../remote/hostChannel';
import { createEngine, type EngineOptions } from './createEngine';

const handlers: Handlers = {};
const host = parentPort ? hostBehind(new RpcChannel(ownerPort(parentPort), handlers)) : noHost;
const engine = createEngine(workerData as EngineOptions, host);
const options = ({ signal, progress }: HandlerContext) => ({ signal, onProgress: progress });

/** One row per method of `LogEngine`. */
const methods = {
  setSources: engine.setSources.bind(engine),
  setReading: engine.setReading.bind(engine),
  sources: (request, context) => engine.sources(request, options(context)),
  lookup: (request, context) => engine.lookup(request, options(context)),
  at: (request, context) => engine.at(request, options(context)),
  list: (request, context) => engine.list(request, options(context)),
  names: (request, context) => engine.names(request, options(context)),
  index: (_, { signal, progress }) => engine.index({ signal: signal as AbortSignal, onProgress: progress }),
  clearIndex: () => engine.clearIndex(),
  remoteStates: () => engine.remoteStates(),
  clearRemote: () => engine.clearRemote(),
  lines: (request, context) => engine.lines(request, options(context)),
  lineText: engine.lineText.bind(engine),
  countLines: (request, context) => engine.countLines(request, options(context)),
  findText: (request, context) => engine.findText(request, options(context)),
  countMatches: (request, context) => engine.countMatches(request, options(context)),
  matchesBefore: (request, context) => engine.matchesBefore(request, options(context)),
  closeLog: engine.closeLog.bind(engine),
  release: engine.release.bind(engine),
  follow: (traceId, context) =>
    engine.follow(traceId, { signal: context.signal as AbortSignal, onProgress: context.progress }),
  watch: (_request, { signal, progress }) =>
    engine.watch({ signal: signal as AbortSignal, onProgress: () => progress(null) }),
  window: engine.window.bind(engine),
  children: engine.children.bind(engine),
  overview: engine.overview.bind(engine),
  arrange: engine.arrange.bind(engine),
  pick: engine.pick.bind(engine),
  find: engine.find.bind(engine),
  nextRow: engine.nextRow.bind(engine),
  step: engine.step.bind(engine),
  records: engine.records.bind(engine),
  recordRows: engine.recordRows.bind(engine),
  recordOf: engine.recordOf.bind(engine),
  recordAt: engine.recordAt.bind(engine),
  links: engine.links.bind(engine),
  moveClocks: engine.moveClocks.bind(engine),
  document: engine.document.bind(engine),
  dispose: () => engine.dispose(),
} satisfies { [Method in keyof typeof engine]: Handlers[string] };

Object.assign(handlers, methods);
