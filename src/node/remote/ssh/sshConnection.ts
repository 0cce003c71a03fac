import type { Duplex } from 'node:stream';
import type { Client, ClientChannel, SFTPWrapper } from 'ssh2';
import type { SourceHost } from '../../../common/protocol/sourceHost';
import { RemoteError } from '../transport';
import type { Login } from './sshAuth';
import type { SshConfig } from './sshConfig';
import { logIn } from './sshLogin';
import { type SshPlace, sshPlaceOf } from './sshPlace';

const mostJumps = 8;

export interface SshParts {
  host: SourceHost;
  /** The folder that holds `.ssh`. */
  home: string;
  /** Name of the user here, for hosts where none is given. */
  user: string;
  config: SshConfig;
  /** So long a host may be silent when it is asked, in ms. */
  patience: number;
}

/** A connection to a host, with those to the hosts on the way to it. */
export class SshConnection {
  /** Why it is no longer there; `null` while it is. */
  lost: RemoteError | null = null;
  /** As it is told to the user: `user@host`. */
  readonly of: string;
  private readonly client: Client;
  private readonly all: readonly Client[];
  private sftp: Promise<SFTPWrapper> | null = null;
  private readonly pending = new Set<(error: RemoteError) => void>();
  private readonly patience: number;
  private silent: NodeJS.Timeout | undefined;

  private constructor(of: string, client: Client, all: readonly Client[], patience: number) {
    this.of = of;
    this.patience = patience;
    this.client = client;
    this.all = all;
    for (const each of all) {
      each.on('error', error => this.end(error.message));
      each.on('close', () => this.end('it was closed'));
    }
  }

  /** @throws RemoteError, AbortError */
  static async open(place: SshPlace, parts: SshParts, signal: AbortSignal): Promise<SshConnection> {
    const all: Client[] = [];
    try {
      const target = loginTo(place, place.base, parts);
      return new SshConnection(target.of, await reach(target, parts, signal, all), all, parts.patience);
    } catch (error) {
      for (const client of all) client.destroy();
      throw error;
    }
  }

  /** The one session of SFTP. @throws RemoteError */
  files(): Promise<SFTPWrapper> {
    this.sftp ??= this.asked<SFTPWrapper>(done =>
      this.client.sftp((error, sftp) => {
        const why =
          error && new RemoteError(`${this.of} offers no SFTP (${error.message}): ask who runs it to turn it on`);
        done(why, sftp);
      }),
    );
    return this.sftp;
  }

  /** Runs a command line on the host, in the shell of the user. @throws RemoteError, Error where the host runs none */
  run(command: string): Promise<ClientChannel> {
    return this.asked(done => this.client.exec(command, done));
  }

  /** An answer to a question, or the news that the connection is lost. @throws RemoteError, the error of the answer */
  asked<Answer>(ask: (done: (error: Error | null | undefined, answer: Answer) => void) => void): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (this.lost) return reject(this.lost);
      this.pending.add(reject);
      if (this.pending.size === 1) this.heard();
      ask((error, answer) => {
        this.pending.delete(reject);
        this.heard();
        if (error) reject(error);
        else resolve(answer);
      });
    });
  }

  /** Ends it at once. @param why for who is still waiting */
  end(why: string): void {
    if (this.lost) return;
    this.lost = new RemoteError(`the connection to ${this.of} broke off (${why}): try again`, { passing: true });
    for (const reject of this.pending) reject(this.lost);
    this.pending.clear();
    clearTimeout(this.silent);
    for (const client of this.all) client.destroy();
  }

  /** From now on it is waited for the next answer, if one is due. */
  private heard(): void {
    clearTimeout(this.silent);
    if (this.pending.size === 0 || this.lost) return;
    this.silent = setTimeout(() => this.end(`it is silent for ${this.patience / 1000} s`), this.patience);
  }
}

/** What the place, the configuration and the user's name here say of a host. */
function loginTo({ user, host, port }: SshPlace, server: string, parts: SshParts): Login {
  const found = parts.config.of(host);
  const config = port === null ? found : { ...found, port };
  const name = user ?? config.user ?? parts.user;
  const of = `${name}@${host}${config.port === 22 ? '' : `:${config.port}`}`;
  return { user: name, config, of, server, home: parts.home, host: parts.host };
}

/** Logs in to a host, by way of its jumps. @param all takes every client */
async function reach(target: Login, parts: SshParts, signal: AbortSignal, all: Client[], depth = 0): Promise<Client> {
  const { jumps, hostName, port } = target.config;
  const last = jumps.at(-1);
  let sock: Duplex | null = null;
  if (last !== undefined) {
    const place = sshPlaceOf(`ssh://${last.replace(/^ssh:\/\//i, '')}/-`);
    if (!place || depth === mostJumps)
      throw new RemoteError(`${target.of} cannot be reached by ProxyJump ${last}: check ~/.ssh/config`);
    const jump = loginTo(place, target.server, parts);
    // A jump has jumps of its own, unless more than one was named.
    const before = jumps.length > 1 ? jumps.slice(0, -1) : jump.config.jumps;
    const client = await reach({ ...jump, config: { ...jump.config, jumps: before } }, parts, signal, all, depth + 1);
    sock = await new Promise((resolve, reject) =>
      client.forwardOut('127.0.0.1', 0, hostName, port, (error, channel) => {
        if (error)
          reject(new RemoteError(`${jump.of} does not lead on to ${target.of} (${error.message})`, { passing: true }));
        else resolve(channel);
      }),
    );
  }
  const client = await logIn(target, sock, signal);
  all.push(client);
  return client;
}
