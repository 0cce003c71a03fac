import { createHash } from 'node:crypto';
import { mkdir, readdir, rm, stat, utimes } from 'node:fs/promises';
import path from 'node:path';
import { Mirror } from './mirror';
import { RemoteError } from './transport';

/** Our own files; whatever else somebody put there is left alone. */
const ownName = /^([0-9a-f]{40})\.(?:log|json)(?:\.new)?$/;

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

  /** Gives what is here of one URL to another one. @throws Error of the file system */
  async move(mirror: Mirror, url: string): Promise<Mirror> {
    const moved = await mirror.moveTo(this.baseOf(url), url);
    if ((await this.mirrors.get(mirror.url)) === mirror) this.mirrors.delete(mirror.url);
    this.mirrors.set(url, Promise.resolve(moved));
    await moved.save();
    return moved;
  }

  /** Takes a mirror out, so that another one can come to its place. */
  async detach(mirror: Mirror): Promise<Mirror> {
    const aside = await mirror.moveTo(this.baseOf(`aside ${mirror.url}`), mirror.url);
    this.mirrors.delete(mirror.url);
    return aside;
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
    await Promise.all(kept.map(({ name }) => this.remove(name)));
    this.bytes = 0;
    return kept.reduce((sum, { size }) => sum + size, 0);
  }

  private async open(url: string): Promise<Mirror> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const base = this.baseOf(url);
    const mirror = await Mirror.open(base, url);
    const now = new Date();
    await utimes(`${base}.log`, now, now).catch(() => {});
    return mirror;
  }

  private async makeRoom(bytes: number): Promise<void> {
    // Some of what was reserved may never have come.
    this.bytes = (await this.kept()).reduce((sum, { size }) => sum + size, 0);
    const used = new Set([...this.mirrors.keys()].map(url => path.basename(this.baseOf(url))));
    const free = (await this.kept()).filter(({ name }) => !used.has(name)).sort((a, b) => a.at - b.at);
    for (const { name, size } of free) {
      if (this.bytes + bytes <= this.mostBytes) return;
      await this.remove(name);
      this.bytes -= size;
    }
  }

  private async remove(name: string): Promise<void> {
    const files = ['.json', '.log', '.json.new', '.log.new'].map(ending => path.join(this.folder, name + ending));
    await Promise.all(files.map(file => rm(file, { force: true }).catch(() => {})));
  }

  /** What is on disk, by its name; `size` is what it takes there, without its holes. */
  private async kept(): Promise<{ name: string; size: number; at: number }[]> {
    const entries = await readdir(this.folder).catch(() => []);
    const names = new Set(entries.flatMap(entry => ownName.exec(entry)?.[1] ?? []));
    const found = [...names].map(async name => {
      const stats = await stat(path.join(this.folder, `${name}.log`)).catch(() => null);
      return {
        name,
        size: stats ? Math.min(stats.size, (stats.blocks ?? Infinity) * 512) : 0,
        at: stats?.mtimeMs ?? 0,
      };
    });
    return Promise.all(found);
  }

  private baseOf(url: string): string {
    return path.join(this.folder, createHash('sha1').update(url).digest('hex'));
  }
}
