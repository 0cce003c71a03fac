import type { SourceProfile } from '../../common/model/sourceProfile';
import { hasRanges, type SourceRef } from '../sources/byteSource';
import type { Postings, SummariseJob } from './scanJobs';

/**
 * Bytes of records that one job reads: what its worker holds in memory at a time. A source without ranges is read from
 * its beginning by every job, so there have to be few.
 */
const bytesOfJob = 512 * 1024;
const bytesOfStreamJob = 64 * 1024 * 1024;
/** A frame of this size holds many records (a document of spans): a job reads it once, however many traces are in it. */
const largeFrame = 64 * 1024;

interface Entry {
  id: string;
  /** Places in the columns of `blocks`: block and posting, two numbers for each. */
  places: number[];
  /** Of the records, but for those in large frames. */
  bytes: number;
  /** Sizes of the large frames that hold records, by where they are; `null` if none does. */
  frames: Map<string, number> | null;
  /** The one other ID that all records of this one carry too; `null` before one was seen, `'many'` if there are more. */
  partner: string | 'many' | null;
  keys: string[];
  /** Another, stronger ID that means the same. */
  aliasOf: string | null;
}

interface Block {
  source: number;
  linesBefore: number;
  postings: Postings;
}

/** Which records belong to which correlation, over all sources. */
export class TraceIndex {
  private readonly keys: ReadonlySet<string> | null;
  private readonly entries = new Map<string, Entry>();
  private readonly blocks: Block[] = [];

  /** @param keys join keys of the only IDs of interest; `null` for all */
  constructor(keys: ReadonlySet<string> | null) {
    this.keys = keys;
  }

  /** Number of IDs. */
  get size(): number {
    return this.entries.size;
  }

  /** Adds the ranges of a source, in its order. @returns the source's number of lines */
  add(source: number, ranges: readonly Postings[]): number {
    let lines = 0;
    for (const postings of ranges) {
      const block = this.blocks.push({ source, linesBefore: lines, postings }) - 1;
      lines += postings.newlines;
      const entries = postings.ids.map(({ key, id }) => this.entry(key, id));
      for (const [at, index] of postings.idOf.entries()) {
        const entry = entries[index];
        if (!entry) continue;
        entry.places.push(block, at);
        const start = postings.byteStart[at] ?? 0;
        const size = (postings.byteEnd[at] ?? 0) - start;
        if (size < largeFrame) {
          entry.bytes += size;
        } else {
          entry.frames ??= new Map();
          entry.frames.set(`${source}:${start}`, size);
        }
      }
      for (const [strong, weak] of postings.pairs) this.pair(postings.ids[strong]?.key, postings.ids[weak]?.key);
    }
    return lines;
  }

  /** The work of summing up all traces, cut into jobs. */
  jobs(sources: { source: SourceRef; profile: SourceProfile }[]): Omit<SummariseJob, 'cancel'>[] {
    this.uniteAliases();
    const jobs: Omit<SummariseJob, 'cancel'>[] = [];
    const most = sources.every(({ source }) => hasRanges(source)) ? bytesOfJob : bytesOfStreamJob;
    let batch: Entry[] = [];
    let bytes = 0;
    let frames = new Set<string>();
    const flush = () => {
      if (batch.length > 0) jobs.push(this.job(sources, batch));
      batch = [];
      bytes = 0;
      frames = new Set();
    };
    for (const entry of this.entries.values()) {
      if (entry.aliasOf !== null) continue;
      const more = bytesBeyond(entry, frames);
      if (more > 0 && bytes + more > most) flush();
      batch.push(entry);
      bytes += bytesBeyond(entry, frames);
      for (const frame of entry.frames?.keys() ?? []) frames.add(frame);
    }
    flush();
    return jobs;
  }

  private entry(key: string, id: string): Entry | null {
    if (this.keys && !this.keys.has(key)) return null;
    const known = this.entries.get(key);
    if (known) {
      // Which spelling is shown must not depend on which range was read first.
      if (id < known.id) known.id = id;
      return known;
    }
    const entry: Entry = { id, keys: [key], places: [], bytes: 0, frames: null, partner: null, aliasOf: null };
    this.entries.set(key, entry);
    return entry;
  }

  private pair(strong: string | undefined, weak: string | undefined): void {
    if (strong === undefined || weak === undefined) return;
    for (const [key, other] of [
      [strong, weak],
      [weak, strong],
    ] as const) {
      const entry = this.entries.get(key);
      if (entry) entry.partner = entry.partner === null || entry.partner === other ? other : 'many';
      if (entry && key === weak) entry.aliasOf = strong;
    }
  }

  /** Two IDs that go together 1:1 throughout are one trace; any others are traces of their own. */
  private uniteAliases(): void {
    for (const [key, entry] of this.entries) {
      const strong = entry.aliasOf === null ? undefined : this.entries.get(entry.aliasOf);
      entry.aliasOf = strong && entry.partner === entry.aliasOf && strong.partner === key ? entry.aliasOf : null;
      if (entry.aliasOf === null || !strong) continue;
      strong.keys.push(key);
      const known = new Set(pairsOf(strong.places).map(([block, at]) => this.place(block, at)));
      for (const [block, at] of pairsOf(entry.places)) {
        if (!known.has(this.place(block, at))) strong.places.push(block, at);
      }
    }
  }

  private place(block: number, at: number): string {
    const { source, postings } = this.blocks[block] ?? {};
    return `${source}:${postings?.byteStart[at]}:${postings?.part[at]}`;
  }

  private job(sources: { source: SourceRef; profile: SourceProfile }[], batch: Entry[]): Omit<SummariseJob, 'cancel'> {
    const length = batch.reduce((sum, entry) => sum + entry.places.length / 2, 0);
    const columns = {
      sourceOf: new Uint32Array(length),
      byteStart: new Float64Array(length),
      byteEnd: new Float64Array(length),
      line: new Float64Array(length),
      part: new Uint32Array(length),
    };
    const needed = new Map<number, number>();
    const traces: SummariseJob['traces'] = [];
    let at = 0;
    for (const entry of batch) {
      const from = at;
      for (const [blockIndex, posting] of pairsOf(entry.places)) {
        const block = this.blocks[blockIndex];
        if (!block) continue;
        if (!needed.has(block.source)) needed.set(block.source, needed.size);
        columns.sourceOf[at] = needed.get(block.source) ?? 0;
        columns.byteStart[at] = block.postings.byteStart[posting] ?? 0;
        columns.byteEnd[at] = block.postings.byteEnd[posting] ?? 0;
        columns.part[at] = block.postings.part[posting] ?? 0;
        columns.line[at] = 1 + block.linesBefore + (block.postings.linesBefore[posting] ?? 0);
        at++;
      }
      traces.push({ correlationId: entry.id, keys: entry.keys, from, to: at });
    }
    return { sources: [...needed.keys()].flatMap(index => sources[index] ?? []), traces, ...columns };
  }
}

function pairsOf(places: readonly number[]): [number, number][] {
  const pairs: [number, number][] = [];
  for (let at = 0; at < places.length; at += 2) pairs.push([places[at] ?? 0, places[at + 1] ?? 0]);
  return pairs;
}

/** Bytes that an entry adds to a job that reads some large frames already. */
function bytesBeyond({ bytes, frames }: Entry, read: ReadonlySet<string>): number {
  let sum = bytes;
  for (const [frame, size] of frames ?? []) if (!read.has(frame)) sum += size;
  return sum;
}
