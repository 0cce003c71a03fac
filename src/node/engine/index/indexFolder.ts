import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import path from 'node:path';
import { decodeIndex, encodeIndex, type StoredIndex } from '../../../common/index/indexFile';

/** Our own files; whatever else somebody put there is left alone. */
const indexName = /^[0-9a-f]{40}\.index$/;
const unfinishedName = /^[0-9a-f]{40}\.index\.[0-9a-f-]{36}$/;
/** A file that is being written is younger than this, in ms. */
const abandonedAfter = 60_000;

interface Kept {
  file: string;
  size: number;
  used: number;
}

/**
 * Indexes on disk, one file a source: a cache that may be deleted, damaged or read-only at any time. Nothing here
 * throws; what cannot be read is not there, what cannot be written is not kept.
 */
export class IndexFolder {
  private readonly folder: string;
  private readonly mostBytes: number;

  /** @param mostBytes what all files may take; those that were used least recently go first */
  constructor(folder: string, mostBytes: number) {
    this.folder = folder;
    this.mostBytes = mostBytes;
  }

  /** `null` where there is none, or none that is of this source and whole. */
  async load(id: string): Promise<StoredIndex | null> {
    const file = this.fileOf(id);
    try {
      const bytes = await readFile(file);
      // Small files share their memory with others, at any place in it.
      const stored = decodeIndex(bytes.byteOffset % 4 === 0 ? bytes : new Uint8Array(bytes));
      if (stored?.source.id !== id) return null;
      const now = new Date();
      await utimes(file, now, now).catch(() => {});
      return stored;
    } catch {
      return null;
    }
  }

  /** Writes it in one go, so that there is never half of it. */
  async save(stored: StoredIndex): Promise<void> {
    const file = this.fileOf(stored.source.id);
    const unfinished = `${file}.${randomUUID()}`;
    try {
      await mkdir(this.folder, { recursive: true });
      await writeParts(unfinished, encodeIndex(stored));
      await rename(unfinished, file);
      await this.makeRoom();
    } catch {
      await rm(unfinished, { force: true }).catch(() => {});
    }
  }

  /** Deletes all of them. @returns bytes that were freed */
  async clear(): Promise<number> {
    const files = await this.list(indexName, unfinishedName);
    return this.remove(files);
  }

  private async makeRoom(): Promise<void> {
    const abandoned = (await this.list(unfinishedName)).filter(({ used }) => used < Date.now() - abandonedAfter);
    await this.remove(abandoned);
    const files = (await this.list(indexName)).sort((a, b) => b.used - a.used);
    let sum = 0;
    await this.remove(
      files.filter(({ size }) => {
        sum += size;
        return sum > this.mostBytes;
      }),
    );
  }

  private async list(...names: RegExp[]): Promise<Kept[]> {
    const entries = await readdir(this.folder).catch(() => []);
    const own = entries.filter(entry => names.some(name => name.test(entry))).map(name => path.join(this.folder, name));
    const found = await Promise.all(own.map(file => stat(file).catch(() => null)));
    return found.flatMap((at, index) => (at ? [{ file: own[index] ?? '', size: at.size, used: at.mtimeMs }] : []));
  }

  private async remove(files: readonly Kept[]): Promise<number> {
    const freed = await Promise.all(
      files.map(({ file, size }) =>
        rm(file).then(
          () => size,
          () => 0,
        ),
      ),
    );
    return freed.reduce((sum, size) => sum + size, 0);
  }

  private fileOf(id: string): string {
    return path.join(this.folder, `${createHash('sha1').update(id).digest('hex')}.index`);
  }
}

/** Writes what is in many places without bringing it together first. @throws Error of the file system */
async function writeParts(file: string, parts: readonly Uint8Array[]): Promise<void> {
  const handle = await open(file, 'wx');
  try {
    const { bytesWritten } = await handle.writev(parts);
    if (bytesWritten < parts.reduce((sum, { length }) => sum + length, 0))
      throw new Error(`${file} is not all written.`);
  } finally {
    await handle.close();
  }
}
