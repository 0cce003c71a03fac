import { spawn } from 'node:child_process';
import { homedir } from 'node:os';

export type Stream = 'stdout' | 'stderr';

export interface CommandEnd {
  /** `null` where it did not end by itself. */
  code: number | null;
  /** Why it could not be started; `null` where it was. */
  failure: string | null;
}

/** A program of the user's own that runs. */
export interface Command {
  /** Fulfilled when it is gone and all it wrote was handed out. */
  ended: Promise<CommandEnd>;
  /** Whether to go on reading what it writes: else it waits itself. */
  flow(on: boolean): void;
  /** Ends it at once, and whatever it started. It only reads, so nothing is lost. */
  kill(): void;
}

/**
 * Starts a program with an array of arguments, without a shell and without input.
 * @param file absolute path
 * @param take is handed what it writes, which is its own
 */
export function start(
  file: string,
  args: readonly string[],
  take: (bytes: Buffer, stream: Stream) => void,
  environment = process.env,
): Command {
  const isWindows = process.platform === 'win32';
  // A group of its own: what it starts (plugins that log in) has to go with it.
  const child = spawn(file, args, {
    shell: false,
    detached: !isWindows,
    windowsHide: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd: homedir(),
    env: environment,
  });
  child.stdout.on('data', (bytes: Buffer) => take(bytes, 'stdout'));
  child.stderr.on('data', (bytes: Buffer) => take(bytes, 'stderr'));
  const ended = new Promise<CommandEnd>(resolve => {
    child.on('error', error => resolve({ code: null, failure: error.message }));
    child.on('close', code => resolve({ code, failure: null }));
  });
  const flow = (on: boolean) => {
    for (const stream of [child.stdout, child.stderr]) {
      if (on) stream.resume();
      else stream.pause();
    }
  };
  const kill = () => {
    const { pid, exitCode, signalCode } = child;
    if (pid !== undefined && exitCode === null && signalCode === null) killGroup(pid, isWindows);
    // What a grandchild still holds open must not keep us waiting.
    child.stdout.destroy();
    child.stderr.destroy();
  };
  return { ended, flow, kill };
}

function killGroup(pid: number, isWindows: boolean): void {
  try {
    process.kill(isWindows ? pid : -pid, 'SIGKILL');
  } catch {
    // It has just ended by itself.
  }
}
