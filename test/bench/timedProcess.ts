import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { residentOf } from './memory';
import type { Sample } from './rounds';

/**
 * Node does not tell what CPU time a child took; bash does, in ms. What it says goes to a descriptor of its own, so that
 * the command keeps its standard error.
 */
const timed = `exec 4>&2; TIMEFORMAT='%3R %3U %3S'; { time "$@" 2>&4 3>&- 4>&-; } 2>&3`;
const pollMs = 5;

export interface Ran extends Sample {
  readonly output: string;
}

/** Runs a command to its end. @throws Error if bash is not there or the command does not end with 0 */
export async function timedProcess(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<Ran> {
  const child = spawn('bash', ['-c', timed, 'bash', command, ...args], {
    env,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  const texts = ['', '', ''];
  for (const [at, stream] of [child.stdout, child.stderr, child.stdio[3] as Readable].entries()) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      texts[at] += text;
    });
  }
  const peak = watchPeak(child);
  const [code] = await once(child, 'close');
  const peakBytes = peak();
  const [output = '', errors = '', times = ''] = texts;
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}: ${errors.slice(-500)}`);
  const [wall = Number.NaN, user = Number.NaN, system = Number.NaN] = times.trim().split(' ').map(Number);
  return { ms: wall * 1000, cpuMs: (user + system) * 1000, peakBytes, output };
}

/** Looks at the command now and then: its highest value only grows, so that the last look is the one that counts. */
function watchPeak({ pid }: ChildProcess): () => number {
  let peak = Number.NaN;
  let command: number | undefined;
  const timer = setInterval(() => {
    command ??= pid === undefined ? undefined : childOf(pid);
    if (command !== undefined) peak = residentOf(command).peak || peak;
  }, pollMs);
  return () => {
    clearInterval(timer);
    return peak;
  };
}

function childOf(pid: number): number | undefined {
  try {
    return Number.parseInt(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8'), 10) || undefined;
  } catch {
    return undefined;
  }
}
