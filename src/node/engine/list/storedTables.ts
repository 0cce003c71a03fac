import { statSync } from 'node:fs';
import { promisify } from 'node:util';
import { deflateRaw, inflateRaw } from 'node:zlib';
import { blockOfBytes, bytesOfBlock, countsOf } from '../../../common/index/blockFile';
import { decodeSummaries, encodeSummaries, type StoredSummary } from '../../../common/index/summariesFile';
import {
  decodeTables,
  encodeTables,
  type PackedRange,
  sourceOfTables,
  type TabledSource,
} from '../../../common/index/tablesFile';
import type { IndexFolder } from '../index/indexFolder';
import type { RangeTable } from '../scan/scanJobs';
import type { TableRange } from './keptRanges';

const deflate = promisify(deflateRaw);
const inflate = promisify(inflateRaw);

/** Tables of a source as they lie on disk. */
export interface FoundTables {
  source: TabledSource;
  /** `null` where they do not hold what they say. */
  unpack(): Promise<TableRange[] | null>;
}

/** The tables of traces on disk: a cache that may be deleted, damaged or read-only at any time. Nothing here throws. */
export class StoredTables {
  private readonly folder: IndexFolder;
  private readonly builder: string;
  private saving: Promise<unknown> = Promise.resolve();

  /** @param script of the workers that make tables: what another build of them made is not believed */
  constructor(folder: IndexFolder, script: string) {
    this.folder = folder;
    const file = statSync(script, { throwIfNoEntry: false });
    this.builder = `${file?.size}:${file?.mtimeMs}`;
  }

  /** Resolves when all is written that was to be. */
  get settled(): Promise<unknown> {
    return this.saving;
  }

  /** What was kept of a source with its tables; `null` where nothing was. */
  async sampleOf(id: string): Promise<unknown> {
    const stored = await this.folder.load(id, 'traces', sourceOfTables, longestHead);
    return stored?.source.sample ?? null;
  }

  /** `null` where there are none that are whole and of this source. */
  async find(id: string): Promise<FoundTables | null> {
    const stored = await this.folder.load(id, 'traces', decodeTables);
    if (stored?.source.builder !== this.builder) return null;
    return { source: stored.source, unpack: () => unpackAll(stored.ranges, stored.source.base) };
  }

  /** Writes the tables of a source when those before are written; nobody waits for it. */
  save(source: Omit<TabledSource, 'builder'>, ranges: readonly TableRange[]): void {
    const write = async () => {
      const packed: PackedRange[] = [];
      for (const range of ranges) if (range.table) packed.push(await pack(range, range.table));
      const parts = encodeTables({ ...source, builder: this.builder }, packed);
      await this.folder.save(source.id, 'traces', parts);
    };
    this.saving = this.saving.then(write).catch(() => {});
  }

  /** What was read of traces that tables do not tell, and that begin in a source. */
  async summariesOf(id: string): Promise<StoredSummary[]> {
    const stored = await this.folder.load(id, 'summaries', decodeSummaries);
    return stored?.source.builder === this.builder ? stored.summaries : [];
  }

  saveSummaries(id: string, summaries: StoredSummary[]): void {
    const write = () =>
      this.folder.save(id, 'summaries', encodeSummaries({ source: { id, builder: this.builder }, summaries }));
    this.saving = this.saving.then(write).catch(() => {});
  }
}

/** A longer head is not looked into for what is kept with it: it is of a source of many gigabytes. */
const longestHead = 256 * 1024;

/** At its fastest: half of the bytes for a fifth of the time that making the tables took. */
const level = 1;

async function pack({ from, to }: TableRange, table: RangeTable): Promise<PackedRange> {
  const { block, newlines, bytes, records, unparsed, withoutId, cut } = table;
  const columns = bytesOfBlock(block);
  const counts = countsOf(block);
  const end = to === Number.POSITIVE_INFINITY ? null : to;
  const range = { from, to: end, newlines, bytes, records, unparsed, withoutId, cut, unpacked: columns.length, counts };
  return { range, packed: await deflate(columns, { level }) };
}

async function unpackAll(ranges: readonly PackedRange[], base: number): Promise<TableRange[] | null> {
  try {
    const unpacked = await Promise.all(ranges.map(range => unpack(range, base)));
    return unpacked.every(range => range !== null) ? unpacked : null;
  } catch {
    return null;
  }
}

async function unpack({ range, packed }: PackedRange, base: number): Promise<TableRange | null> {
  const { from, to, unpacked, counts, ...sums } = range;
  // In one piece, which is not copied.
  const chunkSize = Math.max(64, unpacked + 1);
  const columns = await inflate(packed, { chunkSize, maxOutputLength: chunkSize });
  const isAligned = columns.byteOffset % 8 === 0 && columns.length === columns.buffer.byteLength;
  const block = blockOfBytes(isAligned ? columns : new Uint8Array(columns), counts, base);
  return block && { from, to: to ?? Number.POSITIVE_INFINITY, table: { ...sums, note: null, block } };
}
