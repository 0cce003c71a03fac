/** Entry of the worker that talks to remote places: it starts with the first of them that is named. */
import { parentPort, workerData } from 'node:worker_threads';
import { type Handlers, RpcChannel } from '../../common/protocol/rpcChannel';
import { ownerPort } from '../ports';
import type { SearchPatience } from './firstWords';
import { hostBehind } from './hostChannel';
import { MirrorStore } from './mirrorStore';
import type { RemoteDoor } from './remoteDoor';
import { type RemoteParts, RemoteWork } from './remoteWork';
import { transports } from './transports';

export interface RemoteWorkerData {
  folder: string;
  mostBytes: number;
  patience?: SearchPatience;
  mostMs?: number;
}

/** One row per method of `RemoteDoor`. */
const handlersOf = (work: RemoteDoor) =>
  ({
    list: (place, context) => work.list(place, context),
    hold: (request, context) => work.hold(request, context),
    search: (request, context) => work.search(request, context),
    countLines: (request, context) => work.countLines(request, context),
    watch: (place, { signal, progress }) => work.watch(place, { signal, onProgress: progress }),
    left: request => work.left(request),
    states: () => work.states(),
    clear: () => work.clear(),
    dispose: () => work.dispose(),
  }) satisfies { [Method in keyof RemoteDoor]: Handlers[string] };

if (parentPort) {
  const { folder, mostBytes, ...limits } = workerData as RemoteWorkerData;
  const handlers: Handlers = {};
  const host = hostBehind(new RpcChannel(ownerPort(parentPort), handlers));
  const store = new MirrorStore(folder, mostBytes);
  const connect: RemoteParts['connect'] = scheme => transports[scheme]();
  Object.assign(handlers, handlersOf(new RemoteWork({ store, host, connect, ...limits })));
}
