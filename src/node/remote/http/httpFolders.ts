import type { Skipped } from '../../sources/discover/skipped';
import { type FarFile, type FarListing, RemoteError } from '../transport';
import { type FolderPage, type FolderRow, folderPageOf } from './folderPage';
import type { HttpAnswer } from './httpAnswer';
import type { HttpClient } from './httpClient';
import type { HttpFiles } from './httpFiles';

const mostFiles = 10_000;
/** So often a folder is looked at to see it at one moment. */
const mostTries = 3;
const mostFolders = 1_000;
const mostDepth = 16;
/** A page that lists 50,000 files is not longer. */
const mostPage = 8 * 1024 * 1024;
/** So many files are looked at at the same time. */
const together = 8;
/** Folders that hold no logs but very many files. */
const ignoredFolders = new Set(['node_modules', '.git']);
/** Pages tell times to the minute: for so long, in ms, a row that stays the same may hide a change. */
const minute = 61_000;

/** Whether a file of a name is meant; `null`: all are, also in folders further down. */
type Fits = ((name: string) => boolean) | null;

/** Looks for the files of folders that servers list. */
export class HttpFolders {
  private readonly client: HttpClient;
  private readonly files: HttpFiles;
  /** By URL of a file: what its row says, and since when. */
  private readonly rows = new Map<string, { stamp: string; since: number; lookedAt: number }>();
  /** Of the files that each folder had at the last look. */
  private readonly identities = new Map<string, Set<string>>();

  constructor(client: HttpClient, files: HttpFiles) {
    this.client = client;
    this.files = files;
  }

  /**
   * All files below a folder, or those in it whose names fit. The server lists them at another moment than it tells of each
   * of them: where one seems to stand there twice, or is gone, they were renamed meanwhile, and are looked at anew.
   * @param fits `null` for all, also in folders further down
   * @returns `null` where the server does not list it
   * @throws RemoteError, AbortError
   */
  async list(folder: URL, fits: Fits, signal: AbortSignal): Promise<FarListing | null> {
    for (let tries = 1; ; tries++) {
      const listing = await this.listOnce(folder, fits, signal);
      const before = this.identities.get(folder.href) ?? new Set();
      const now = (listing?.files ?? []).flatMap(({ identity }) => identity ?? []);
      const all = new Set(now);
      if (tries < mostTries && (all.size < now.length || [...before].some(each => !all.has(each)))) continue;
      this.identities.set(folder.href, all);
      return listing;
    }
  }

  private async listOnce(folder: URL, fits: Fits, signal: AbortSignal): Promise<FarListing | null> {
    const skipped: Skipped[] = [];
    const skip = (url: URL, reason: string) => void skipped.push({ source: url.href, reason });
    const rows: FolderRow[] = [];
    const open = [{ url: folder, depth: 0 }];
    const isKnown = new Set([folder.href]);
    for (let at = open.shift(), looked = 1; at; at = open.shift(), looked++) {
      const page = await this.page(at.url, signal).catch(error => {
        if (at?.url === folder || !(error instanceof RemoteError) || error.passing) throw error;
        skip((at as { url: URL }).url, error.message);
        return 'failed' as const;
      });
      if (page === 'failed') continue;
      if (!page && at.url === folder) return null;
      if (!page) skip(at.url, 'the server does not list it');
      if (page && page.foreign > 0) skip(at.url, `${page.foreign} links lead out of the folder: they are not followed`);
      for (const row of page?.rows ?? []) {
        if (!row.isFolder && (fits?.(row.name) ?? true)) rows.push(row);
        if (!row.isFolder || fits !== null || ignoredFolders.has(row.name) || isKnown.has(row.url.href)) continue;
        isKnown.add(row.url.href);
        open.push({ url: row.url, depth: at.depth + 1 });
      }
      const isTooMuch = looked === mostFolders || rows.length >= mostFiles || at.depth === mostDepth;
      if (open.length > 0 && isTooMuch) {
        skip(folder, `${open.length} more folders in it are not looked at: name one of them`);
        break;
      }
    }
    if (rows.length > mostFiles)
      skip(folder, `${rows.length - mostFiles} more files: only the first ${mostFiles} are read`);
    const files = await this.look(rows.slice(0, mostFiles), skip, signal);
    return { files: files.sort((a, b) => (a.url < b.url ? -1 : 1)), skipped };
  }

  private async page(folder: URL, signal: AbortSignal): Promise<FolderPage | null> {
    const answer = await this.client.get(folder, {}, signal);
    try {
      const { headers, url } = answer;
      const type = headers['content-type'] ?? '';
      if (!/^(?:text\/html|application\/json)\b/i.test(type) || 'content-encoding' in headers) return null;
      if (url.origin !== folder.origin || url.pathname !== folder.pathname)
        throw new RemoteError(`redirects to ${url.href}: name that folder if it is meant`);
      return folderPageOf(await textOf(answer), type, folder);
    } finally {
      answer.drop();
    }
  }

  private async look(
    rows: readonly FolderRow[],
    skip: (url: URL, reason: string) => void,
    signal: AbortSignal,
  ): Promise<FarFile[]> {
    const found: FarFile[] = [];
    const left = rows.values();
    const looker = async () => {
      for (const row of left) {
        try {
          const far = this.settled(row) ?? (await this.files.look(row.url, signal));
          found.push(far);
        } catch (error) {
          if (!(error instanceof RemoteError) || error.passing) throw error;
          skip(row.url, error.message);
        }
      }
    };
    const settled = await Promise.allSettled(Array.from({ length: together }, looker));
    const failed = settled.find(each => each.status === 'rejected');
    if (failed) throw failed.reason;
    return found;
  }

  /** What is known of a file that the page says did not change since it was looked at; `null` where it may have. */
  private settled({ url, stamp }: FolderRow): FarFile | null {
    const now = performance.now();
    const row = this.rows.get(url.href);
    if (row?.stamp !== stamp) this.rows.set(url.href, { stamp, since: now, lookedAt: now });
    else if (/\d/.test(stamp) && row.lookedAt - row.since > minute) return this.files.last(url.href);
    else row.lookedAt = now;
    return null;
  }
}

async function textOf({ body }: HttpAnswer): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of body) {
    size += part.length;
    if (size > mostPage)
      throw new RemoteError(`it lists more than ${mostPage / 2 ** 20} MB of names: name one of its files`);
    parts.push(Buffer.from(part));
  }
  return Buffer.concat(parts).toString('utf8');
}
