import { mkdir, readdir, rm, stat, utimes } from 'node:fs/promises';
import path from 'node:path';
import { Mirror } from './mirror';
import { RemoteError } from './transport';

const dataName = /^[0-9a-f]{32}\.log$/;
const stateName = /^[0-9a-f]{40}\.json(?:\.new)?$/;

/**
 * What is here of remote files, in a folder that nobody else may read: the bytes are the user's logs. A cache: it may be
 * deleted at any time, while nothing of it is in use.
 */
export class MirrorStore {
  private readonly folder: string;
  private readonly mostBytes: number;
  private readonly mirrors = new Map<string, Promise<Mirror>>();
  private bytes: number | null = null;

  /** @param mostBytes what all of them may take; those that were used least recently, and not since the start, go first */
  constructor(folder: string, mostBytes: number) {
    this.folder = folder;
    this.mostBytes = mostBytes;
  }

  /** @throws Error of the file system */
  of(url: string): Promise<Mirror> {
    const known = this.mirrors.get(url);
    if (known) return known;
    const mirror = this.open(url);
    this.mirrors.set(url, mirror);
    mirror.catch(() => this.mirrors.delete(url));
    return mirror;
  }

  /** Gives what is here of a file to another URL. @throws Error of the file system */
  async move(mirror: Mirror, url: string): Promise<Mirror> {
    const before = await this.mirrors.get(url);
    if ((await this.mirrors.get(mirror.url)) === mirror) this.mirrors.delete(mirror.url);
    this.mirrors.set(url, Promise.resolve(mirror));
    await mirror.rename(url);
    await before?.delete();
    return mirror;
  }

  /** Takes a mirror out, so that another one can come to its place. */
  async detach(mirror: Mirror): Promise<Mirror> {
    this.mirrors.delete(mirror.url);
    await mirror.detach();
    return mirror;
  }

  /** To be asked before bytes come. @throws RemoteError where there is no room for them */
  async reserve(bytes: number): Promise<void> {
    this.bytes ??= (await this.kept()).reduce((sum, { size }) => sum + size, 0);
    if (this.bytes + bytes > this.mostBytes) await this.makeRoom(bytes);
    if (this.bytes + bytes > this.mostBytes) {
      const most = Math.round(this.mostBytes / 2 ** 20);
      throw new RemoteError(
        `there is no room for more of it: the copies of remote logs may take ${most} MB, see throughline.remoteSize`,
      );
    }
    this.bytes += bytes;
  }

  /** Deletes all. @returns bytes that were freed */
  async clear(): Promise<number> {
    const mirrors = await Promise.all([...this.mirrors.values()].map(mirror => mirror.catch(() => null)));
    this.mirrors.clear();
    // Who reads one meanwhile ends first.
    for (const mirror of mirrors) await mirror?.turn.run(async () => {});
    const kept = await this.kept();
    await Promise.all((await this.own(dataName, stateName)).map(name => this.remove(name)));
    this.bytes = 0;
    return kept.reduce((sum, { size }) => sum + size, 0);
  }

  private async open(url: string): Promise<Mirror> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const mirror = await Mirror.open(this.folder, url);
    const now = new Date();
    await utimes(mirror.path, now, now).catch(() => {});
    return mirror;
  }

  private async makeRoom(bytes: number): Promise<void> {
    const kept = await this.kept();
    // Some of what was reserved may never have come.
    this.bytes = kept.reduce((sum, { size }) => sum + size, 0);
    const mirrors = await Promise.all([...this.mirrors.values()].map(mirror => mirror.catch(() => null)));
    const used = new Set(mirrors.map(mirror => mirror?.data));
    for (const { name, size } of kept.filter(each => !used.has(each.name)).sort((a, b) => a.at - b.at)) {
      if (this.bytes + bytes <= this.mostBytes) return;
      // What is written down of it goes when its place is asked for again, or all is cleared.
      await this.remove(name);
      this.bytes -= size;
    }
  }

  private remove(name: string): Promise<void> {
    return rm(path.join(this.folder, name), { force: true }).catch(() => {});
  }

  /** The files with bytes; `size` is what they take on disk, without their holes. */
  private async kept(): Promise<{ name: string; size: number; at: number }[]> {
    const found = (await this.own(dataName)).map(async name => {
      const stats = await stat(path.join(this.folder, name)).catch(() => null);
      return {
        name,
        size: stats ? Math.min(stats.size, (stats.blocks ?? Infinity) * 512) : 0,
        at: stats?.mtimeMs ?? 0,
      };
    });
    return Promise.all(found);
  }

  /** Our own files; whatever else somebody put there is left alone. */
  private async own(...names: RegExp[]): Promise<string[]> {
    const entries = await readdir(this.folder).catch(() => []);
    return entries.filter(entry => names.some(name => name.test(entry)));
  }
}
