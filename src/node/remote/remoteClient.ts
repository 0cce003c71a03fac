import { setMaxListeners } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { ClosedError, type RequestOptions, RpcChannel } from '../../common/protocol/rpcChannel';
import type { RemoteState, SourceHost } from '../../common/protocol/sourceHost';
import { workerPort } from '../ports';
import type { Stretch } from '../sources/heldBlocks';
import type { SearchPatience } from './firstWords';
import { hostHandlers } from './hostChannel';
import type { RemoteDoor, RemoteListing } from './remoteDoor';
import type { RemoteWorkerData } from './remoteWorker';
import { type FarHit, RemoteError } from './transport';

export interface RemoteOptions {
  /** Entry of the worker: `dist/remoteWorker.cjs`. */
  worker: { path: string };
  /** Where copies of remote files are kept; left out: in a folder that goes with the engine. */
  folder?: string;
  /** What they may take on disk. */
  mostBytes: number;
  /** What a search may take for one source, in ms; left out: as long as it takes. */
  mostMs?: number;
  /** How long a list waits for a host that says nothing; left out: as long as it takes. */
  patience?: SearchPatience;
  /** Of the worker, beside that of this process: the proxies that the user named elsewhere. */
  environment?: Record<string, string>;
}

type Options = { signal?: AbortSignal | undefined };

/** Work on remote places in a worker of its own, which starts with the first request and anew after a crash. */
export class RemoteClient implements RemoteDoor {
  private readonly options: RemoteOptions;
  private readonly host: SourceHost;
  private running: { worker: Worker; channel: RpcChannel } | null = null;
  private passing: string | null = null;
  private pending = 0;

  constructor(options: RemoteOptions, host: SourceHost) {
    this.options = options;
    this.host = host;
  }

  list(place: string, options?: Options): Promise<RemoteListing> {
    return this.call('list', place, options);
  }

  hold(request: { url: string; stretches: readonly Stretch[] }, options?: Options): Promise<void> {
    return this.call('hold', request, options);
  }

  search(request: { url: string; texts: readonly string[] }, options?: Options): Promise<FarHit[] | null> {
    return this.call('search', request, options);
  }

  countLines(request: { url: string; to: number }, options?: Options): Promise<number | null> {
    return this.call('countLines', request, options);
  }

  watch(place: string, options: { signal: AbortSignal; onProgress(listing: RemoteListing): void }): Promise<void> {
    return this.call('watch', place, options);
  }

  left(request: { url: string; reason: string | null }): Promise<void> {
    return this.call('left', request);
  }

  async states(): Promise<RemoteState[]> {
    return this.running ? this.call('states', null) : [];
  }

  clear(): Promise<number> {
    return this.call('clear', null);
  }

  async dispose(): Promise<void> {
    const { running } = this;
    this.running = null;
    if (running) {
      await running.channel.request('dispose', null).catch(() => {});
      running.channel.close('The engine is closed.');
      await running.worker.terminate();
    }
    if (this.passing !== null) rmSync(this.passing, { recursive: true, force: true });
  }

  private async call<Result>(method: keyof RemoteDoor, argument: unknown, options?: RequestOptions): Promise<Result> {
    const { worker, channel } = this.start();
    // What waits for an answer keeps the process alive, a worker in waiting does not.
    worker.ref();
    this.pending++;
    // One search asks for as many stretches as it reads; Node takes more than ten listeners for a leak.
    if (options?.signal) setMaxListeners(0, options.signal);
    try {
      return await channel.request<Result>(method, argument, options);
    } catch (error) {
      if (error instanceof Error && error.name === 'RemoteError') throw new RemoteError(error.message);
      if (error instanceof ClosedError)
        throw new RemoteError(`reading remote logs stopped unexpectedly: ${error.message}`);
      throw error;
    } finally {
      if (--this.pending === 0) worker.unref();
    }
  }

  private start(): { worker: Worker; channel: RpcChannel } {
    if (this.running) return this.running;
    const { worker: script, mostBytes, mostMs, patience, environment } = this.options;
    this.passing ??= this.options.folder === undefined ? mkdtempSync(path.join(tmpdir(), 'throughline-remote-')) : null;
    const folder = this.options.folder ?? this.passing ?? '';
    const worker = new Worker(script.path, {
      workerData: {
        folder,
        mostBytes,
        ...(patience ? { patience } : {}),
        ...(mostMs ? { mostMs } : {}),
      } satisfies RemoteWorkerData,
      env: { ...process.env, ...environment },
    });
    const channel = new RpcChannel(workerPort(worker), hostHandlers(this.host));
    const running = { worker, channel };
    this.running = running;
    const gone = () => {
      if (this.running === running) this.running = null;
    };
    worker.on('error', gone).on('exit', gone);
    return running;
  }
}
