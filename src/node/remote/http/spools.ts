import { mkdtempSync, rmSync } from 'node:fs';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { RemoteError } from '../transport';

const mostBytes = 2 ** 30;
/** So long, in ms. */
const longest = 10 * 60_000;

/** What came of files whose length nobody knew before, until it is read: in files of a folder that is ours alone. */
export class Spools {
  private folder: string | null = null;
  private readonly files = new Map<string, string>();
  private count = 0;

  /**
   * Takes a body, all of it. @returns its length in bytes
   * @throws RemoteError where it is too long, or takes too long
   */
  async take(url: string, body: AsyncIterable<Buffer>, told: (bytes: Buffer) => void): Promise<number> {
    this.folder ??= mkdtempSync(path.join(tmpdir(), 'throughline-http-'));
    const file = path.join(this.folder, `${++this.count}`);
    const handle = await open(file, 'wx', 0o600);
    const until = performance.now() + longest;
    let size = 0;
    try {
      for await (const bytes of body) {
        size += bytes.length;
        if (size > mostBytes) throw new RemoteError(tooMuch(`has more than ${mostBytes / 2 ** 20} MB`));
        if (performance.now() > until) throw new RemoteError(tooMuch(`takes more than ${longest / 60_000} minutes`));
        told(bytes);
        await handle.writeFile(bytes);
      }
    } catch (error) {
      await rm(file, { force: true });
      throw error;
    } finally {
      await handle.close();
    }
    await this.drop(url);
    this.files.set(url, file);
    return size;
  }

  /** What is here of a URL; `null` where nothing is. @throws Error of the file system */
  async of(url: string): Promise<FileHandle | null> {
    const file = this.files.get(url);
    return file === undefined ? null : open(file);
  }

  async drop(url: string): Promise<void> {
    const file = this.files.get(url);
    this.files.delete(url);
    if (file !== undefined) await rm(file, { force: true });
  }

  close(): void {
    if (this.folder !== null) rmSync(this.folder, { recursive: true, force: true });
  }
}

const tooMuch = (what: string): string =>
  `it is sent without a length and ${what}, which is not read: save it and name the file`;
