import type { EngineAccess } from '../engine/engineAccess';
import type { TracesSession } from './tracesSession';

/** Between two lists that nobody asked for; of a list that takes long to read, so many times as long. */
const restMs = 1_000;
const restShare = 10;

/** Reads the list anew while logs grow, as long as it is seen, and seldom enough to be a small part of all that is read. */
export class TracesFollowing {
  private readonly access: EngineAccess;
  private readonly session: TracesSession;
  private running: AbortController | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(access: EngineAccess, session: TracesSession) {
    this.access = access;
    this.session = session;
  }

  /** From now on. */
  start(): void {
    if (this.running) return;
    const running = new AbortController();
    this.running = running;
    const ended = () => {
      // An engine that went is started anew by the next list, which is followed again.
      if (this.running === running) this.stop();
    };
    const onProgress = () => this.schedule(Math.max(restMs, this.session.lastReadMs * restShare));
    this.access.current.watch({ signal: running.signal, onProgress }).then(ended, ended);
  }

  /** Reads what has come while nobody looked. */
  catchUp(): void {
    this.schedule(0);
  }

  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.running?.abort();
    this.running = null;
  }

  private schedule(afterMs: number): void {
    if (this.timer !== undefined) return;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      void this.session.update();
    }, afterMs);
  }
}
