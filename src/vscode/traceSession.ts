import { type Disposable, EventEmitter, l10n } from 'vscode';
import type { Completeness } from '../common/protocol/documents';
import type { LogEngine, LookupProgress, LookupResult, TraceHeader } from '../common/protocol/logEngine';
import type { TimelineState } from '../common/protocol/timelineProtocol';
import type { EngineAccess } from './engineAccess';
import { isCancellation, messageOf } from './userError';

export type Choices = Extract<LookupResult, { kind: 'choices' }>;

/** How a search ended. `choices` is for the caller to settle: with `search(id)`, or by giving up. */
export type SearchEnd =
  | { kind: 'trace'; trace: TraceHeader }
  | { kind: 'choices'; choices: Choices }
  | { kind: 'notFound'; completeness: Completeness }
  | { kind: 'failed'; error: unknown }
  | { kind: 'cancelled' };

/** The page keeps the title to ask for it again; longer texts than this are no IDs any more. */
const longestTitle = 4_000;

/** What one timeline shows: a search, its progress, and the trace that it found and holds. */
export class TraceSession implements Disposable {
  private readonly changed = new EventEmitter<TimelineState>();
  readonly onDidChange = this.changed.event;
  private readonly access: EngineAccess;
  private text: string;
  private selected: string | null;
  private abort: AbortController | null = null;
  private held: TraceHeader | null = null;
  private current: TimelineState;
  /** Once for each search that the user asked for: what fails twice is no accident. */
  private recovered = false;

  constructor(access: EngineAccess, text: string, selected: string | null = null) {
    this.access = access;
    this.text = text;
    this.selected = selected;
    this.current = this.loading(null);
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

  get searching(): boolean {
    return this.abort !== null;
  }

  /** Searches, also anew; what is shown stays until there is something to put in its place. Never throws. */
  async search(text = this.text): Promise<SearchEnd> {
    this.abort?.abort();
    const abort = new AbortController();
    this.abort = abort;
    this.recovered = false;
    this.text = text;
    if (!this.held) this.show(this.loading(null));
    const end = await this.lookup(text, abort);
    // A newer search has taken over: its outcome counts, not this one's.
    if (this.abort !== abort) return { kind: 'cancelled' };
    this.abort = null;
    this.finish(end);
    return end;
  }

  private async lookup(text: string, abort: AbortController): Promise<SearchEnd> {
    const newest = () => this.abort === abort;
    try {
      const engine = await this.access.withSources();
      const result = await engine.lookup(
        { text },
        { signal: abort.signal, onProgress: progress => void (newest() && this.progress(progress)) },
      );
      if (result.kind === 'choices') return { kind: 'choices', choices: result };
      if (result.kind === 'notFound') {
        if (newest()) this.show(notFound(text, result));
        return result;
      }
      if (!newest()) this.release(result.trace);
      return result;
    } catch (error) {
      return isCancellation(error) ? { kind: 'cancelled' } : { kind: 'failed', error };
    }
  }

  private progress(progress: LookupProgress): void {
    if (this.held) return;
    const { trace } = progress;
    this.show(trace ? { kind: 'trace', trace, selected: this.selected, progress } : this.loading(progress));
  }

  private finish(end: SearchEnd): void {
    if (end.kind === 'trace') {
      if (this.held?.traceId !== end.trace.traceId) this.release(this.held);
      this.held = end.trace;
      this.show({ kind: 'trace', trace: end.trace, selected: this.selected, progress: null });
    } else if (end.kind === 'failed') {
      this.show({ kind: 'failed', title: this.title, message: messageOf(end.error) });
    } else if (end.kind === 'cancelled') {
      this.show({ kind: 'failed', title: this.title, message: l10n.t('The search was cancelled.') });
    }
  }

  select(key: string | null): void {
    this.selected = key;
    if (this.current.kind === 'trace') this.show({ ...this.current, selected: key });
  }

  cancel(): void {
    this.abort?.abort();
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

  /** An engine that was started anew after a crash holds no trace: it is asked to find this one again. */
  private recover(traceId: string): void {
    if (this.held?.traceId !== traceId || this.searching || this.recovered) return;
    void this.search();
    this.recovered = true;
  }

  private get title(): string {
    return this.query.slice(0, longestTitle);
  }

  private loading(progress: LookupProgress | null): TimelineState {
    return { kind: 'loading', title: this.text.slice(0, longestTitle), progress };
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
    this.cancel();
    this.release(this.held);
    this.changed.dispose();
  }
}

function notFound(text: string, result: Extract<LookupResult, { kind: 'notFound' }>): TimelineState {
  return {
    kind: 'notFound',
    title: text.slice(0, longestTitle),
    searched: searchedText(result.completeness),
    hints: result.hints,
  };
}

/** What was looked through: nobody believes a bare "not found". */
function searchedText({ sources, bytesRead, elapsedMs, skippedSources }: Completeness): string {
  const megabytes =
    bytesRead === null ? null : (bytesRead / 1_000_000).toLocaleString('en', { maximumFractionDigits: 1 });
  const facts = [
    sources === null ? null : l10n.t('{0} sources', sources),
    megabytes === null ? null : l10n.t('{0} MB', megabytes),
    elapsedMs === null ? null : l10n.t('{0} ms', Math.round(elapsedMs)),
    skippedSources.length === 0 ? null : l10n.t('{0} sources skipped', skippedSources.length),
  ];
  return l10n.t('Searched {0}.', facts.filter(Boolean).join(', '));
}
