import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { userInfo } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const sshd = '/usr/sbin/sshd';

/** A real OpenSSH server on loopback, with keys and files of its own in a folder. */
export class SshServer {
  readonly folder: string;
  /** What the client takes for the user's home. */
  readonly home: string;
  /** The logs. */
  readonly logs: string;
  port = 0;
  private readonly user = userInfo().username;
  private process: ChildProcess | null = null;

  constructor(folder: string) {
    this.folder = folder;
    this.home = path.join(folder, 'home');
    this.logs = path.join(folder, 'logs');
  }

  /** @param more lines of its configuration */
  static async start(folder: string, more: readonly string[] = []): Promise<SshServer> {
    if (!existsSync(sshd)) throw new Error('no OpenSSH server here: apt-get install openssh-server');
    const server = new SshServer(folder);
    mkdirSync(path.join(server.home, '.ssh'), { recursive: true, mode: 0o700 });
    mkdirSync(server.logs);
    server.newKey('host_key');
    server.newKey('user_key');
    writeFileSync(path.join(folder, 'authorized_keys'), readFileSync(path.join(folder, 'user_key.pub')));
    server.port = await freePort();
    await server.run(more);
    server.trust();
    server.configure();
    return server;
  }

  /** `ssh://…` of a path below the logs. */
  url(name = ''): string {
    return this.urlOf(name === '' ? this.logs : `${this.logs}/${name}`);
  }

  /** `ssh://…` of any path. */
  urlOf(path: string): string {
    return `ssh://${this.user}@127.0.0.1:${this.port}${path}`;
  }

  get hostName(): string {
    return `[127.0.0.1]:${this.port}`;
  }

  /** Makes a pair of keys anew. */
  newKey(name: string, passphrase = ''): string {
    const file = path.join(this.folder, name);
    rmSync(file, { force: true });
    rmSync(`${file}.pub`, { force: true });
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', passphrase, '-f', file]);
    return file;
  }

  /** As `ssh-keygen -lf` tells it. */
  fingerprint(): string {
    const told = execFileSync('ssh-keygen', ['-lf', path.join(this.folder, 'host_key.pub')], { encoding: 'utf8' });
    return told.split(' ')[1] ?? '';
  }

  /** Writes its key into `known_hosts`, with its name hashed. */
  trust(): void {
    const file = path.join(this.home, '.ssh', 'known_hosts');
    const [type, key] = readFileSync(path.join(this.folder, 'host_key.pub'), 'utf8').split(' ');
    writeFileSync(file, `${this.hostName} ${type} ${key}\n`);
    execFileSync('ssh-keygen', ['-q', '-H', '-f', file], { stdio: 'ignore' });
  }

  /** The client's configuration. */
  configure(lines: readonly string[] = [`IdentityFile ${path.join(this.folder, 'user_key')}`]): void {
    writeFileSync(path.join(this.home, '.ssh', 'config'), `IdentityAgent none\n${lines.join('\n')}\n`);
  }

  /** Runs it, at the same port. */
  async run(more: readonly string[] = []): Promise<void> {
    const config = path.join(this.folder, 'sshd_config');
    const lines = [
      `Port ${this.port}`,
      'ListenAddress 127.0.0.1',
      `HostKey ${path.join(this.folder, 'host_key')}`,
      `AuthorizedKeysFile ${path.join(this.folder, 'authorized_keys')}`,
      `PidFile ${path.join(this.folder, 'sshd.pid')}`,
      'StrictModes no',
      'UsePAM no',
      'PermitRootLogin yes',
      'PasswordAuthentication no',
      'KbdInteractiveAuthentication no',
      'Subsystem sftp internal-sftp',
      ...more,
    ];
    // The first word on a matter counts.
    writeFileSync(config, [...more, ...lines].join('\n'));
    mkdirSync('/run/sshd', { recursive: true, mode: 0o755 });
    this.process = spawn(sshd, ['-D', '-e', '-f', config], { stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    this.process.stderr?.on('data', chunk => {
      said += chunk;
    });
    for (let tries = 0; !said.includes('Server listening'); tries++) {
      if (tries > 200 || this.process.exitCode !== null) throw new Error(`sshd does not run: ${said}`);
      await delay(20);
    }
  }

  /** The processes that serve connections. */
  get children(): number[] {
    const { pid } = this.process ?? {};
    return pid === undefined ? [] : descendants(pid);
  }

  /** Breaks off all connections; new ones can be made. */
  dropConnections(): void {
    for (const pid of this.children) signal(pid, 'SIGKILL');
  }

  /** Serves no more, without a word; `SIGCONT` goes on. */
  signalConnections(name: 'SIGSTOP' | 'SIGCONT'): void {
    for (const pid of this.children) signal(pid, name);
  }

  async stop(): Promise<void> {
    this.signalConnections('SIGCONT');
    this.dropConnections();
    const { process: running } = this;
    this.process = null;
    if (!running || running.exitCode !== null) return;
    const ended = new Promise(resolve => running.once('exit', resolve));
    running.kill('SIGKILL');
    await ended;
  }
}

function descendants(pid: number): number[] {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean);
    return children.map(Number).flatMap(child => [child, ...descendants(child)]);
  } catch {
    return [];
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It ended meanwhile.
  }
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
