import { hash64, hashed } from '../../../common/index/hash64';
import type { InexactTrace } from '../../../common/index/traceTable';
import type { TraceSummary } from '../../../common/model/trace';

interface Known {
  /** Hash of where its records stood. */
  places: string;
  summary: TraceSummary;
}

/**
 * What was read of traces that columns cannot tell, for as long as all their records stand where they stood: as logs grow,
 * only the traces that got new records are read again.
 */
export class KnownSummaries {
  private before = new Map<string, Known>();
  private now = new Map<string, Known>();
  private versions: readonly number[] = [];

  /** Begins a list of some sources. @param versions per source: same as long as what stood there stands there */
  begin(versions: readonly string[]): void {
    this.before = this.now;
    this.now = new Map();
    this.versions = versions.map(version => {
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
    this.now.set(trace.keys.join('\n'), { places: this.placesOf(trace), summary });
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
