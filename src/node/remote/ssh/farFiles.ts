import path from 'node:path/posix';
import type { FileEntryWithStats, SFTPWrapper, Stats } from 'ssh2';
import { matchesGlob } from '../../../common/profile/globMatch';
import { gone, type Skipped } from '../../sources/discover/skipped';
import { type FarFile, type FarListing, RemoteError } from '../transport';
import type { SshConnection } from './sshConnection';
import { type SshPlace, sshUrl } from './sshPlace';

/** Folders that hold no logs but very many files. */
const ignoredFolders = new Set(['node_modules', '.git']);
const mostFiles = 10_000;
const wild = /[*?[\]{}\\]/;

/** Looks for files over SFTP: one file, all below a folder, or what a glob names. */
export class FarFiles {
  private readonly connection: SshConnection;
  private readonly sftp: SFTPWrapper;
  private readonly place: SshPlace;
  private readonly signal: AbortSignal;
  private readonly found: FarListing = { files: [], skipped: [] };
  private readonly seen = new Set<string>();

  private constructor(connection: SshConnection, sftp: SFTPWrapper, place: SshPlace, signal: AbortSignal) {
    this.connection = connection;
    this.sftp = sftp;
    this.place = place;
    this.signal = signal;
  }

  /** @throws RemoteError, AbortError */
  static list(
    connection: SshConnection,
    files: SFTPWrapper,
    place: SshPlace,
    signal: AbortSignal,
  ): Promise<FarListing> {
    return new FarFiles(connection, files, place, signal).list();
  }

  private async list(): Promise<FarListing> {
    const { connection, found } = this;
    const named = await this.absolute(this.place.path);
    // A file may be called `app[1].log`: what is there is no glob.
    const stats = await this.stat(named).catch(error => {
      if (reasonOf(error) !== gone) throw error instanceof RemoteError ? error : this.problem(named, error);
      return null;
    });
    if (stats?.isDirectory()) await this.walk(named, Number.POSITIVE_INFINITY, () => true);
    else if (stats) this.take(named, stats);
    else if (wild.test(named)) await this.glob(named);
    else throw new RemoteError(`${connection.of} has no ${named}: check the path`);
    return found;
  }

  private async glob(pattern: string): Promise<void> {
    const segments = pattern.split('/');
    const first = segments.findIndex(segment => wild.test(segment));
    const base = segments.slice(0, first).join('/') || '/';
    const depth = segments.includes('**') ? Number.POSITIVE_INFINITY : segments.length - first;
    const isHidden = (file: string) =>
      file
        .slice(base.length)
        .split('/')
        .some((name, at) => name.startsWith('.') && !segments[first + at]?.startsWith('.'));
    await this.walk(base, depth, file => !isHidden(file) && matchesGlob(pattern, file));
    const { files, skipped } = this.found;
    if (files.length + skipped.length === 0)
      skipped.push({ source: sshUrl(this.place, pattern), reason: 'no file fits this pattern' });
  }

  /** The files below a folder, by name; links are followed, each physical folder once. */
  private async walk(folder: string, depth: number, fits: (file: string) => boolean): Promise<void> {
    const real = await this.ask<string>(done => this.sftp.realpath(folder, done)).catch(() => folder);
    if (this.seen.has(real)) return;
    this.seen.add(real);
    let entries: FileEntryWithStats[];
    try {
      entries = await this.ask(done => this.sftp.readdir(folder, done));
    } catch (error) {
      if (error instanceof RemoteError) throw error;
      this.skip(folder, reasonOf(error));
      return;
    }
    for (const { filename, attrs } of entries.sort((a, b) => (a.filename < b.filename ? -1 : 1))) {
      const file = path.join(folder, filename);
      const stats = attrs.isSymbolicLink() ? await this.stat(file).catch(onlyFor) : attrs;
      if (this.found.files.length === mostFiles) {
        this.skip(folder, `more than ${mostFiles} files: only the first of them are read`);
        return;
      }
      if (!stats) {
        if (fits(file)) this.skip(file, gone);
      } else if (!stats.isDirectory()) {
        if (fits(file)) this.take(file, stats);
      } else if (depth > 1 && !ignoredFolders.has(filename)) await this.walk(file, depth - 1, fits);
    }
  }

  private take(file: string, stats: Stats): void {
    if (!stats.isFile()) {
      this.skip(file, 'no regular file (a pipe, socket or device)');
      return;
    }
    const { size, mtime } = stats;
    const far: FarFile = { url: sshUrl(this.place, file), size, modified: mtime * 1000, version: null, identity: null };
    this.found.files.push(far);
  }

  private skip(file: string, reason: string): void {
    this.found.skipped.push({ source: sshUrl(this.place, file), reason } satisfies Skipped);
  }

  private async absolute(named: string): Promise<string> {
    if (!named.startsWith('~')) return named;
    return path.join(await this.ask<string>(done => this.sftp.realpath('.', done)), named.slice(1));
  }

  private stat(file: string): Promise<Stats> {
    return this.ask(done => this.sftp.stat(file, done));
  }

  private ask<Answer>(ask: (done: (error: Error | null | undefined, answer: Answer) => void) => void): Promise<Answer> {
    this.signal.throwIfAborted();
    return this.connection.asked(ask);
  }

  private problem(file: string, error: unknown): RemoteError {
    return new RemoteError(`${this.connection.of}: ${file} cannot be read: ${reasonOf(error)}`);
  }
}

/** What a status of SFTP means (draft-ietf-secsh-filexfer-02 §7). */
export function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 2) return gone;
  if (code === 3) return 'no permission to read it';
  return error instanceof Error ? error.message : String(error);
}

/** A link that leads nowhere is no reason to stop, a connection that is lost is one. */
function onlyFor(error: unknown): null {
  if (error instanceof RemoteError) throw error;
  return null;
}
