import { type Disposable, EventEmitter, l10n } from 'vscode';
import type { Completeness, StepDocument } from '../../common/protocol/documents';
import type {
  LogEngine,
  LookupProgress,
  LookupResult,
  SourcePlace,
  TraceHeader,
} from '../../common/protocol/logEngine';
import type { TimelineState } from '../../common/protocol/timelineProtocol';
import type { EngineAccess } from '../engine/engineAccess';
import { isCancellation, messageOf } from '../userError';
import type { SearchScope } from './searchScopes';
import { loading, notFound, nothingRead, titleText } from './sessionStates';
import { TraceFollowing } from './traceFollowing';

export type Choices = Extract<LookupResult, { kind: 'choices' }>;

/** How a search ended. `choices` is for the caller to settle: with `search(id)`, or by giving up. */
export type SearchEnd =
  | { kind: 'trace'; trace: TraceHeader }
  | { kind: 'choices'; choices: Choices }
  | { kind: 'notFound'; completeness: Completeness }
  | { kind: 'failed'; error: unknown }
  | { kind: 'cancelled' };

/** A search that runs; `partial` is the trace as far as it is known. */
interface Search {
  abort: AbortController;
  partial: TraceHeader | null;
  started: number;
}

/** Where alone a timeline searches. */
export interface Within {
  scope: SearchScope;
  /** What is there now. */
  places(): SourcePlace[];
}

/** What one timeline shows: a search, its progress, and the trace that it found and holds. */
export class TraceSession implements Disposable {
  private readonly changed = new EventEmitter<TimelineState>();
  readonly onDidChange = this.changed.event;
  private readonly access: EngineAccess;
  readonly within: Within | null;
  private text: string;
  private selected: string | null;
  private running: Search | null = null;
  /** The trace on show, and whether it is only what a cancelled search had found. */
  private held: { trace: TraceHeader; cancelled: boolean } | null = null;
  private told: { traceId: string; key: string; step: StepDocument } | null = null;
  private current: TimelineState;
  private readonly following: TraceFollowing;
  /** Once for each search that the user asked for: what fails twice is no accident. */
  private recovered = false;

  /** @param within `null`: all sources are searched */
  constructor(access: EngineAccess, text: string, selected: string | null = null, within: Within | null = null) {
    this.access = access;
    this.within = within;
    this.text = text;
    this.selected = selected;
    this.current = loading(text, null);
    this.following = new TraceFollowing(access, trace => this.grow(trace));
  }

  get state(): TimelineState {
    return this.current;
  }

  /** What was asked for, until the trace itself says how its ID is spelled. */
  get query(): string {
    return this.trace?.correlationId ?? this.text;
  }

  get trace(): TraceHeader | null {
    return this.current.kind === 'trace' ? this.current.trace : null;
  }

  /** When the search that runs was started; `null` while none does. */
  get searchingSince(): number | null {
    return this.running?.started ?? null;
  }

  /** Searches, also anew; a trace on show stays until there is another one in its place. Never throws. */
  async search(text = this.text): Promise<SearchEnd> {
    this.running?.abort.abort();
    const search: Search = { abort: new AbortController(), partial: null, started: performance.now() };
    this.running = search;
    this.following.stop();
    this.recovered = false;
    this.text = text;
    this.progress(this.held ? nothingRead : null);
    const end = await this.lookup(text, search);
    // A newer search has taken over, or nobody is left to see it: this outcome counts no more.
    if (this.running !== search) return { kind: 'cancelled' };
    this.running = null;
    this.finish(end, search);
    return end;
  }

  /** Another text from now on: what is on show for the old one goes at once. */
  turnTo(text: string): void {
    this.cancel();
    this.following.stop();
    this.running = null;
    this.text = text;
    this.selected = null;
    this.replace(null, loading(text, null));
  }

  private async lookup(text: string, search: Search): Promise<SearchEnd> {
    const newest = () => this.running === search;
    const onProgress = (progress: LookupProgress) => {
      search.partial = progress.trace ?? search.partial;
      if (newest()) this.progress(progress);
    };
    try {
      const engine = await this.access.withSources();
      const part = this.within ? { places: this.within.places() } : {};
      const result = await engine.lookup(
        { text, keepPartial: true, ...part },
        { signal: search.abort.signal, onProgress },
      );
      if (result.kind === 'choices') return { kind: 'choices', choices: result };
      if (result.kind === 'notFound') {
        if (newest()) this.replace(null, notFound(text, result));
        return result;
      }
      if (!newest()) this.release(result.trace);
      return result;
    } catch (error) {
      if (!isCancellation(error)) return { kind: 'failed', error };
      if (!newest()) this.release(search.partial);
      return { kind: 'cancelled' };
    }
  }

  private progress(progress: LookupProgress | null): void {
    const trace = progress?.trace ?? null;
    if (this.held) this.show(this.heldState(progress && { ...progress, trace: null }));
    else if (trace) this.show({ kind: 'trace', trace, selected: this.selected, progress });
    else this.show(loading(this.text, progress));
  }

  private finish(end: SearchEnd, { partial }: Search): void {
    const title = titleText(this.query);
    if (end.kind === 'trace') this.replace(end.trace);
    else if (end.kind === 'choices') {
      const { role, traces } = end.choices;
      this.show({ kind: 'choices', title: titleText(this.text), role, count: traces.length });
    } else if (end.kind === 'notFound') return;
    else if (this.held) {
      // A good trace is worth more than the news that it could not be read again.
      if (end.kind === 'cancelled') this.release(partial);
      this.show(this.heldState(null));
    } else if (end.kind === 'failed') this.show({ kind: 'failed', title, message: messageOf(end.error) });
    else if (partial) this.replace(partial, null, true);
    else this.show({ kind: 'failed', title, message: l10n.t('The search was cancelled.'), cancelled: true });
  }

  /** Nothing was chosen: back to the trace that was there before, if there was one. @returns whether there was */
  keep(): boolean {
    if (!this.held) return false;
    this.show(this.heldState(null));
    return true;
  }

  /** Lets another session show the trace and the step that are shown here; the traces of both are its own from now on. */
  handOver(to: TraceSession): void {
    const { held } = this;
    if (!held) return;
    this.held = null;
    this.following.stop();
    to.cancel();
    to.running = null;
    to.selected = this.selected ?? to.selected;
    to.replace(held.trace, null, held.cancelled);
  }

  select(key: string | null): void {
    this.selected = key;
    if (this.current.kind === 'trace') this.show({ ...this.current, selected: key });
  }

  cancel(): void {
    this.running?.abort.abort();
  }

  /** Asks the engine about the trace on show; a page may still ask for one that is gone. */
  async ask<Answer>(traceId: string, question: (engine: LogEngine) => Promise<Answer>): Promise<Answer> {
    if (this.trace?.traceId !== traceId) throw new Error('This trace is no longer shown.');
    try {
      return await question(this.access.current);
    } catch (error) {
      this.recover(traceId);
      throw error;
    }
  }

  /** Asks for a step, as the page is told of it. */
  async step(traceId: string, key: string): Promise<StepDocument> {
    const step = await this.ask(traceId, engine => engine.step({ traceId, key }));
    this.told = { traceId, key, step };
    return step;
  }

  /** A step as the page was told of it: it names records by their places there. To read their surroundings again takes long. */
  async stepTold(traceId: string, key: string): Promise<StepDocument> {
    const { told } = this;
    const isTold = told?.traceId === traceId && told.key === key && this.trace?.traceId === traceId;
    return isTold ? told.step : this.step(traceId, key);
  }

  /** Shows the trace with the suggested clock offsets taken off its times, or with the times as logged. */
  async moveClocks(traceId: string, apply: boolean): Promise<void> {
    const trace = await this.ask(traceId, engine => engine.moveClocks({ traceId, apply }));
    // Another trace may have come meanwhile.
    if (this.held?.trace.traceId !== traceId) return;
    this.held = { ...this.held, trace };
    if (this.current.kind === 'trace') this.show({ ...this.current, trace });
  }

  /** Reads on as the logs grow, or holds on to what is on show. */
  setLive(live: boolean): void {
    this.following.pause(!live, this.held?.trace.traceId ?? null);
    if (this.held && !this.running) this.show(this.heldState(null));
  }

  private grow(trace: TraceHeader | null): void {
    if (!this.held || this.running || (trace && trace.traceId !== this.held.trace.traceId)) return;
    if (trace) this.held = { ...this.held, trace };
    this.show(this.heldState(null));
  }

  /** An engine that was started anew after a crash holds no trace: it is asked to find this one again. */
  private recover(traceId: string): void {
    if (this.held?.trace.traceId !== traceId || this.running || this.recovered) return;
    const query = this.query;
    this.release(this.held.trace);
    this.held = null;
    void this.search(query);
    this.recovered = true;
  }

  /** Of what is read on for, all sources count: a part of them stays as it is. */
  private canFollow(cancelled: boolean, { complete }: TraceHeader): boolean {
    return complete && !cancelled && this.within === null;
  }

  private heldState(progress: LookupProgress | null): TimelineState {
    if (!this.held) return loading(this.text, progress);
    const { trace, cancelled } = this.held;
    const live = progress === null && this.canFollow(cancelled, trace) ? { live: this.following.isOn } : {};
    return { kind: 'trace', trace, selected: this.selected, progress, ...(cancelled ? { cancelled } : {}), ...live };
  }

  /** Puts another trace, or none, in the place of the one that is held. */
  private replace(trace: TraceHeader | null, state: TimelineState | null = null, cancelled = false): void {
    if (this.held && this.held.trace.traceId !== trace?.traceId) this.release(this.held.trace);
    this.held = trace && { trace, cancelled };
    if (trace && this.canFollow(cancelled, trace)) this.following.start(trace.traceId);
    else this.following.stop();
    this.show(state ?? this.heldState(null));
  }

  private show(state: TimelineState): void {
    this.current = state;
    this.changed.fire(state);
  }

  private release(trace: TraceHeader | null): void {
    // Best effort: an engine that has gone holds nothing either.
    if (trace) this.access.current.release(trace.traceId).catch(() => undefined);
  }

  dispose(): void {
    this.following.stop();
    this.cancel();
    this.running = null;
    this.release(this.held?.trace ?? null);
    this.held = null;
    this.changed.dispose();
  }
}
