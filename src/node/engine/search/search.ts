import type { Note } from '../../../common/model/note';
import type { SourceId } from '../../../common/model/units';
import type { Completeness } from '../../../common/protocol/documents';
import { EngineError } from '../../../common/protocol/logEngine';
import { AbortError } from '../../../common/protocol/rpcChannel';
import type { RemoteSources } from '../../remote/remoteSources';
import { TimeLimit } from '../../remote/timeLimit';
import { isPartial } from '../../sources/byteSource';
import { unreadable } from '../../sources/discover/skipped';
import type { Indexes } from '../index/indexes';
import { JobRunner } from '../scan/jobRunner';
import { rangesOf } from '../scan/ranges';
import type { ProfiledSource, SearchPart, SourceRange } from '../scan/scanJobs';
import type { ScanPool } from '../scan/scanPool';
import { farSpans } from './farSearch';
import { Findings } from './findings';
import type { SearchTarget } from './membership';
import { planSearch } from './searchPlan';

export interface SearchRequest {
  sources: readonly ProfiledSource[];
  targets: SearchTarget[];
  /** The spellings of each target that are worth looking for in a source. */
  spellings(source: ProfiledSource): string[][];
  workers: number;
  /** What tells where to search; `null`: everything is read. */
  indexes: Indexes | null;
  /** What searches remote sources where they are. */
  remote: RemoteSources;
  signal?: AbortSignal | undefined;
  /** Called whenever something was found or read. */
  onChange?: (state: SearchState) => void;
}

export interface SearchState {
  findings: Findings;
  /** Stored bytes. */
  bytesRead: number;
  bytesTotal: number;
  sourcesDone: number;
}

export interface SearchOutcome extends SearchState {
  notes: Note[];
  skipped: Completeness['skippedSources'];
  /** Lines of all sources, `null` if not all was read. */
  lines: number | null;
  /** Decoded bytes. */
  decodedBytes: number;
  /** Longer words that hold what was looked for. */
  near: Set<string>;
  /** Remote sources that were searched where they are: nobody has counted their lines. */
  there: Set<string>;
  /** Whether some source was not read whole, as its index told where to look. */
  byIndex: boolean;
}

/** Searches all sources in parallel. A source that fails is told in `skipped`; what was found in it until then stays. */
export async function search(pool: ScanPool, request: SearchRequest): Promise<SearchOutcome> {
  const { sources, targets } = request;
  const bytesTotal = sources.reduce((sum, { source }) => sum + source.storedSize, 0);
  const state: SearchOutcome = {
    findings: new Findings(targets.length),
    bytesRead: 0,
    bytesTotal,
    sourcesDone: 0,
    notes: [],
    skipped: [],
    lines: 0,
    decodedBytes: 0,
    near: new Set(),
    there: new Set(),
    byIndex: false,
  };
  const runner = new JobRunner(pool, request.signal);
  const searches = sources.map(async profiled => {
    const { source } = profiled;
    if (!isPartial(source)) return new SourceSearch(runner, request, state, profiled).run();
    const limit = new TimeLimit(request.remote.mostMs, request.signal);
    const limited = new JobRunner(pool, limit.signal);
    const one = new SourceSearch(limited, { ...request, signal: limit.signal }, state, profiled, limit);
    return one.run().finally(() => limit.end());
  });
  await Promise.all(searches);
  state.findings.arrange(sources.map(({ source }) => source.id));
  return state;
}

/** The search of one source, which adds what it finds to the outcome. */
class SourceSearch {
  private readonly runner: JobRunner;
  private readonly request: SearchRequest;
  private readonly state: SearchOutcome;
  private readonly profiled: ProfiledSource;
  private readonly id: SourceId;
  private readonly needles: string[][];
  /** Of a source on another machine. */
  private readonly limit: TimeLimit | null;
  /** Stored bytes of this source. */
  private bytesRead = 0;

  constructor(
    runner: JobRunner,
    request: SearchRequest,
    state: SearchOutcome,
    profiled: ProfiledSource,
    limit: TimeLimit | null = null,
  ) {
    this.limit = limit;
    this.runner = runner;
    this.request = request;
    this.state = state;
    this.profiled = profiled;
    this.id = profiled.source.id;
    this.needles = request.spellings(profiled);
  }

  /** @throws AbortError, EngineError */
  async run(): Promise<void> {
    const { state, id, request, profiled } = this;
    let left: string | null = null;
    try {
      if (!(await this.byIndex()) && !(await this.there())) {
        const ranges = rangesOf(this.profiled, request.workers);
        state.findings.openSource(id, ranges.length);
        await this.readRanges(ranges, 0);
      }
    } catch (error) {
      const { limit } = this;
      const isOver = limit?.isOver && error instanceof AbortError;
      if (!isOver && (error instanceof AbortError || error instanceof EngineError)) throw error;
      const reason = isOver ? this.overReason(limit) : unreadable(error);
      if (isOver) left = reason;
      state.skipped.push({ source: id, reason });
    }
    request.remote.left(profiled.source, left);
    state.sourcesDone++;
    const lines = state.findings.linesOf(id);
    state.lines = lines === null || state.lines === null ? null : state.lines + lines;
  }

  /** @returns whether the index told where to search: what it knows may not be true any more */
  private async byIndex(): Promise<boolean> {
    const { state, id, request, profiled } = this;
    const plan = request.indexes && planSearch(profiled, this.needles, request.indexes, request.workers);
    if (!plan) return false;
    const { index, spans, ranges } = plan;
    const all = await this.runner.spans({ ...this.job, from: index.from, to: index.to }, spans);
    if (!all) {
      request.indexes?.drop(id);
      state.notes.push(staleNote(id));
      return false;
    }
    state.byIndex = true;
    state.findings.openSource(id, 1 + ranges.length);
    for (const { hits, end } of all) {
      state.findings.add(id, 0, hits);
      state.decodedBytes += end.bytes;
    }
    const unfinished = ranges.length === 0 && !index.endsLine ? 1 : 0;
    state.findings.rangeDone(id, 0, index.newlines + unfinished);
    this.count(Math.min(index.to, profiled.source.storedSize));
    request.onChange?.(state);
    await this.readRanges(ranges, 1);
    return true;
  }

  /** @returns whether it was searched where it is: nobody has counted its lines then */
  private async there(): Promise<boolean> {
    const { state, id, request, profiled } = this;
    const spans = await farSpans(profiled, this.needles, request.remote, request.signal);
    if (!spans) return false;
    state.findings.openSource(id, 1);
    const size = profiled.source.storedSize;
    for (const { hits, end } of (await this.runner.spans({ ...this.job, from: 0, to: size }, spans)) ?? []) {
      state.findings.add(id, 0, hits);
      state.decodedBytes += end.bytes;
    }
    this.count(size);
    state.there.add(id);
    request.onChange?.(state);
    return true;
  }

  private async readRanges(ranges: readonly SourceRange[], first: number): Promise<void> {
    const { state, id, request, runner, profiled } = this;
    const jobs = ranges.map(async (range, at) => {
      const index = first + at;
      const onPart = ({ hits }: SearchPart) => {
        state.findings.add(id, index, hits);
        request.onChange?.(state);
      };
      const end = await runner.range({ ...this.job, ...range }, onPart, first > 0);
      state.findings.rangeDone(id, index, end.newlines);
      this.count(range.to === Number.POSITIVE_INFINITY ? profiled.source.storedSize : range.to - range.from);
      state.decodedBytes += end.bytes;
      for (const word of end.near) state.near.add(word);
      if (end.note) state.notes = distinctNotes([...state.notes, sourceNote(id, end.note)]);
      request.onChange?.(state);
    });
    const failed = (await Promise.allSettled(jobs)).find(job => job.status === 'rejected');
    if (failed) throw failed.reason;
  }

  private count(bytes: number): void {
    this.bytesRead += bytes;
    this.state.bytesRead += bytes;
  }

  private overReason({ text }: TimeLimit): string {
    const [read, all] = [this.bytesRead, this.profiled.source.storedSize].map(bytes => (bytes / 1e6).toFixed(1));
    return `only ${read} of ${all} MB were searched within ${text}: search again to go on from there`;
  }

  private get job() {
    const { source, profile } = this.profiled;
    return { source, profile, targets: this.request.targets, needles: this.needles };
  }
}

const staleNote = (id: string): Note =>
  sourceNote(id, {
    kind: 'staleIndex',
    text: `${id} was rewritten since it was indexed: all of it was searched, and it is indexed anew.`,
  });

/** The ranges of a source have the same to tell of it. */
export const distinctNotes = (notes: readonly Note[]): Note[] => [
  ...new Map(notes.map(note => [note.text, note])).values(),
];

/** A note about a whole source. */
export const sourceNote = (source: string, { kind, text }: { kind: Note['kind']; text: string }): Note => ({
  kind,
  count: 1,
  text,
  steps: [],
  records: [{ source: source as Note['records'][number]['source'], line: null }],
});
