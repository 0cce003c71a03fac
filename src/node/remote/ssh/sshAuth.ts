import { readFile } from 'node:fs/promises';
import path from 'node:path';
import ssh2, { type AnyAuthMethod, type ParsedKey } from 'ssh2';
import type { SourceHost } from '../../../common/protocol/sourceHost';
import { RemoteError } from '../transport';
import type { HostConfig } from './sshConfig';

/** Those that OpenSSH looks for. */
const usualKeys = ['id_ed25519', 'id_ecdsa', 'id_rsa'];
/** So often a secret is asked for. */
const mostTries = 3;

export interface Login {
  user: string;
  /** As it is told to the user: `user@host`. */
  of: string;
  /** What was named: the URL of this host, or of one behind it. */
  server: string;
  config: HostConfig;
  home: string;
  host: SourceHost;
}

/**
 * One way to log in after the other, as long as the server takes it: the agent, keys (a passphrase is asked for), a
 * password. What was tried is told in the end.
 */
export class SshAuth {
  readonly tried: string[] = [];
  private readonly login: Login;
  private readonly ways: AsyncGenerator<AnyAuthMethod, void, void>;
  private left: readonly string[] | null = null;

  constructor(login: Login) {
    this.login = login;
    this.ways = this.all();
  }

  /** @param left what the server takes, `null` before it was asked @returns `null` where nothing is left to try */
  async next(left: readonly string[] | null): Promise<AnyAuthMethod | null> {
    this.left = left;
    const next = await this.ways.next();
    return next.done ? null : next.value;
  }

  private async *all(): AsyncGenerator<AnyAuthMethod, void, void> {
    const { user: username, config } = this.login;
    yield { type: 'none', username };
    const agent = config.identityAgent ?? process.env.SSH_AUTH_SOCK;
    if (agent && agent !== 'none' && this.takes('publickey')) {
      this.tried.push('the keys of the agent');
      yield { type: 'agent', username, agent };
    }
    for (const file of this.keyFiles()) {
      if (!this.takes('publickey')) break;
      const key = await this.keyIn(file);
      if (!key) continue;
      this.tried.push(`the key ${file}`);
      yield { type: 'publickey', username, key };
    }
    for (let tries = 0; tries < mostTries; tries++) {
      const isAsked = this.takes('password') || this.takes('keyboard-interactive');
      const password = isAsked ? await this.password(tries > 0) : null;
      if (password === null) return;
      if (tries === 0) this.tried.push('a password');
      yield this.takes('password') ? { type: 'password', username, password } : interactive(username, password);
    }
  }

  private takes(method: string): boolean {
    return this.left === null || this.left.includes(method);
  }

  private keyFiles(): string[] {
    const { config, home } = this.login;
    return config.identityFiles ?? usualKeys.map(name => path.join(home, '.ssh', name));
  }

  private password(refused: boolean): Promise<string | null> {
    const { host, of, server } = this.login;
    return host.secret({ kind: 'password', key: `ssh ${of}`, of, refused, server });
  }

  /** `null` where there is none, or the user does not give its passphrase. @throws RemoteError where it is no key */
  private async keyIn(file: string): Promise<ParsedKey | null> {
    const content = await readFile(file).catch(() => null);
    if (!content) return null;
    let key = ssh2.utils.parseKey(content);
    for (let tries = 0; key instanceof Error && tries < mostTries; tries++) {
      if (!/encrypted|passphrase/i.test(key.message)) {
        throw new RemoteError(`${file} is no key that can be used: ${key.message}`);
      }
      const { host, server } = this.login;
      const question = { kind: 'passphrase', key: `key ${file}`, of: file, refused: tries > 0, server } as const;
      const passphrase = await host.secret(question);
      if (passphrase === null) return null;
      key = ssh2.utils.parseKey(content, passphrase);
    }
    return key instanceof Error ? null : key;
  }
}

/** A server that asks for one hidden line asks for the password. */
const interactive = (username: string, password: string): AnyAuthMethod => ({
  type: 'keyboard-interactive',
  username,
  prompt: (_name, _instructions, _lang, prompts, finish) => finish(prompts.map(({ echo }) => (echo ? '' : password))),
});
