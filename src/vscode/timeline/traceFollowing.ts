import type { TraceHeader } from '../../common/protocol/logEngine';
import type { EngineAccess } from '../engine/engineAccess';

/** Reads on for the trace of one timeline while its logs grow, unless the user has it wait. */
export class TraceFollowing {
  private readonly access: EngineAccess;
  private readonly onNews: (trace: TraceHeader | null) => void;
  private running: { traceId: string; abort: AbortController } | null = null;
  private paused = false;

  /** @param onNews takes the trace whenever there is something new of it; `null` where nobody reads on any more */
  constructor(access: EngineAccess, onNews: (trace: TraceHeader | null) => void) {
    this.access = access;
    this.onNews = onNews;
  }

  get isOn(): boolean {
    return this.running !== null;
  }

  /** Reads on for this trace from now on, if for any. */
  start(traceId: string): void {
    if (this.running?.traceId === traceId) return;
    this.stop();
    if (this.paused) return;
    const running = { traceId, abort: new AbortController() };
    this.running = running;
    const ended = () => {
      if (this.running !== running) return;
      this.running = null;
      this.onNews(null);
    };
    const options = { signal: running.abort.signal, onProgress: (trace: TraceHeader) => this.onNews(trace) };
    // An engine that went is asked for the trace by the page, which has it found again.
    this.access.current.follow(traceId, options).then(ended, ended);
  }

  stop(): void {
    const { running } = this;
    this.running = null;
    running?.abort.abort();
  }

  /** Holds on to what is on show, or reads on from there with all that came meanwhile. */
  pause(paused: boolean, traceId: string | null): void {
    this.paused = paused;
    if (paused) this.stop();
    else if (traceId !== null) this.start(traceId);
  }
}
