import { matchesGlob } from '../../../common/profile/globMatch';
import type { SourceHost } from '../../../common/protocol/sourceHost';
import type { Stretch } from '../../sources/heldBlocks';
import {
  type Connect,
  type FarFile,
  type FarListing,
  type FileTransport,
  type ListOptions,
  RemoteError,
  type TakeBytes,
} from '../transport';
import { HttpClient } from './httpClient';
import { HttpFiles, WebPageError } from './httpFiles';
import { HttpFolders } from './httpFolders';
import { HttpLogins } from './httpLogins';
import { httpPlaceOf } from './httpPlace';
import { HttpRead } from './httpRead';
import { HttpWays } from './httpWays';
import { Spools } from './spools';
import { readWhole } from './wholeRead';

export interface HttpOptions {
  /** Where proxies are named, see `HttpWays`. */
  environment: NodeJS.ProcessEnv;
  /** So long a server may be silent, in ms. */
  patience?: number;
}

/** Files behind http and https, and folders of them that a server lists. */
export class HttpTransport implements FileTransport {
  readonly kind = 'files';
  private readonly client: HttpClient;
  private readonly ways: HttpWays;
  private readonly spools = new Spools();
  private readonly files: HttpFiles;
  private readonly folders: HttpFolders;

  constructor(host: SourceHost, { environment, patience }: HttpOptions) {
    this.ways = new HttpWays(environment);
    this.client = new HttpClient({ ways: this.ways, logins: new HttpLogins(host), patience });
    this.files = new HttpFiles(this.client, this.spools);
    this.folders = new HttpFolders(this.client, this.files);
  }

  async list(place: string, signal: AbortSignal, { heard = () => {} }: ListOptions = {}): Promise<FarListing> {
    const { origin } = httpPlaceOf(place).url;
    this.client.answers.once(origin, heard);
    try {
      return await this.listNow(place, signal);
    } finally {
      this.client.answers.off(origin, heard);
    }
  }

  private async listNow(place: string, signal: AbortSignal): Promise<FarListing> {
    const { url, glob } = httpPlaceOf(place);
    if (glob === null) return url.pathname.endsWith('/') ? this.folder(url, signal) : this.file(url, signal);
    const fits = (name: string) => name === glob || (matchesGlob(glob, name) && !isHidden(name, glob));
    const listing = await this.folders.list(url, fits, signal);
    if (!listing) throw new RemoteError(`the server does not list ${url.href}: name a file in it`);
    const { files, skipped } = listing;
    if (files.length + skipped.length === 0) skipped.push({ source: place, reason: 'no file fits this pattern' });
    return listing;
  }

  async read(file: FarFile, stretches: readonly Stretch[], take: TakeBytes, signal: AbortSignal): Promise<void> {
    const { url } = file;
    if (this.files.hasRanges(url)) return new HttpRead(this.client, file, take, signal).all(stretches);
    const spool = await this.spools.of(url);
    if (spool) {
      await readWhole(spool.createReadStream(), file, stretches, take);
      await this.spools.drop(url);
      return;
    }
    const answer = await this.client.get(new URL(url), {}, signal);
    try {
      await readWhole(answer.body, file, stretches, take);
    } finally {
      answer.drop();
    }
  }

  close(): void {
    this.ways.close();
    this.spools.close();
  }

  private async file(url: URL, signal: AbortSignal): Promise<FarListing> {
    try {
      return { files: [await this.files.look(url, signal)], skipped: [] };
    } catch (error) {
      if (!(error instanceof WebPageError)) throw error;
      // Servers lead from the name of a folder to the folder.
      const folder = new URL(`${url.pathname}/${url.search}`, url);
      const isFolder = error.url.origin === url.origin && error.url.pathname === folder.pathname;
      const listing = isFolder ? await this.folders.list(folder, null, signal) : null;
      if (!listing) throw error;
      return listing;
    }
  }

  /** What ends with a `/` may be a file all the same. */
  private async folder(url: URL, signal: AbortSignal): Promise<FarListing> {
    return (await this.folders.list(url, null, signal)) ?? this.file(url, signal);
  }
}

const isHidden = (name: string, glob: string): boolean => name.startsWith('.') && !glob.startsWith('.');

export const connectHttp: Connect = host => new HttpTransport(host, { environment: process.env });
