import { decodeIndex, encodeIndex, type IndexedSource } from '../../../common/index/indexFile';
import type { IndexSegment } from '../../../common/index/segment';
import { SourceIndex, type Span } from '../../../common/index/sourceIndex';
import { hasRanges, type SourceRef } from '../../sources/byteSource';
import { openSource } from '../../sources/openSource';
import type { CountedPlace } from '../scan/lineWindow';
import type { ProfiledSource } from '../scan/scanJobs';
import { checkBlocks } from '../search/searchSpans';
import type { IndexFolder } from './indexFolder';

interface Entry {
  source: IndexedSource;
  index: SourceIndex;
  /** How the source is read, to be kept with the index. */
  sample: unknown;
  /** What was `written` when the source was last seen to be the one that was indexed. */
  seen: string;
  isSaved: boolean;
}

/** The indexes of all sources that have one. An index is a cache: it may be missing, or go, at any time. */
export class Indexes {
  private readonly entries = new Map<string, Entry>();
  private readonly folder: IndexFolder | null;
  /** Sources that were looked for in the folder. */
  private readonly loaded = new Map<string, Promise<void>>();

  /** @param folder where they are kept; `null`: nowhere but in memory */
  constructor(folder: IndexFolder | null) {
    this.folder = folder;
  }

  /** Bytes that all of them take in memory. */
  get size(): number {
    return [...this.entries.values()].reduce((sum, { index }) => sum + index.size, 0);
  }

  /** Reads what the folder has of some sources; each is looked for once. */
  async load(sources: readonly SourceRef[]): Promise<void> {
    const { folder } = this;
    if (!folder) return;
    const missing = sources.filter(({ id }) => !this.loaded.has(id) && !this.entries.has(id));
    for (const { id } of missing) this.loaded.set(id, this.read(id, folder));
    await Promise.all(sources.map(({ id }) => this.loaded.get(id)));
  }

  /** What was kept of a source with its index; `null` where nothing was. */
  sampleOf(id: string): unknown {
    return this.entries.get(id)?.sample ?? null;
  }

  /**
   * The index of a source as it is now: of its beginning at least, where it has grown since. `null` where there is none,
   * or where it is of what the source was before.
   */
  of({ source, profile }: ProfiledSource): SourceIndex | null {
    const entry = this.entries.get(source.id);
    if (!entry) return null;
    if (isSame(entry, source) && entry.source.digits === countsDigits(profile) && this.isGood(entry, source))
      return entry.index;
    return null;
  }

  /** A place in a source, as it is now, shortly before a line; `null` where no index tells. */
  placeOfLine(profiled: ProfiledSource, line: number): CountedPlace | null {
    if (!hasRanges(profiled.source)) return null;
    const block = this.of(profiled)?.blockOfNewline(line - 1);
    if (!block || !isAsIndexed(block, profiled.source)) return null;
    return { offset: block.from, newlines: block.newlinesBefore };
  }

  /** Takes what was indexed of a source, which replaces what was known of it. */
  set(source: IndexedSource, segments: readonly IndexSegment[], sample: unknown): void {
    const index = new SourceIndex(segments);
    this.entries.set(source.id, { source, index, sample, seen: source.written, isSaved: false });
  }

  /** Forgets all but some sources; what is on disk stays there. */
  keepOnly(ids: ReadonlySet<string>): void {
    for (const id of [...this.entries.keys(), ...this.loaded.keys()]) {
      if (ids.has(id)) continue;
      this.entries.delete(id);
      this.loaded.delete(id);
    }
  }

  /** A source is not what was indexed. */
  drop(id: string): void {
    this.entries.delete(id);
  }

  /** Keeps the index of a source for later. */
  async save(id: string): Promise<void> {
    const entry = this.entries.get(id);
    if (!this.folder || !entry || entry.isSaved) return;
    entry.isSaved = true;
    const { source, index, sample } = entry;
    await this.folder.save(id, 'index', encodeIndex({ source, sample, segments: [...index.segments] }));
  }

  /** Forgets all of them. @returns bytes that were freed on disk, or in memory where none are on disk */
  async clear(): Promise<number> {
    const { size } = this;
    this.entries.clear();
    this.loaded.clear();
    const onDisk = (await this.folder?.clear()) ?? 0;
    return Math.max(size, onDisk);
  }

  private async read(id: string, folder: IndexFolder): Promise<void> {
    const stored = await folder.load(id, 'index', decodeIndex);
    if (!stored || this.entries.has(id) || stored.segments.length === 0) return;
    this.set(stored.source, stored.segments, stored.sample);
    const entry = this.entries.get(id);
    if (entry) entry.isSaved = true;
  }

  /** A source that grew since is good if it still ends, as far as it is indexed, with the same block. */
  private isGood(entry: Entry, source: SourceRef): boolean {
    if (source.written === null) return false;
    if (source.written === entry.seen) return true;
    const { lastBlock } = entry.index;
    const grew = source.storedSize > entry.source.size && hasRanges(source);
    if (!grew || !lastBlock || !isAsIndexed(lastBlock, source)) return false;
    entry.seen = source.written;
    return true;
  }
}

const isSame = ({ source: { identity, start } }: Entry, source: SourceRef): boolean =>
  identity === source.identity && start === source.start;

/** Words of digits are in the index only where IDs are numbers. */
export const countsDigits = ({ idSpellings }: ProfiledSource['profile']): boolean => idSpellings.decimal === true;

/** Whether a block of a source still holds what was indexed. */
function isAsIndexed(block: Span, ref: SourceRef): boolean {
  try {
    const source = openSource(ref);
    try {
      const bytes = new Uint8Array(block.blocksTo - block.from);
      source.read(bytes, block.from);
      checkBlocks(block, bytes, block.from);
      return !source.shrunk;
    } finally {
      source.close();
    }
  } catch {
    return false;
  }
}
