import type { Disposable } from 'vscode';
import { joinKey } from '../../common/profile/ids';
import type { RecordInsight, TraceHeader } from '../../common/protocol/logEngine';
import type { EngineAccess } from '../engine/engineAccess';
import type { Missing } from './lineFacts';

/** A hover may cost the engine no more than this; huge logs are searched on demand, not because a pointer passed by. */
const budget = 5_000;
/** Logs grow: what a hover knows is looked up again after this. */
const freshFor = 30_000;
/** What took too long is not tried again before this: an index is made meanwhile. */
const lateFor = 15_000;
/** What nobody has asked for so long is let go of. */
const keptFor = 600_000;
/** What is kept takes no more memory than this. */
const mostKept = 40;
const mostRecords = 50_000;
/** A hover, a lens and a jump ask at the same time; more than these are of places that the pointer has left. */
const mostRunning = 4;

interface Kept {
  trace: TraceHeader;
  since: number;
  timer: NodeJS.Timeout;
}

/** Looks up what hovers want to tell of a trace, in the background, and keeps it for the next hover. */
export class HoverTraces implements Disposable {
  private readonly access: EngineAccess;
  /** By join key, what was looked up last at the end. */
  private readonly kept = new Map<string, Kept>();
  private readonly running = new Map<string, { abort: AbortController; done: Promise<boolean> }>();
  /** When a look-up took too long, the latest at the end. */
  private readonly late = new Map<string, number>();

  constructor(access: EngineAccess) {
    this.access = access;
  }

  /** Why a hover does not know all of this ID: its look-up runs, or took too long. */
  missing(id: string): Missing {
    const key = joinKey(id);
    if (this.running.has(key)) return 'reading';
    return this.isLate(key) ? 'late' : null;
  }

  /** What may be tried again is forgotten. */
  private isLate(key: string): boolean {
    for (const [other, since] of this.late) {
      if (Date.now() - since < lateFor) break;
      this.late.delete(other);
    }
    return this.late.has(key);
  }

  /** Whether a look-up would tell more of a line than is known. */
  isWanted({ correlationId, trace, complete }: RecordInsight): boolean {
    if (correlationId === null) return false;
    if (!trace || !complete) return true;
    const kept = [...this.kept.values()].find(({ trace: { traceId } }) => traceId === trace.traceId);
    return kept !== undefined && Date.now() - kept.since > freshFor;
  }

  /**
   * @param patience what it may cost, in ms
   * @returns whether the engine holds the trace of this ID as it is now; never throws
   */
  learn(id: string, patience = budget): Promise<boolean> {
    const key = joinKey(id);
    const running = this.running.get(key);
    if (running && patience <= budget) return running.done;
    if (this.isLate(key) && patience <= budget) return Promise.resolve(false);
    const [oldest] = this.running.values();
    if (this.running.size >= mostRunning) oldest?.abort.abort();
    running?.abort.abort();
    const abort = new AbortController();
    const timer = setTimeout(() => {
      this.late.delete(key);
      this.late.set(key, Date.now());
      abort.abort();
    }, patience);
    const done = this.lookup(id, abort.signal)
      .catch(() => false)
      .finally(() => {
        clearTimeout(timer);
        if (this.running.get(key)?.abort === abort) this.running.delete(key);
      });
    this.running.set(key, { abort, done });
    return done;
  }

  /** The trace of an ID, looked up like any other; `null` where there is none or it takes too long. */
  async look(id: string): Promise<TraceHeader | null> {
    await this.learn(id);
    return this.kept.get(joinKey(id))?.trace ?? null;
  }

  private async lookup(id: string, signal: AbortSignal): Promise<boolean> {
    const engine = await this.access.withSources();
    const result = await engine.lookup({ text: id }, { signal });
    const key = joinKey(id);
    this.late.delete(key);
    this.release(key);
    if (result.kind !== 'trace') return false;
    const timer = setTimeout(() => this.release(key), keptFor);
    this.kept.set(key, { trace: result.trace, since: Date.now(), timer });
    this.makeRoom();
    return true;
  }

  private makeRoom(): void {
    let records = [...this.kept.values()].reduce((sum, { trace }) => sum + trace.records, 0);
    for (const [key, { trace }] of this.kept) {
      if (this.kept.size === 1 || (this.kept.size <= mostKept && records <= mostRecords)) return;
      records -= trace.records;
      this.release(key);
    }
  }

  private release(key: string): void {
    const kept = this.kept.get(key);
    if (!kept) return;
    clearTimeout(kept.timer);
    this.kept.delete(key);
    // An engine that has gone holds nothing either.
    this.access.current.release(kept.trace.traceId).catch(() => undefined);
  }

  dispose(): void {
    for (const { abort } of this.running.values()) abort.abort();
    for (const { timer } of this.kept.values()) clearTimeout(timer);
  }
}
