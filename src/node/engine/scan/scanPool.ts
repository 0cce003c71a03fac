import { setMaxListeners } from 'node:events';
import { Worker } from 'node:worker_threads';
import { EngineError } from '../../../common/protocol/logEngine';
import { AbortError, RpcChannel } from '../../../common/protocol/rpcChannel';
import { workerPort } from '../../ports';
import type { RemoteSources } from '../../remote/remoteSources';
import type { WorkerScript } from '../workerScript';
import { cancelFlag, setCancelled } from './cancel';
import { runHeld } from './heldJobs';
import type { ScanJobs, ScanMethod } from './scanJobs';

export interface ScanPoolOptions {
  script: WorkerScript;
  workers: number;
  /** Fetches what of remote files a job needs; left out: there are none. */
  remote?: RemoteSources;
  /** How long a worker without work is kept. */
  idleMs?: number;
}

export interface RunOptions<Method extends ScanMethod> {
  signal?: AbortSignal | undefined;
  onPart?: (part: ScanJobs[Method]['part']) => void;
  /** Background work waits behind everything else. */
  background?: boolean;
}

interface Task {
  run(worker: ScanWorker): Promise<void>;
  fail(error: Error): void;
  attempts: number;
}

/** A job is tried once more on another worker if its worker dies. */
const mostAttempts = 2;
/** So many workers may die without one job done in between. */
const mostDeaths = 4;

/**
 * A few worker threads and a queue of jobs. Workers start when they are needed and end when they are idle. Every
 * promise settles: with the result, the job's error, an AbortError, or an EngineError where no worker stays alive.
 */
export class ScanPool {
  private readonly options: ScanPoolOptions;
  private readonly workers = new Set<ScanWorker>();
  private readonly queue: Task[] = [];
  private readonly background: Task[] = [];
  private deaths = 0;
  private disposed = false;
  private idleTimer: NodeJS.Timeout | null = null;

  constructor(options: ScanPoolOptions) {
    this.options = options;
  }

  run<Method extends ScanMethod>(
    method: Method,
    job: Omit<ScanJobs[Method]['job'], 'cancel'>,
    options: RunOptions<Method> = {},
  ): Promise<ScanJobs[Method]['result']> {
    const { remote } = this.options;
    return remote
      ? runHeld(job, options, remote, heard => this.runOnce(method, job, heard))
      : this.runOnce(method, job, options);
  }

  private runOnce<Method extends ScanMethod>(
    method: Method,
    job: Omit<ScanJobs[Method]['job'], 'cancel'>,
    options: RunOptions<Method>,
  ): Promise<ScanJobs[Method]['result']> {
    const { signal, onPart } = options;
    if (this.disposed) return Promise.reject(new EngineError('The engine is closed.'));
    if (signal?.aborted) return Promise.reject(new AbortError());
    return new Promise((resolve, reject) => {
      const cancel = cancelFlag();
      const abort = () => {
        setCancelled(cancel);
        reject(new AbortError());
      };
      const settle = () => signal?.removeEventListener('abort', abort);
      // One search is as many jobs as it has ranges; Node takes more than ten listeners for a leak.
      if (signal) setMaxListeners(0, signal);
      signal?.addEventListener('abort', abort, { once: true });
      const task: Task = {
        attempts: 0,
        run: async worker => {
          if (signal?.aborted) return;
          const result = await worker.request<ScanJobs[Method]['result']>(method, { ...job, cancel }, onPart);
          settle();
          resolve(result);
        },
        fail: error => {
          settle();
          reject(error);
        },
      };
      (options.background ? this.background : this.queue).push(task);
      this.schedule();
    });
  }

  /** Whether no worker has started yet, or all have ended. */
  get isCold(): boolean {
    return this.workers.size === 0;
  }

  /** Starts workers ahead of their first jobs, where what these need is still on its way. @param jobs how many there will be */
  start(jobs = 1): void {
    if (this.disposed || !this.isCold) return;
    const count = Math.min(jobs, this.options.workers);
    for (let worker = 0; worker < count; worker++) this.newWorker();
    this.startIdleTimer();
  }

  /** Ends all workers and rejects what is pending. */
  async dispose(): Promise<void> {
    this.disposed = true;
    if (this.idleTimer) clearTimeout(this.idleTimer);
    this.failQueued(new EngineError('The engine is closed.'));
    await Promise.all([...this.workers].map(worker => worker.terminate()));
  }

  private schedule(): void {
    while (this.queue.length + this.background.length > 0) {
      const worker = this.freeWorker();
      if (!worker) return;
      const task = this.queue.shift() ?? this.background.shift();
      if (task) void this.work(worker, task);
    }
    if ([...this.workers].every(worker => !worker.busy)) this.startIdleTimer();
  }

  private async work(worker: ScanWorker, task: Task): Promise<void> {
    if (this.idleTimer) clearTimeout(this.idleTimer);
    worker.busy = true;
    task.attempts++;
    try {
      await task.run(worker);
      this.deaths = 0;
    } catch (error) {
      this.handle(error, worker, task);
    } finally {
      worker.busy = false;
      this.schedule();
    }
  }

  private handle(error: unknown, worker: ScanWorker, task: Task): void {
    const failure = error instanceof Error ? error : new Error(String(error));
    if (worker.alive) {
      task.fail(failure);
      return;
    }
    this.workers.delete(worker);
    this.deaths++;
    if (this.disposed) task.fail(new EngineError('The engine is closed.'));
    else if (this.deaths >= mostDeaths) this.giveUp(task, failure);
    else if (task.attempts < mostAttempts) this.queue.unshift(task);
    else task.fail(new Error(`reading it ended a scan worker twice: ${failure.message}`));
  }

  private giveUp(task: Task, failure: Error): void {
    const error = new EngineError(
      `Scan workers (${this.options.script.path}) keep ending: ${failure.message}. Reload the window or run it again.`,
    );
    task.fail(error);
    this.failQueued(error);
    this.deaths = 0;
  }

  private failQueued(error: Error): void {
    for (const task of [...this.queue.splice(0), ...this.background.splice(0)]) task.fail(error);
  }

  private freeWorker(): ScanWorker | null {
    for (const worker of this.workers) if (!worker.busy && worker.alive) return worker;
    for (const worker of this.workers) if (!worker.alive && !worker.busy) this.workers.delete(worker);
    return this.workers.size >= this.options.workers ? null : this.newWorker();
  }

  private newWorker(): ScanWorker {
    const worker = new ScanWorker(this.options.script);
    this.workers.add(worker);
    return worker;
  }

  private startIdleTimer(): void {
    if (this.idleTimer) clearTimeout(this.idleTimer);
    this.idleTimer = setTimeout(() => {
      for (const worker of this.workers) if (!worker.busy) void worker.terminate();
      for (const worker of this.workers) if (!worker.busy) this.workers.delete(worker);
    }, this.options.idleMs ?? 30_000);
    this.idleTimer.unref();
  }
}

/**
 * Records are garbage as soon as they are counted: in MB, what may pile up of it before it is taken away. So little stays
 * in the processor's cache, which is quicker than to clear up less often.
 */
const resourceLimits = { maxYoungGenerationSizeMb: 3 };

/** One worker thread; `alive` turns false when it erred, ended or sent what cannot be read. */
class ScanWorker {
  busy = false;
  alive = true;
  private readonly worker: Worker;
  private readonly channel: RpcChannel;

  constructor(script: WorkerScript) {
    this.worker = new Worker(script.path, { resourceLimits });
    const dead = () => {
      this.alive = false;
    };
    this.worker.on('error', dead).on('messageerror', dead).on('exit', dead);
    this.channel = new RpcChannel(workerPort(this.worker));
    // What waits for a job keeps the process alive, a worker in waiting does not.
    this.worker.unref();
  }

  async request<Result>(method: string, job: unknown, onPart?: (part: never) => void): Promise<Result> {
    this.worker.ref();
    try {
      return await this.channel.request<Result>(method, job, { onProgress: onPart });
    } finally {
      this.worker.unref();
    }
  }

  async terminate(): Promise<void> {
    this.alive = false;
    await this.worker.terminate();
  }
}
