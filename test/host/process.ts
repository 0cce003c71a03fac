import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
import { once } from 'node:events';

/**
 * Puts a command on a leash: it leads a process group of its own, and a watcher in that group kills the whole group as
 * soon as the pipe from this process closes. So nothing is left over however this process ends, even by SIGKILL.
 * The command keeps its process id and its exit code, for the shell is replaced by it.
 */
const leash = 'exec 3<&0 </dev/null; (read _ <&3; kill -KILL 0) >/dev/null 2>&1 & exec 3<&-; exec "$@"';

export interface SpawnOptions {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  /** Shows the command's output in the terminal instead of handing it to the caller. */
  show?: boolean;
}

export function spawnLeashed(command: string, args: readonly string[], options: SpawnOptions = {}): ChildProcess {
  const { cwd, env = process.env, show = false } = options;
  const output = show ? 'inherit' : 'pipe';
  const stdio: StdioOptions = ['pipe', output, output];
  const place = cwd === undefined ? { env, stdio } : { cwd, env, stdio };
  if (process.platform === 'win32') return spawn(command, args, { ...place, shell: true });
  const child = spawn('/bin/sh', ['-c', leash, 'sh', command, ...args], { ...place, detached: true });
  child.once('exit', () => child.stdin?.end());
  return child;
}

/** Kills the command and everything it started. */
export async function stopLeashed(child: ChildProcess): Promise<void> {
  const ended = child.exitCode !== null || child.signalCode !== null;
  const closed = ended ? undefined : once(child, 'close');
  child.stdin?.end();
  if (process.platform === 'win32') child.kill();
  await closed;
}

/** Runs a command to its end and returns its output; an error quotes the end of it. */
export async function run(command: string, args: readonly string[], options: SpawnOptions = {}): Promise<string> {
  const child = spawnLeashed(command, args, options);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', text => (output += text));
  const [code, signal] = await once(child, 'close');
  if (code === 0) return output;
  throw new Error(`"${[command, ...args].join(' ')}" ended with ${code ?? signal}.\n${lastLines(output, 30)}`);
}

/** Install scripts stay off: they would compile, and need a compiler; what they build is not needed here. */
export async function npmInstall(dir: string, ...args: string[]): Promise<void> {
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
  try {
    await run('npm', ['install', '--ignore-scripts', ...quiet, ...args], { cwd: dir });
  } catch (error) {
    throw new Error(`The npm registry (npm config get registry) must be reachable. ${(error as Error).message}`);
  }
}

export function lastLines(text: string, count: number): string {
  return text.trimEnd().split('\n').slice(-count).join('\n');
}
