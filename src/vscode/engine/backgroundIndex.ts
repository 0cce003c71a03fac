import type { Disposable } from 'vscode';
import type { IndexProgress, LogEngine } from '../../common/protocol/logEngine';

/** A search comes first: the index waits so long, in ms, after its beginning. */
const patience = 1_000;

/** Keeps the index up to date while logs are searched: after each search, and never two at a time. */
export class BackgroundIndex implements Disposable {
  private readonly engine: LogEngine;
  private readonly note: (error: unknown) => void;
  private timer: NodeJS.Timeout | null = null;
  private running: { abort: AbortController; done: Promise<void>; since: number } | null = null;
  private told: IndexProgress | null = null;
  private readonly listeners = new Set<() => void>();

  /** @param note takes what went wrong: nobody waits for an index */
  constructor(engine: LogEngine, note: (error: unknown) => void) {
    this.engine = engine;
    this.note = note;
  }

  /** Somebody searches: there will be more searches. */
  wake(): void {
    this.timer ??= setTimeout(() => {
      this.timer = null;
      if (this.running) this.wake();
      else this.run();
    }, patience);
  }

  /** Tells of the beginning, each part that is done, and the end. */
  onDidChange(listener: () => void): Disposable {
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  }

  /** `null` while nothing is indexed; `since` as `performance.now()` counts. */
  get work(): { since: number; progress: IndexProgress | null } | null {
    return this.running && { since: this.running.since, progress: this.told };
  }

  /** @returns bytes that were freed */
  async clear(): Promise<number> {
    this.stop();
    await this.running?.done;
    return this.engine.clearIndex();
  }

  private run(): void {
    const abort = new AbortController();
    const done = this.engine
      .index({ signal: abort.signal, onProgress: progress => this.tell(progress) })
      .then(
        () => {},
        error => abort.signal.aborted || this.note(error),
      )
      .then(() => {
        this.running = null;
        this.tell(null);
      });
    this.running = { abort, done, since: performance.now() };
    this.tell(null);
  }

  private tell(progress: IndexProgress | null): void {
    this.told = progress;
    for (const listener of this.listeners) listener();
  }

  private stop(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    this.running?.abort.abort();
  }

  dispose(): void {
    this.stop();
    this.listeners.clear();
  }
}
