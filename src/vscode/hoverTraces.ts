import type { Disposable } from 'vscode';
import { joinKey } from '../common/profile/ids';
import type { TraceHeader } from '../common/protocol/logEngine';
import type { EngineAccess } from './engineAccess';

/** A hover may cost the engine no more than this; huge logs are searched on demand, not because a pointer passed by. */
const budget = 2_000;
/** Logs grow: what a hover knows is looked up again after this. */
const freshFor = 30_000;

/** Looks up what hovers want to tell of a trace, in the background and one at a time. */
export class HoverTraces implements Disposable {
  private readonly access: EngineAccess;
  private readonly held = new Map<string, NodeJS.Timeout>();
  /** What was found last, while it is held. */
  private last: { id: string; trace: TraceHeader } | null = null;
  private running: { id: string; abort: AbortController; done: Promise<boolean> } | null = null;

  constructor(access: EngineAccess) {
    this.access = access;
  }

  /** Whether a look-up of this ID runs. */
  isLearning(id: string): boolean {
    return this.running?.id === id;
  }

  /** @returns whether the engine holds the trace of this ID now; never throws */
  learn(id: string): Promise<boolean> {
    if (this.running?.id === id) return this.running.done;
    this.running?.abort.abort();
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), budget);
    const done = this.lookup(id, abort.signal)
      .catch(() => false)
      .finally(() => {
        clearTimeout(timer);
        if (this.running?.abort === abort) this.running = null;
      });
    this.running = { id, abort, done };
    return done;
  }

  /** The trace of an ID, looked up like any other; `null` where there is none or it takes too long. */
  async look(id: string): Promise<TraceHeader | null> {
    await this.learn(id);
    return this.last && joinKey(this.last.id) === joinKey(id) ? this.last.trace : null;
  }

  private async lookup(id: string, signal: AbortSignal): Promise<boolean> {
    const engine = await this.access.withSources();
    const result = await engine.lookup({ text: id }, { signal });
    this.last = null;
    if (result.kind !== 'trace') return false;
    const { traceId } = result.trace;
    this.last = { id, trace: result.trace };
    this.held.set(
      traceId,
      setTimeout(() => this.release(traceId), freshFor),
    );
    return true;
  }

  private release(traceId: string): void {
    if (this.last?.trace.traceId === traceId) this.last = null;
    clearTimeout(this.held.get(traceId));
    this.held.delete(traceId);
    // An engine that has gone holds nothing either.
    this.access.current.release(traceId).catch(() => undefined);
  }

  dispose(): void {
    this.running?.abort.abort();
    for (const timer of this.held.values()) clearTimeout(timer);
  }
}
