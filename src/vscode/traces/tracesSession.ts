import { isDeepStrictEqual } from 'node:util';
import { type Disposable, EventEmitter, l10n } from 'vscode';
import type { ListDocument, TraceName, TraceSummaryDocument } from '../../common/protocol/documents';
import { type ListProgress, type ListRequest, mostNamed } from '../../common/protocol/logEngine';
import {
  defaultQuery,
  type TraceCandidates,
  type TraceList,
  type TraceQuery,
  type TracesState,
} from '../../common/protocol/tracesProtocol';
import type { EngineAccess } from '../engine/engineAccess';
import { isCancellation, messageOf } from '../userError';
import { readText, searchedPlaces } from './tracesTexts';

/** The stretch that comes with a list: the page asks for it at once. */
const firstStretch = 200;
/** Similar traces are looked for among so many: fuse.js in the page takes a moment for them, not seconds. */
const mostCandidates = 5_000;

/** What the *Traces* view shows: a query, and the list that was read for it last. The rows stay in the engine. */
export class TracesSession implements Disposable {
  private readonly access: EngineAccess;
  private readonly changed = new EventEmitter<TracesState>();
  readonly onDidChange = this.changed.event;
  private current: TracesState = { query: defaultQuery, list: null, reading: null, problem: null };
  private first: TraceSummaryDocument[] = [];
  private revision = 0;
  private reading: AbortController | null = null;
  /** The sources as they were when they were read last; see `EngineAccess.revision`. */
  private sourcesRead = -1;
  /** How long the last reading took. */
  lastReadMs = 0;

  constructor(access: EngineAccess) {
    this.access = access;
  }

  get state(): TracesState {
    return this.current;
  }

  /** Shows another list; the same one is not read again. */
  async ask(query: TraceQuery): Promise<void> {
    const { list, reading } = this.current;
    const known = isDeepStrictEqual(query, this.current.query) && (list || reading);
    if (!known) await this.read(query);
  }

  /** Reads the sources anew; what was read before stays until then. Never throws. */
  async read(query = this.current.query): Promise<void> {
    this.show({ query, reading: { progress: null }, problem: null });
    await this.list(query, progress => this.show({ reading: { progress } }));
  }

  /** Reads what is new in the logs, without a word: the list that is shown changes. Never throws. */
  async update(): Promise<void> {
    const { list, query } = this.current;
    // What is being read by now is news enough.
    if (list !== null && this.reading === null) await this.list(query, () => undefined);
  }

  private async list(query: TraceQuery, onProgress: (progress: ListProgress) => void): Promise<void> {
    this.reading?.abort();
    const reading = new AbortController();
    this.reading = reading;
    const newest = () => this.reading === reading;
    const start = performance.now();
    try {
      const engine = await this.access.withSources();
      this.sourcesRead = this.access.revision;
      const document = await engine.list(
        { ...requestOf(query), from: 0, limit: firstStretch },
        { signal: reading.signal, onProgress: progress => newest() && onProgress(progress) },
      );
      if (!newest()) return;
      this.lastReadMs = performance.now() - start;
      this.show({ list: this.listOf(document, query), reading: null, problem: null });
    } catch (error) {
      if (!newest()) return;
      const problem = isCancellation(error)
        ? { kind: 'cancelled' as const, message: l10n.t('Reading was stopped.') }
        : { kind: 'failed' as const, message: messageOf(error) };
      this.show({ reading: null, problem });
    } finally {
      if (newest()) this.reading = null;
    }
  }

  /** Reads anew where something has come or gone among the sources since. */
  async refreshIfStale(): Promise<void> {
    if (this.sourcesRead === -1) return;
    const isKnown = await this.access.withSources().then(
      () => this.access.revision === this.sourcesRead,
      // A setting that cannot be used: the reading says so.
      () => false,
    );
    if (!isKnown) await this.read();
  }

  cancel(): void {
    this.reading?.abort();
  }

  /** @throws Error where another list is on show */
  async rows({ revision, from, to }: { revision: number; from: number; to: number }): Promise<TraceSummaryDocument[]> {
    const { list } = this.current;
    if (list?.revision !== revision) throw new Error('This list is no longer shown.');
    if (to <= Math.min(this.first.length, list.total)) return this.first.slice(from, to);
    const request = { ...requestOf(list.query), from, limit: to - from };
    const document = await this.access.current.list(request);
    // The logs have grown since: the page asks again for what it shows.
    if (this.current.list === list && document.total !== list.total) {
      this.first = [];
      this.show({ list: this.listOf({ ...document, traces: [] }, list.query) });
    }
    return document.traces;
  }

  /** @throws AbortError */
  names(ids: string[], signal: AbortSignal): Promise<TraceName[]> {
    return this.access.current.names({ ids }, { signal });
  }

  /** @throws AbortError */
  async candidates(signal: AbortSignal): Promise<TraceCandidates> {
    const { sort, reverse } = this.current.query;
    const request = { sort, reverse, from: 0, limit: mostCandidates };
    const { traces, total } = await this.access.current.list(request, { signal });
    const ids = traces.slice(0, mostNamed).map(({ correlationId }) => correlationId);
    return { traces, names: await this.names(ids, signal), of: total };
  }

  dispose(): void {
    this.cancel();
    this.reading = null;
    this.changed.dispose();
  }

  private listOf({ traces, total, longestMs, completeness, notes }: ListDocument, query: TraceQuery): TraceList {
    this.first = traces;
    this.revision++;
    return {
      query,
      revision: this.revision,
      total,
      longestMs,
      sources: completeness.sources,
      ...searchedPlaces(),
      read: readText(completeness),
      notes,
    };
  }

  private show(change: Partial<TracesState>): void {
    this.current = { ...this.current, ...change };
    this.changed.fire(this.current);
  }
}

const requestOf = ({ filter, sort, reverse }: TraceQuery): ListRequest => ({
  sort,
  reverse,
  ...(filter.trim() === '' ? {} : { filter }),
});
