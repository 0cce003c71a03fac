import { readFile } from 'node:fs/promises';
import path from 'node:path';
import SSHConfig from 'ssh-config';
import { glob } from 'tinyglobby';
import { RemoteError } from '../transport';

/** What `~/.ssh/config` says of a host, with what it leaves open filled in. */
export interface HostConfig {
  hostName: string;
  port: number;
  user: string | null;
  /** Files of private keys; `null`: the usual ones. */
  identityFiles: string[] | null;
  /** Socket of an agent; `null`: that of the environment. */
  identityAgent: string | null;
  /** Hosts to go through, the first one first. */
  jumps: string[];
  knownHostsFiles: string[];
  /** Name under which the host's key is known. */
  hostKeyAlias: string | null;
  /** Unknown hosts are refused without a question. */
  strict: boolean;
}

const mostIncludes = 64;

/** Reads the configuration of OpenSSH's client (ssh_config(5)). `Match exec` never fits: nothing is run. */
export class SshConfig {
  private readonly home: string;
  private readonly parsed: SSHConfig;

  private constructor(home: string, parsed: SSHConfig) {
    this.home = home;
    this.parsed = parsed;
  }

  /** @param home the folder that holds `.ssh` @throws RemoteError where the file cannot be understood */
  static async read(home: string): Promise<SshConfig> {
    const file = path.join(home, '.ssh', 'config');
    try {
      return new SshConfig(home, SSHConfig.parse(await textOf(file, home, [])));
    } catch (error) {
      throw new RemoteError(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  of(host: string): HostConfig {
    const found = this.parsed.compute(host, { ignoreCase: true, matchExec: false }) as Record<string, unknown>;
    const all = (name: string): string[] => [found[name] ?? []].flat().map(String);
    const one = (name: string): string | null => all(name)[0] ?? null;
    const hostName = (one('hostname') ?? host).replaceAll('%h', host);
    const jump = one('proxyjump');
    if (jump === null && one('proxycommand') !== null && one('proxycommand')?.toLowerCase() !== 'none') {
      throw new RemoteError(`${host} is reached by a ProxyCommand, which is not run: use ProxyJump in ~/.ssh/config`);
    }
    const filled = (file: string) => this.expand(file).replaceAll('%h', hostName).replaceAll('%n', host);
    const identityFiles = all('identityfile').filter(file => file.toLowerCase() !== 'none');
    const known = all('userknownhostsfile').flatMap(files => files.split(/\s+/));
    const agent = one('identityagent');
    return {
      hostName,
      port: Number(one('port') ?? 22),
      user: one('user'),
      identityFiles: found.identityfile === undefined ? null : identityFiles.map(filled),
      identityAgent: agent === null || agent === 'SSH_AUTH_SOCK' ? null : filled(agent),
      jumps: jump === null || jump.toLowerCase() === 'none' ? [] : jump.split(',').map(each => each.trim()),
      knownHostsFiles: (known.length > 0 ? known : ['~/.ssh/known_hosts', '~/.ssh/known_hosts2']).map(filled),
      hostKeyAlias: one('hostkeyalias'),
      strict: one('stricthostkeychecking')?.toLowerCase() === 'yes',
    };
  }

  private expand(file: string): string {
    return file.replaceAll('%d', this.home).replace(/^~(?=\/|$)/, this.home);
  }
}

/** The text of a file with those that it includes; none where there is no such file. */
async function textOf(file: string, home: string, within: string[]): Promise<string> {
  const text = await readFile(file, 'utf8').catch(error => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return '';
    throw error;
  });
  const lines = text.split(/\r?\n/).map(async line => {
    const pattern = /^\s*include[\s=]+"?([^"]+?)"?\s*$/i.exec(line)?.[1];
    if (pattern === undefined) return line;
    if (within.includes(file) || within.length >= mostIncludes) return '';
    const patterns = pattern.split(/\s+/).map(each => path.resolve(home, '.ssh', each.replace(/^~(?=\/|$)/, home)));
    const files = await glob(
      patterns.map(each => each.replaceAll('\\', '/')),
      { absolute: true, dot: true },
    );
    return (await Promise.all(files.sort().map(each => textOf(each, home, [...within, file])))).join('\n');
  });
  return (await Promise.all(lines)).join('\n');
}
