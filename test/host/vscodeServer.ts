import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { removeDir, tempDir } from './paths';
import { lastLines, spawnLeashed, stopLeashed } from './process';
import { ensureServer } from './serverInstall';

export interface ServerOptions {
  extensionsDir?: string;
  /** All of the server's data, its sockets too; by default a temporary folder that goes with the server. */
  userDataDir?: string;
  /** Added to this process's environment; reaches the extension host. */
  env?: NodeJS.ProcessEnv;
  /** Lets the page load an extension and its tests from folders. Its price: notification toasts never show. */
  smokeTestDriver?: boolean;
  /** Protects the server by a random token in the URL. */
  connectionToken?: boolean;
  /** Off by default: every workspace counts as trusted. */
  workspaceTrust?: boolean;
  settings?: Record<string, unknown>;
}

export interface VscodeServer {
  port: number;
  /** `host:port`, as `vscode-remote://` addresses want it. */
  authority: string;
  /**
   * The workbench takes these up at once. They go into the machine's settings, which rank above the user's: of the
   * user's file, when it is written from outside, the workbench takes up the first change only.
   */
  changeSettings(settings: Record<string, unknown>): void;
  /** The address of the workbench, with the token where there is one. */
  page(query?: Record<string, string>): string;
  /** The end of what the server has said, for error messages. */
  output(): string;
  onExit(listener: () => void): void;
  stop(): Promise<void>;
}

/** No prompts, tips, assistants or look-ups on the network, which a test would trip over. */
const quietSettings = {
  'chat.disableAIFeatures': true,
  'extensions.autoUpdate': 'off',
  'extensions.ignoreRecommendations': true,
  // As on the desktop. In a browser VS Code writes what is typed after a second, and a log that is being written may be empty.
  'files.autoSave': 'off',
  'git.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'workbench.enableExperiments': false,
  'workbench.reduceMotion': 'on',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
};

export async function startServer(options: ServerOptions = {}): Promise<VscodeServer> {
  const build = await ensureServer();
  const data = options.userDataDir ?? tempDir('vscode');
  mkdirSync(join(data, 'tmp'), { recursive: true });
  writeSettings(data, 'User', { ...quietSettings, ...options.settings });
  let changed: Record<string, unknown> = {};

  const token = options.connectionToken ? randomBytes(16).toString('hex') : undefined;
  const args = [
    ...['--host', '127.0.0.1', '--port', '0', '--accept-server-license-terms', '--telemetry-level', 'off'],
    ...['--server-data-dir', data, '--user-data-dir', join(data, 'data')],
    ...['--extensions-dir', options.extensionsDir ?? join(data, 'extensions')],
    ...tokenArguments(data, token),
    ...(options.workspaceTrust ? [] : ['--disable-workspace-trust']),
    ...(options.smokeTestDriver ? ['--enable-smoke-test-driver'] : []),
  ];
  const child = spawnLeashed(build.node, [build.main, ...args], { env: serverEnv(data, options.env) });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-50_000)));
  }
  const output = () => lastLines(said, 30);
  const port = await portOf(child, () => said);
  return {
    port,
    authority: `127.0.0.1:${port}`,
    page: query => {
      const parameters = new URLSearchParams({ ...(token === undefined ? {} : { tkn: token }), ...query });
      return `http://127.0.0.1:${port}/?${parameters}`;
    },
    changeSettings: settings => {
      changed = { ...changed, ...settings };
      writeSettings(data, 'Machine', changed);
    },
    output,
    onExit: listener => void child.once('exit', listener),
    stop: async () => {
      await stopLeashed(child);
      if (options.userDataDir === undefined) removeDir(data);
    },
  };
}

function writeSettings(data: string, level: 'User' | 'Machine', settings: Record<string, unknown>): void {
  const dir = join(data, 'data', level);
  mkdirSync(dir, { recursive: true });
  writeFileSync(join(dir, 'settings.json'), JSON.stringify(settings, undefined, 2));
}

/** The token goes through a file: any user of the machine can read a process's arguments. */
function tokenArguments(data: string, token: string | undefined): string[] {
  if (token === undefined) return ['--without-connection-token'];
  const file = join(data, 'token');
  writeFileSync(file, token, { mode: 0o600 });
  return ['--connection-token-file', file];
}

/** Without what npm, tsx or a surrounding VS Code left in the environment, and with the server's sockets in its folder. */
export function serverEnv(data: string, extra: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(VSCODE_|npm_|NODE_OPTIONS$)/.test(name));
  return {
    ...Object.fromEntries(inherited),
    TMPDIR: join(data, 'tmp'),
    // No gallery: it would be asked in vain.
    EXTENSIONS_GALLERY: '{"serviceUrl":""}',
    ...extra,
  };
}

function portOf(child: ChildProcess, said: () => string): Promise<number> {
  return new Promise((resolve, reject) => {
    const fail = (reason: string) => {
      clearTimeout(deadline);
      child.stdin?.end();
      reject(new Error(`VS Code's server ${reason}.\n${said()}\nIf it stays so, remove .vscode-test and run again.`));
    };
    const deadline = setTimeout(() => fail('did not start within 60 s'), 60_000);
    child.once('close', () => fail('ended while starting'));
    child.stdout?.on('data', () => {
      const port = /agent listening on (\d+)/.exec(said())?.[1];
      if (port === undefined) return;
      clearTimeout(deadline);
      resolve(Number(port));
    });
  });
}
