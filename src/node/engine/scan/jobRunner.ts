import type { Span } from '../../../common/index/sourceIndex';
import { AbortError } from '../../../common/protocol/rpcChannel';
import { isPartial } from '../../sources/byteSource';
import { searchSource } from '../search/searchSource';
import { searchSpans } from '../search/searchSpans';
import { cancelFlag } from './cancel';
import { readerOf } from './readers';
import type { SearchEnd, SearchJob, SearchPart, SpansFound } from './scanJobs';
import type { ScanPool } from './scanPool';

type Job = Omit<SearchJob, 'cancel'>;

/** What is read in this thread for one search, in bytes: a few milliseconds. To ask a worker would take longer. */
const mostHere = 4 * 1024 * 1024;
/** What one worker reads at a time. */
const mostOfJob = 4 * 1024 * 1024;

/** Runs the jobs of one search: the first small ones here, the others in the workers. */
export class JobRunner {
  private readonly pool: ScanPool;
  private readonly signal: AbortSignal | undefined;
  private left = mostHere;

  constructor(pool: ScanPool, signal: AbortSignal | undefined) {
    this.pool = pool;
    this.signal = signal;
  }

  /** Searches some blocks of a source. `null`: one of them is not what was indexed. */
  async spans(job: Job, spans: readonly Span[]): Promise<NonNullable<SpansFound>[] | null> {
    // Most logs of a folder hold nothing of most IDs: they are not even opened.
    if (spans.length === 0) return [];
    if (this.takes(job, sizeOf(spans))) {
      this.goOn();
      const found = searchSpans({ ...job, spans: [...spans], cancel: cancelFlag() }, readerOf(job.source, job.profile));
      return found && [found];
    }
    const { signal } = this;
    const parts = divided(spans).map(group => this.pool.run('searchSpans', { ...job, spans: group }, { signal }));
    const found = await Promise.all(parts);
    const sound = found.flatMap(part => part ?? []);
    return sound.length === found.length ? sound : null;
  }

  /** @param isSmall whether it is worth a look if it can be done here */
  range(job: Job, onPart: (part: SearchPart) => void, isSmall: boolean): Promise<SearchEnd> {
    if (!isSmall || !this.takes(job, job.to - job.from))
      return this.pool.run('search', job, { signal: this.signal, onPart });
    this.goOn();
    return searchSource({ ...job, cancel: cancelFlag() }, readerOf(job.source, job.profile), onPart);
  }

  private goOn(): void {
    if (this.signal?.aborted) throw new AbortError();
  }

  private takes({ source }: Job, bytes: number): boolean {
    if (bytes > this.left || isPartial(source)) return false;
    this.left -= bytes;
    return true;
  }
}

const sizeOf = (spans: readonly Span[]): number => spans.reduce((sum, { from, to }) => sum + to - from, 0);

/** Spans in groups, of which each is read by one worker. */
function divided(spans: readonly Span[]): Span[][] {
  const groups: Span[][] = [];
  let size = mostOfJob;
  for (const span of spans) {
    const bytes = span.to - span.from;
    if (size + bytes > mostOfJob) {
      groups.push([]);
      size = 0;
    }
    groups.at(-1)?.push(span);
    size += bytes;
  }
  return groups;
}
