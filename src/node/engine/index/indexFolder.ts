import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import path from 'node:path';

/** Our own files; whatever else somebody put there is left alone. */
const ownName = /^[0-9a-f]{40}\.(?:index|traces|summaries)$/;
const unfinishedName = /^[0-9a-f]{40}\.(?:index|traces|summaries)\.[0-9a-f-]{36}$/;

/** What is kept of a source: where its words stand, the tables of its traces, and what those do not tell. */
export type KeptKind = 'index' | 'traces' | 'summaries';

/** A file that is being written is younger than this, in ms. */
const abandonedAfter = 60_000;

interface Kept {
  file: string;
  size: number;
  used: number;
}

/**
 * What is known of sources on disk, a file of each kind for each: a cache that may be deleted, damaged or read-only at any time. Nothing here
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

  /**
   * What is kept of a source.
   * @param decode says `null` to what is not whole; the bytes begin at a multiple of 4
   * @param most bytes that are read of it; left out: all
   * @returns `null` where there is none, or none that is of this source and whole
   */
  async load<Stored extends { source: { id: string } }>(
    id: string,
    kind: KeptKind,
    decode: (bytes: Uint8Array) => Stored | null,
    most = Number.POSITIVE_INFINITY,
  ): Promise<Stored | null> {
    const file = this.fileOf(id, kind);
    try {
      const bytes = most === Number.POSITIVE_INFINITY ? await readFile(file) : await readBeginning(file, most);
      // Small files share their memory with others, at any place in it.
      const stored = decode(bytes.byteOffset % 4 === 0 ? bytes : new Uint8Array(bytes));
      if (stored?.source.id !== id) return null;
      const now = new Date();
      await utimes(file, now, now).catch(() => {});
      return stored;
    } catch {
      return null;
    }
  }

  /** Writes it in one go, so that there is never half of it. */
  async save(id: string, kind: KeptKind, parts: readonly Uint8Array[]): Promise<void> {
    const file = this.fileOf(id, kind);
    const unfinished = `${file}.${randomUUID()}`;
    try {
      await mkdir(this.folder, { recursive: true });
      await writeParts(unfinished, parts);
      await rename(unfinished, file);
      await this.makeRoom();
    } catch {
      await rm(unfinished, { force: true }).catch(() => {});
    }
  }

  /** Deletes all of them. @returns bytes that were freed */
  async clear(): Promise<number> {
    const files = await this.list(ownName, unfinishedName);
    return this.remove(files);
  }

  private async makeRoom(): Promise<void> {
    const abandoned = (await this.list(unfinishedName)).filter(({ used }) => used < Date.now() - abandonedAfter);
    await this.remove(abandoned);
    const files = (await this.list(ownName)).sort((a, b) => b.used - a.used);
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

  private fileOf(id: string, kind: KeptKind): string {
    return path.join(this.folder, `${createHash('sha1').update(id).digest('hex')}.${kind}`);
  }
}

async function readBeginning(file: string, most: number): Promise<Uint8Array> {
  const handle = await open(file);
  try {
    const { bytesRead, buffer } = await handle.read(new Uint8Array(most), 0, most, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
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
