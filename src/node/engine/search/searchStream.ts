import type { RecordReader } from '../../../common/profile/recordReader';
import { countNewlines } from '../../../common/scan/newlineCounter';
import { recordCap } from '../../../common/scan/recordFramer';
import type { ByteSource } from '../../sources/byteSource';
import { checkCancelled } from '../scan/cancel';
import type { SearchEnd, SearchHit, SearchJob, SearchPart } from '../scan/scanJobs';
import { type ByteWindow, clip, findRecord, reach, readHit } from './hitReader';
import { NearMisses, type Needle, needlesOf, standsAlone } from './needles';

/** Bytes behind the place of the search that stay in view where the beginning of the record is out of reach. */
const lookBack = recordCap;

/**
 * Searches a source that can only be read from its beginning (compressed, UTF-16): as `searchRange`, on a window that
 * slides along. A hit waits until the end of its record has come.
 * @throws AbortError, or an error of the file system
 */
export async function searchStream(
  job: SearchJob,
  source: ByteSource,
  reader: RecordReader,
  post: (part: SearchPart) => void,
): Promise<SearchEnd> {
  const search = new StreamSearch(job, reader);
  const { bytes, note } = await source.stream(chunk => {
    checkCancelled(job);
    const hits = search.push(chunk);
    if (hits.length > 0) post({ hits });
    return true;
  });
  const hits = search.finish();
  if (hits.length > 0) post({ hits });
  return { newlines: search.newlines, bytes, note, near: search.near.found };
}

class StreamSearch {
  /** Line breaks before the window; after `finish`, all of them. */
  newlines = 0;
  readonly near = new NearMisses();
  private readonly job: SearchJob;
  private readonly reader: RecordReader;
  private readonly needles: Needle[];
  /** Where the search for each needle goes on, as offset in the source. */
  private readonly resume: number[];
  /** Until the source has come to this offset nothing new can be said of the needle. */
  private readonly waitFor: number[];
  private readonly seen = new Set<string>();
  private memory = Buffer.allocUnsafeSlow(4 * recordCap);
  private length = 0;
  private base = 0;
  /** Whether the window begins with a record, or with the source. */
  private startsAtRecord = true;

  constructor(job: SearchJob, reader: RecordReader) {
    this.job = job;
    this.reader = reader;
    this.needles = needlesOf(job);
    this.resume = this.needles.map(() => 0);
    this.waitFor = this.needles.map(() => 0);
  }

  push(chunk: Uint8Array): SearchHit[] {
    if (this.length + chunk.length > this.memory.length) this.makeRoom(chunk.length);
    this.memory.set(chunk, this.length);
    this.length += chunk.length;
    return this.search(false);
  }

  finish(): SearchHit[] {
    const hits = this.search(true);
    this.newlines += countNewlines(this.memory, 0, this.length);
    if (this.length > 0 && this.memory[this.length - 1] !== 0x0a) this.newlines++;
    return hits;
  }

  private search(endsAtFileEnd: boolean): SearchHit[] {
    const window = {
      bytes: this.memory.subarray(0, this.length),
      base: this.base,
      startsAtFileStart: this.startsAtRecord,
      endsAtFileEnd,
    };
    return this.needles.flatMap((needle, index) => {
      const waits = !endsAtFileEnd && this.base + this.length < (this.waitFor[index] ?? 0);
      return waits ? [] : this.searchFor(needle, index, window);
    });
  }

  private searchFor(needle: Needle, index: number, window: ByteWindow): SearchHit[] {
    const hits: SearchHit[] = [];
    const { bytes, base } = window;
    let at = Math.max(0, (this.resume[index] ?? 0) - base);
    for (;;) {
      const hit = bytes.indexOf(needle.bytes, at);
      if (hit < 0) {
        this.resume[index] = base + Math.max(at, bytes.length - needle.bytes.length + 1);
        return hits;
      }
      at = hit + 1;
      const touchesEnd = hit + needle.bytes.length === bytes.length && !window.endsAtFileEnd;
      if (!touchesEnd && !standsAlone(bytes, hit, needle)) {
        this.near.add(bytes, hit, needle);
        continue;
      }
      let found = touchesEnd ? 'after' : findRecord(window, hit, this.reader);
      if (found === 'after' && bytes.length - hit < reach) {
        this.resume[index] = base + hit;
        // To look again at each chunk would take long where the record is.
        this.waitFor[index] = base + bytes.length + (bytes.length - hit) / 2;
        return hits;
      }
      if (found === 'after') found = findRecord({ ...window, endsAtFileEnd: true }, hit, this.reader);
      if (typeof found === 'string') found = clip(window, hit);
      at = Math.max(at, found.end);
      const name = `${needle.target}:${base + found.start}`;
      const target = this.job.targets[needle.target];
      if (!target || this.seen.has(name)) continue;
      this.seen.add(name);
      const lines = this.newlines + countNewlines(bytes, 0, found.start);
      hits.push(...readHit(found, this.job.source, this.reader, { index: needle.target, target }, lines));
    }
  }

  /** Drops what no search can need any more, and grows the window if that is not enough. */
  private makeRoom(size: number): void {
    const needed = Math.min(...this.resume, this.base + this.length) - this.base;
    const drop = this.droppable(needed);
    this.newlines += countNewlines(this.memory, 0, drop);
    const kept = this.length - drop;
    const memory = kept + size > this.memory.length ? Buffer.allocUnsafeSlow(2 * (kept + size)) : this.memory;
    this.memory.copy(memory, 0, drop, this.length);
    this.memory = memory;
    this.length = kept;
    this.base += drop;
  }

  /** What stands before the record that is needed next, if that is in reach. */
  private droppable(needed: number): number {
    const at = Math.min(needed, this.length - 1);
    const window = {
      bytes: this.memory.subarray(0, this.length),
      base: this.base,
      startsAtFileStart: this.startsAtRecord,
      endsAtFileEnd: true,
    };
    const found = at < 0 ? { start: 0 } : findRecord(window, at, this.reader);
    const start = typeof found === 'string' ? null : found.start;
    if (start !== null && needed - start <= reach) {
      if (start > 0) this.startsAtRecord = true;
      return start;
    }
    const drop = Math.max(0, needed - lookBack);
    if (drop > 0) this.startsAtRecord = false;
    return drop;
  }
}
