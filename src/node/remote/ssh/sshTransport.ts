import { homedir, userInfo } from 'node:os';
import type { SourceHost } from '../../../common/protocol/sourceHost';
import type { Stretch } from '../../sources/heldBlocks';
import { abortable } from '../abortable';
import {
  type Connect,
  type FarFile,
  type FarListing,
  type FileTransport,
  type ListOptions,
  RemoteError,
  type TakeBytes,
} from '../transport';
import { FarFiles } from './farFiles';
import { readFar } from './farRead';
import { countFar, grepFar } from './farSearch';
import { SshConfig } from './sshConfig';
import { SshConnection } from './sshConnection';
import { type SshPlace, sshPlaceOf } from './sshPlace';

/** Files of hosts that speak SSH, by SFTP; where they can, they search by themselves. */
export class SshTransport implements FileTransport {
  readonly kind = 'files';
  private readonly host: SourceHost;
  private readonly home: string;
  private readonly patience: number;
  /** By what names the host in a place. */
  private readonly connections = new Map<string, Promise<SshConnection>>();
  private readonly closed = new AbortController();

  /** @param home the folder that holds `.ssh` @param patience so long a host may be silent when it is asked, in ms */
  constructor(host: SourceHost, home: string, patience = 30_000) {
    this.patience = patience;
    this.host = host;
    this.home = home;
  }

  async list(named: string, signal: AbortSignal, { heard }: ListOptions = {}): Promise<FarListing> {
    const place = placeOf(named);
    const connection = await abortable(this.to(place), signal);
    const files = await abortable(connection.files(), signal);
    heard?.();
    return abortable(FarFiles.list(connection, files, place, signal), signal);
  }

  async read({ url }: FarFile, stretches: readonly Stretch[], take: TakeBytes, signal: AbortSignal): Promise<void> {
    const place = placeOf(url);
    await readFar(await abortable(this.to(place), signal), place.path, stretches, take, signal);
  }

  async search({ url }: FarFile, texts: readonly string[], signal: AbortSignal) {
    const place = placeOf(url);
    return grepFar(await abortable(this.to(place), signal), place.path, texts, signal);
  }

  async countLines({ url }: FarFile, to: number, signal: AbortSignal): Promise<number | null> {
    const place = placeOf(url);
    return countFar(await abortable(this.to(place), signal), place.path, to, signal);
  }

  /** The connection to the host of a place, for commands. @throws RemoteError, AbortError */
  connection(named: string, signal: AbortSignal): Promise<SshConnection> {
    return abortable(this.to(placeOf(named)), signal);
  }

  close(): void {
    this.closed.abort();
    for (const connection of this.connections.values())
      connection.then(
        each => each.end('it was closed'),
        () => {},
      );
  }

  /** The connection to the host of a place: one for all who ask, and another one after it was lost. */
  private async to(place: SshPlace): Promise<SshConnection> {
    const known = this.connections.get(place.base);
    if (known) {
      const connection = await known;
      if (!connection.lost) return connection;
      if (this.connections.get(place.base) === known) this.connections.delete(place.base);
      return this.to(place);
    }
    const opened = this.open(place);
    this.connections.set(place.base, opened);
    opened.catch(() => this.connections.get(place.base) === opened && this.connections.delete(place.base));
    return opened;
  }

  private async open(place: SshPlace): Promise<SshConnection> {
    const config = await SshConfig.read(this.home);
    const parts = { host: this.host, home: this.home, user: userInfo().username, config, patience: this.patience };
    return SshConnection.open(place, parts, this.closed.signal);
  }
}

export const connectSsh: Connect = host => new SshTransport(host, homedir());

function placeOf(named: string): SshPlace {
  const place = sshPlaceOf(named);
  if (!place) throw new RemoteError(`${named} names no host and path`);
  return place;
}
