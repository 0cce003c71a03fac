import { hash64, hashed } from '../../../common/index/hash64';
import type { StoredSummary } from '../../../common/index/summariesFile';
import type { InexactTrace } from '../../../common/index/traceTable';
import type { TraceSummary } from '../../../common/model/trace';

/** A source of a list. */
export interface ListedSource {
  id: string;
  /** Same as long as what stood there stands there. */
  version: string;
  /** Whether that is true from one day to the next, too. */
  isLasting: boolean;
}

interface Known extends StoredSummary {
  /** The source with which it is kept on disk; `null` for none. */
  home: string | null;
}

/** Summaries of a source are kept again when so many of them are new: all of a file is written at a time. */
const worthSaving = 1 / 16;

/**
 * What was read of traces that columns cannot tell, for as long as all their records stand where they stood: as logs grow,
 * only the traces that got new records are read again.
 */
export class KnownSummaries {
  private before = new Map<string, Known>();
  private now = new Map<string, Known>();
  private sources: readonly ListedSource[] = [];
  private versions: readonly number[] = [];
  /** By source: how many are not on disk. */
  private readonly news = new Map<string, number>();

  /** Takes what was kept on disk of a source. */
  take(home: string, summaries: readonly StoredSummary[]): void {
    for (const stored of summaries) this.now.set(stored.name, { ...stored, home });
  }

  /** Begins a list of some sources. */
  begin(sources: readonly ListedSource[]): void {
    this.before = this.now;
    this.now = new Map();
    this.sources = sources;
    this.versions = sources.map(({ version }) => {
      const bytes = Buffer.from(version);
      hash64(bytes, 0, bytes.length);
      return hashed.high * 2 ** 21 + (hashed.low >>> 11);
    });
  }

  of(trace: InexactTrace): TraceSummary | null {
    const name = trace.keys.join('\n');
    const known = this.before.get(name);
    if (known?.places !== this.placesOf(trace)) return null;
    this.now.set(name, known);
    return known.summary;
  }

  add(trace: InexactTrace, summary: TraceSummary): void {
    const name = trace.keys.join('\n');
    const home = this.homeOf(trace);
    this.now.set(name, { name, places: this.placesOf(trace), summary, home });
    if (home !== null) this.news.set(home, (this.news.get(home) ?? 0) + 1);
  }

  /** What is to be kept on disk, by source: of those of which enough is new. */
  toSave(): Map<string, StoredSummary[]> {
    const byHome = new Map<string, StoredSummary[]>();
    if (this.news.size === 0) return byHome;
    for (const { home, ...stored } of this.now.values()) {
      if (home === null || !this.news.has(home)) continue;
      const list = byHome.get(home);
      if (list) list.push(stored);
      else byHome.set(home, [stored]);
    }
    for (const [home, list] of byHome) {
      if (this.news.get(home)! < worthSaving * list.length) byHome.delete(home);
      else this.news.delete(home);
    }
    return byHome;
  }

  private homeOf({ places }: InexactTrace): string | null {
    const isLasting = places.every(({ source }) => this.sources[source]?.isLasting);
    return isLasting ? (this.sources[places[0]?.source ?? -1]?.id ?? null) : null;
  }

  private placesOf({ correlationId, places }: InexactTrace): string {
    const numbers = new Float64Array(4 * places.length);
    for (const [index, { source, place }] of places.entries()) {
      numbers.set([this.versions[source] ?? 0, place.start, place.length, place.part], 4 * index);
    }
    const bytes = new Uint8Array(numbers.buffer);
    hash64(bytes, 0, bytes.length);
    return `${correlationId}:${hashed.high}:${hashed.low}`;
  }
}
