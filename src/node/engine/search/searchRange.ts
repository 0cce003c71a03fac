import type { RecordReader } from '../../../common/profile/recordReader';
import { countNewlines } from '../../../common/scan/newlineCounter';
import { type ByteSource, changedNote } from '../../sources/byteSource';
import { checkCancelled } from '../scan/cancel';
import type { SearchEnd, SearchHit, SearchJob, SearchPart } from '../scan/scanJobs';
import { Chunk, carrySize } from './chunk';
import { type ByteWindow, clip, type FoundRecord, findRecord, reach, readHit } from './hitReader';
import { NearMisses, type Needle, needlesOf, standsAlone } from './needles';

const defaultChunkSize = 256 * 1024;

/** One per worker: a worker has one job at a time, and the search of a range is never interrupted. */
let shared: Chunk | null = null;

/**
 * Searches a range of a source that has ranges: native search for the needles, and only the records that hold one are
 * read. A needle counts to the range that holds the byte behind it, so one across two ranges is found by the second.
 * @throws AbortError, or an error of the file system
 */
export function searchRange(
  job: SearchJob,
  source: ByteSource,
  reader: RecordReader,
  post: (part: SearchPart) => void,
  chunkSize = defaultChunkSize,
): SearchEnd {
  const search = new RangeSearch(job, source, reader, post, chunkSize);
  const newlines = search.read(job.from, job.to, 0);
  return search.end(newlines);
}

/** Looks at the bytes of a chunk and at their offset, before they are searched; may throw. */
export type CheckChunk = (bytes: Uint8Array, at: number) => void;

/** The search of one or more ranges of a source, in ascending order. */
export class RangeSearch {
  private readonly job: SearchJob;
  private readonly source: ByteSource;
  private readonly reader: RecordReader;
  private readonly post: (part: SearchPart) => void;
  private readonly chunk: Chunk;
  private readonly needles: Needle[];
  private readonly seen = new Set<string>();
  private readonly behind: number[];
  private readonly near = new NearMisses();
  private bytes = 0;

  constructor(
    job: SearchJob,
    source: ByteSource,
    reader: RecordReader,
    post: (part: SearchPart) => void,
    chunkSize = defaultChunkSize,
  ) {
    if (shared?.size !== chunkSize) shared = new Chunk(chunkSize);
    this.chunk = shared;
    this.job = job;
    this.source = source;
    this.reader = reader;
    this.post = post;
    this.needles = needlesOf(job);
    this.behind = this.needles.map(() => 0);
  }

  /**
   * @param before line breaks before `from`, from where lines are counted
   * @returns line breaks before `to`
   */
  read(from: number, to: number, before: number, check?: CheckChunk): number {
    const { job, source, reader, seen, behind, near } = this;
    let newlines = before;
    let carried = 0;
    let at = from;
    while (at < to) {
      checkCancelled(job);
      const window = this.chunk.load(source, at, Math.min(this.chunk.size, to - at), carried);
      carried = window.base + window.bytes.length - at;
      check?.(window.bytes.subarray(at - window.base), at);
      if (carried === 0) break;
      const lines = new LinesOfChunk(this.chunk, window, at, newlines);
      const chunk = { job, source, reader, window, at, lines, seen, behind, near, memory: this.chunk };
      const hits = this.needles.flatMap((needle, index) => searchChunk(needle, index, chunk));
      if (hits.length > 0) this.post({ hits });
      newlines = lines.before(window.bytes.length);
      if (window.endsAtFileEnd && window.bytes.at(-1) !== 0x0a) newlines++;
      at += carried;
    }
    this.bytes += at - from;
    return newlines;
  }

  end(newlines: number): SearchEnd {
    const { bytes, source, near } = this;
    return { newlines, bytes, note: source.shrunk ? changedNote(source.ref) : null, near: near.found };
  }
}

interface ChunkSearch {
  job: SearchJob;
  source: ByteSource;
  reader: RecordReader;
  /** Where the window is. */
  memory: Chunk;
  window: ByteWindow;
  /** Offset of the chunk itself, behind the carry. */
  at: number;
  lines: LinesOfChunk;
  /** Records that were taken, by target and offset. */
  seen: Set<string>;
  /** By needle, the offset behind the record taken last: a long one goes on for many chunks. */
  behind: number[];
  near: NearMisses;
}

function searchChunk(needle: Needle, index: number, chunk: ChunkSearch): SearchHit[] {
  const { job, source, reader, memory, window, at, lines, seen, behind, near } = chunk;
  const hits: SearchHit[] = [];
  const { bytes, base } = window;
  const first = Math.max(0, at - base - needle.bytes.length, (behind[index] ?? 0) - base);
  for (let hit = memory.find(bytes, needle.bytes, first); hit >= 0; ) {
    if (hit + needle.bytes.length === bytes.length && !window.endsAtFileEnd) break;
    let next = hit + 1;
    if (standsAlone(bytes, hit, needle)) {
      const found = recordAt(window, hit, source, reader);
      const start = found.window.base + found.start;
      next = Math.max(next, found.window.base + found.end - base);
      behind[index] = base + next;
      const name = `${needle.target}:${start}`;
      const target = job.targets[needle.target];
      if (target && !seen.has(name)) {
        seen.add(name);
        const inside = countNewlines(found.window.bytes, found.start, base + hit - found.window.base);
        hits.push(...readHit(found, job.source, reader, { index: needle.target, target }, lines.before(hit) - inside));
      }
    } else {
      near.add(bytes, hit, needle);
    }
    hit = next < bytes.length ? memory.find(bytes, needle.bytes, next) : -1;
  }
  return hits;
}

/** The record at a hit; what the window does not hold of it is read from the source. */
function recordAt(window: ByteWindow, hit: number, source: ByteSource, reader: RecordReader): FoundRecord {
  let found = findRecord(window, hit, reader);
  if (typeof found !== 'string') return found;
  const offset = window.base + hit;
  let view: { window: ByteWindow; at: number } | null = null;
  let [before, after] = [carrySize, carrySize];
  for (;;) {
    const wider = windowAround(source, offset, before, after);
    // The file became shorter: what was read of it is all there is.
    if (wider.window.bytes.length <= wider.at) return clip(window, hit);
    view = wider;
    found = findRecord(view.window, view.at, reader);
    if (typeof found !== 'string') return found;
    if (found === 'before' ? before >= reach : after >= reach) break;
    if (found === 'before') before *= 4;
    else after *= 4;
  }
  return longRecord(view, found, reader);
}

/** Only the beginning of the record is in reach, or only its end, or none of both. */
function longRecord(
  { window, at }: { window: ByteWindow; at: number },
  missing: 'before' | 'after',
  reader: RecordReader,
): FoundRecord {
  if (missing === 'before') return clip(window, at);
  const found = findRecord({ ...window, endsAtFileEnd: true }, at, reader);
  if (typeof found === 'string') return clip(window, at);
  return { ...found, cut: found.cut || found.end === window.bytes.length };
}

function windowAround(source: ByteSource, offset: number, before: number, after: number) {
  const base = Math.max(source.ref.start, offset - before);
  const wider = Buffer.allocUnsafe(offset - base + after);
  const read = source.read(wider, base);
  const endsAtFileEnd = read < wider.length || base + read >= (source.size ?? 0);
  const startsAtFileStart = base === source.ref.start;
  return { window: { bytes: wider.subarray(0, read), base, startsAtFileStart, endsAtFileEnd }, at: offset - base };
}

/** Line breaks from the range's beginning up to a place in the chunk, counted once for places that follow each other. */
class LinesOfChunk {
  private readonly memory: Chunk;
  private readonly bytes: Buffer;
  private readonly chunkStart: number;
  private readonly atStart: number;
  private counted: number;
  private newlines: number;

  constructor(memory: Chunk, window: ByteWindow, chunkOffset: number, newlines: number) {
    this.memory = memory;
    this.bytes = window.bytes;
    this.chunkStart = chunkOffset - window.base;
    this.counted = this.chunkStart;
    this.atStart = newlines;
    this.newlines = newlines;
  }

  before(place: number): number {
    if (place < this.chunkStart) return this.atStart - this.memory.countNewlines(this.bytes, place, this.chunkStart);
    if (place < this.counted) this.rewind();
    this.newlines += this.memory.countNewlines(this.bytes, this.counted, place);
    this.counted = place;
    return this.newlines;
  }

  private rewind(): void {
    this.counted = this.chunkStart;
    this.newlines = this.atStart;
  }
}
