import type { Disposable } from 'vscode';
import type { LogEngine } from '../common/protocol/logEngine';

/** A search comes first: the index waits so long, in ms, after its beginning. */
const patience = 1_000;

/** Keeps the index up to date while logs are searched: after each search, and never two at a time. */
export class BackgroundIndex implements Disposable {
  private readonly engine: LogEngine;
  private readonly note: (error: unknown) => void;
  private timer: NodeJS.Timeout | null = null;
  private running: { abort: AbortController; done: Promise<void> } | null = null;

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

  /** @returns bytes that were freed */
  async clear(): Promise<number> {
    this.stop();
    await this.running?.done;
    return this.engine.clearIndex();
  }

  private run(): void {
    const abort = new AbortController();
    const done = this.engine
      .index({ signal: abort.signal })
      .then(
        () => {},
        error => abort.signal.aborted || this.note(error),
      )
      .then(() => {
        this.running = null;
      });
    this.running = { abort, done };
  }

  private stop(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    this.running?.abort.abort();
  }

  dispose(): void {
    this.stop();
  }
}
