import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { until } from '../../node/support/until';
import { freePort } from './sshServer';

const isRoot = process.getuid?.() === 0;

/** A real web server on loopback, with files of its own in a folder. */
export class WebServer {
  readonly logs: string;
  origin = '';
  private process: ChildProcess | null = null;

  private constructor(folder: string) {
    this.logs = path.join(folder, 'logs');
  }

  /** `/html/`, `/json/`: the logs, listed; `/whole/`: without ranges; `/token/`, `/login/`: guarded; `/metadata`: leads there. */
  static nginx(folder: string): Promise<WebServer> {
    writeFileSync(path.join(folder, 'users'), 'ann:{PLAIN}secret\n');
    const temp = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
      name => `${name}_temp_path ${folder}/${name};`,
    );
    return WebServer.start(folder, '/usr/sbin/nginx', port => [
      'daemon off; worker_processes 2;',
      isRoot ? 'user root;' : '',
      `pid ${folder}/pid; error_log stderr; events {}`,
      `http { access_log off; sendfile on; default_type text/plain; ${temp.join(' ')}`,
      `server { listen 127.0.0.1:${port}; root ${folder}; gzip on; gzip_types text/plain; gzip_min_length 1;`,
      `location /html/ { alias ${folder}/logs/; autoindex on; }`,
      `location /json/ { alias ${folder}/logs/; autoindex on; autoindex_format json; }`,
      `location /whole/ { alias ${folder}/logs/; max_ranges 0; }`,
      `location /slow/ { alias ${folder}/logs/; limit_rate 4m; }`,
      `location /token/ { alias ${folder}/logs/; if ($http_authorization != "Bearer right") { return 401; } }`,
      `location /login/ { alias ${folder}/logs/; auth_basic logs; auth_basic_user_file ${folder}/users; }`,
      'location /metadata { return 302 http://169.254.169.254/latest/meta-data/; } } }',
    ]);
  }

  /** `/plain/`, `/fancy/`, `/table/`: the logs, listed in one of its ways. */
  static apache(folder: string): Promise<WebServer> {
    const modules = ['mpm_event', 'authz_core', 'autoindex', 'alias', 'dir'];
    const listed = (name: string, options: string) => [
      `Alias /${name}/ ${folder}/logs/`,
      `<Location /${name}/>`,
      `IndexOptions ${options}`,
      '</Location>',
    ];
    return WebServer.start(folder, '/usr/sbin/apache2', port => [
      ...modules.map(name => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`),
      `ServerRoot ${folder}`,
      `ServerName 127.0.0.1\nListen 127.0.0.1:${port}\nPidFile ${folder}/pid\nErrorLog ${folder}/error.log`,
      `DefaultRuntimeDir ${folder}\nMutex posixsem`,
      isRoot ? 'User www-data\nGroup www-data' : '',
      `<Directory ${folder}/logs>`,
      'Options +Indexes\nRequire all granted',
      '</Directory>',
      ...listed('plain', '-FancyIndexing'),
      ...listed('fancy', 'FancyIndexing'),
      ...listed('table', 'FancyIndexing HTMLTable NameWidth=*'),
    ]);
  }

  private static async start(folder: string, program: string, lines: (port: number) => string[]): Promise<WebServer> {
    if (!existsSync(program)) throw new Error(`no ${program} here: apt-get install nginx-light apache2-bin`);
    const server = new WebServer(folder);
    // It may run as another user.
    chmodSync(folder, 0o755);
    mkdirSync(server.logs);
    const port = await freePort();
    const config = path.join(folder, 'server.conf');
    writeFileSync(config, lines(port).join('\n'));
    const args = ['-f', config, '-D', 'FOREGROUND'];
    const run = spawn(program, program.endsWith('nginx') ? ['-c', config] : args, {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    server.process = run;
    server.origin = `http://127.0.0.1:${port}`;
    let said = '';
    run.stderr?.on('data', chunk => {
      said += chunk;
    });
    await until(async () => {
      if (run.exitCode !== null) throw new Error(`${program} does not run: ${said}, see ${folder}/error.log`);
      return isOpen(port);
    });
    return server;
  }

  /** Breaks off all connections; new ones can be made. */
  dropConnections(): void {
    for (const pid of this.workers) process.kill(pid, 'SIGKILL');
  }

  /** Serves no more, without a word; `SIGCONT` goes on. */
  signal(name: 'SIGSTOP' | 'SIGCONT'): void {
    for (const pid of this.workers) process.kill(pid, name);
  }

  async stop(): Promise<void> {
    const { process: run } = this;
    this.process = null;
    if (!run || run.exitCode !== null) return;
    const ended = new Promise(resolve => run.once('exit', resolve));
    run.kill('SIGTERM');
    await ended;
  }

  private get workers(): number[] {
    const pid = this.process?.pid;
    if (pid === undefined) return [];
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number);
  }
}

const isOpen = (port: number): Promise<boolean> =>
  new Promise(resolve => {
    const socket = connect(port, '127.0.0.1');
    socket.on('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
