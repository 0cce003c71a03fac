import { Worker } from 'node:worker_threads';
import { noReading, type ReadingSettings } from '../../common/profile/readingSettings';
import {
  type ArrangeRequest,
  type AtRequest,
  type CallOptions,
  type ChildrenRequest,
  EngineError,
  type FollowOptions,
  type IndexOptions,
  type IndexProgress,
  type ListOptions,
  type ListRequest,
  type LogEngine,
  type LookupOptions,
  type LookupProgress,
  type LookupRequest,
  type LookupResult,
  type NamesRequest,
  type NextRowRequest,
  type OverviewRequest,
  type SourcePlace,
  type WatchOptions,
} from '../../common/protocol/logEngine';
import type {
  CountMatchesOptions,
  CountOptions,
  CountRequest,
  FindTextOptions,
  FindTextRequest,
  LinesRequest,
  MatchPlaceRequest,
  MatchRequest,
} from '../../common/protocol/logReader';
import { ClosedError, type RequestOptions, RpcChannel } from '../../common/protocol/rpcChannel';
import { noHost, type SourceHost } from '../../common/protocol/sourceHost';
import type { ShownEntries } from '../../common/timeline/arrangement';
import { workerPort } from '../ports';
import { hostHandlers } from '../remote/hostChannel';
import type { EngineOptions } from './createEngine';
import { engineMemory } from './engineMemory';
import type { WorkerScript } from './workerScript';

export interface EngineClientOptions extends EngineOptions {
  /** Entry of the engine's worker: `dist/engineWorker.cjs`. */
  engineWorker: WorkerScript;
}

type Result<Method extends keyof LogEngine> = Awaited<ReturnType<LogEngine[Method]>>;

/**
 * The engine in a worker of its own. The worker starts with the first call, is started anew after a crash (with the
 * sources set last; traces held by the old one are gone) and ends with `dispose`. Every promise settles.
 */
export class EngineClient implements LogEngine {
  private readonly options: EngineClientOptions;
  private readonly host: SourceHost;
  private places: SourcePlace[] = [];
  private reading: ReadingSettings = noReading;
  private running: { worker: Worker; channel: RpcChannel } | null = null;
  private disposed = false;

  /** @param host what remote places need of the outside */
  constructor(options: EngineClientOptions, host: SourceHost = noHost) {
    this.options = options;
    this.host = host;
  }

  async setSources(places: SourcePlace[]): Promise<void> {
    this.places = places;
    // A worker that does not run yet is told when it starts.
    if (this.running) await this.call('setSources', places);
  }

  async setReading(settings: ReadingSettings): Promise<void> {
    // Unlike places they may be refused: the worker starts to say so.
    await this.call('setReading', settings);
    this.reading = settings;
  }

  sources(request: { full: boolean; samples?: boolean }, options?: CallOptions) {
    return this.call('sources', request, options);
  }

  lookup(request: LookupRequest, { signal, onProgress }: LookupOptions = {}) {
    let told: string | undefined;
    return this.call('lookup', request, {
      signal,
      onProgress: (progress: LookupProgress) => {
        told = progress.trace?.traceId ?? told;
        onProgress?.(progress);
      },
      // Nobody knows of a trace that comes after the abort: it is not held for ever.
      onLate: (value: LookupProgress | LookupResult) => {
        const traceId = 'trace' in value ? value.trace?.traceId : undefined;
        if (traceId === undefined || (request.keepPartial && traceId === told)) return;
        this.release(traceId).catch(() => undefined);
      },
    });
  }

  at(request: AtRequest, options?: CallOptions) {
    return this.call('at', request, options);
  }

  list(request: ListRequest, options?: ListOptions) {
    return this.call('list', request, options);
  }

  names(request: NamesRequest, options?: CallOptions) {
    return this.call('names', request, options);
  }

  index({ signal, onProgress }: IndexOptions = {}) {
    return this.call('index', undefined, {
      signal,
      onProgress: (progress: IndexProgress) => onProgress?.(progress),
    });
  }

  clearIndex() {
    return this.call('clearIndex', undefined);
  }

  async remoteStates() {
    return this.running ? this.call('remoteStates', undefined) : [];
  }

  clearRemote() {
    return this.call('clearRemote', undefined);
  }

  lines(request: LinesRequest, options?: CallOptions) {
    return this.call('lines', request, options);
  }

  lineText(request: { source: string; from: number; to: number }) {
    return this.call('lineText', request);
  }

  countLines(request: CountRequest, options?: CountOptions) {
    return this.call('countLines', request, options);
  }

  findText(request: FindTextRequest, options?: FindTextOptions) {
    return this.call('findText', request, options);
  }

  countMatches(request: MatchRequest, options?: CountMatchesOptions) {
    return this.call('countMatches', request, options);
  }

  matchesBefore(request: MatchPlaceRequest, options?: CallOptions) {
    return this.call('matchesBefore', request, options);
  }

  async closeLog(source: string): Promise<void> {
    if (this.running) await this.call('closeLog', source);
  }

  async release(traceId: string): Promise<void> {
    // A worker that is gone holds nothing.
    if (this.running) await this.call('release', traceId);
  }

  follow(traceId: string, options?: FollowOptions) {
    return this.call('follow', traceId, options);
  }
  watch(options: WatchOptions) {
    return this.call('watch', null, options);
  }
  window(request: { traceId: string; from: number; to: number }) {
    return this.call('window', request);
  }

  children(request: ChildrenRequest) {
    return this.call('children', request);
  }

  overview(request: OverviewRequest) {
    return this.call('overview', request);
  }

  arrange(request: ArrangeRequest) {
    return this.call('arrange', request);
  }

  pick(request: { traceId: string; entries: ShownEntries }) {
    return this.call('pick', request);
  }

  find(request: { traceId: string; query: string }) {
    return this.call('find', request);
  }

  nextRow(request: NextRowRequest) {
    return this.call('nextRow', request);
  }

  step(request: { traceId: string; key: string }) {
    return this.call('step', request);
  }

  records(request: { traceId: string; from: number; to: number }) {
    return this.call('records', request);
  }

  recordRows(request: { traceId: string; from: number; to: number }) {
    return this.call('recordRows', request);
  }

  recordOf(request: { traceId: string; key: string }) {
    return this.call('recordOf', request);
  }

  recordAt(request: { traceId: string; id: string }) {
    return this.call('recordAt', request);
  }

  links(request: { traceId: string; key: string }) {
    return this.call('links', request);
  }

  moveClocks(request: { traceId: string; apply: boolean }) {
    return this.call('moveClocks', request);
  }

  document(traceId: string) {
    return this.call('document', traceId);
  }

  async dispose(): Promise<void> {
    this.disposed = true;
    const { running } = this;
    this.running = null;
    if (!running) return;
    running.channel.close('The engine is closed.');
    await running.worker.terminate();
  }

  private async call<Method extends keyof LogEngine>(
    method: Method,
    argument: unknown,
    options: RequestOptions = {},
  ): Promise<Result<Method>> {
    try {
      return await this.start().request<Result<Method>>(method, argument, options);
    } catch (error) {
      // A channel hands on the name and the message of the other side's error.
      if (error instanceof Error && error.name === 'EngineError') throw new EngineError(error.message);
      if (error instanceof ClosedError && !this.disposed) {
        throw new EngineError(`The search stopped unexpectedly: ${error.message}. Search again; it starts anew.`);
      }
      throw error;
    }
  }

  private start(): RpcChannel {
    if (this.disposed) throw new EngineError('The engine is closed.');
    if (this.running) return this.running.channel;
    const { engineWorker, ...workerData } = this.options;
    const worker = new Worker(engineWorker.path, { workerData, resourceLimits: engineMemory });
    const channel = new RpcChannel(workerPort(worker), hostHandlers(this.host));
    const running = { worker, channel };
    this.running = running;
    const gone = () => {
      if (this.running === running) this.running = null;
    };
    worker.on('error', gone).on('exit', gone);
    // It still runs, but what it said is lost: the next call gets a new one.
    worker.on('messageerror', () => {
      gone();
      void worker.terminate();
    });
    // If this fails, so does the call that follows it on the same channel.
    channel.request('setSources', this.places).catch(() => {});
    if (this.reading !== noReading) channel.request('setReading', this.reading).catch(() => {});
    return channel;
  }
}
