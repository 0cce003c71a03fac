import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { LogEngine, TraceHeader } from '../../../src/common/protocol/logEngine';
import { json, orderId, others, tempFolder } from './logs';

const writer = path.join(import.meta.dirname, 'busyWriter.mjs');
/** For the whole load: `FOLLOW_SECONDS=60 FOLLOW_LINES=100000 FOLLOW_ROTATIONS=10`. */
export const seconds = Number(process.env.FOLLOW_SECONDS ?? 4);
const linesPerSecond = Number(process.env.FOLLOW_LINES ?? 20_000);
const rotations = Number(process.env.FOLLOW_ROTATIONS ?? 3);
const every = linesPerSecond / 100;

export interface FollowOutcome {
  written: number;
  numbers: number[];
  notes: string[];
  /** From the writing of a record to its being told, in ms. */
  lags: number[];
  /** Highest resident memory over that at the beginning, in MB. */
  memory: number;
  /** What this thread holds at the end over what it held after a third of the time, both without garbage, in MB. */
  kept: number;
}

/**
 * Follows a log in a folder while it is written and rotated.
 * @param use runs with an engine over that folder
 */
export async function followLoad(
  manner: 'rename' | 'copy',
  use: (folder: string, follow: (engine: LogEngine) => Promise<FollowOutcome>) => Promise<FollowOutcome>,
): Promise<FollowOutcome> {
  const folder = tempFolder({
    'busy.log': others(200) + json(0, { correlationId: orderId, service: 'api', message: 'the first' }),
  });
  const file = path.join(folder, 'busy.log');
  return use(folder, async engine => {
    const found = await engine.lookup({ text: orderId });
    if (found.kind !== 'trace') return assert.fail(found.kind);
    let header: TraceHeader = found.trace;
    const lags: number[] = [];
    const base = process.memoryUsage.rss();
    let memory = 0;
    const abort = new AbortController();
    const onProgress = (next: TraceHeader) => {
      header = next;
      memory = Math.max(memory, process.memoryUsage.rss() - base);
      const lag = Date.now() - Date.parse(next.end ?? '');
      // The first and the last record have other times.
      if (lag < 60_000) lags.push(lag);
    };
    let heldBefore = Number.NaN;
    const third = setTimeout(
      () => {
        heldBefore = held();
      },
      (seconds * 1_000) / 3,
    );
    const ended = engine.follow(found.trace.traceId, { signal: abort.signal, onProgress });
    const run = promisify(execFile);
    const args = [file, seconds, linesPerSecond, rotations, manner, orderId, every].map(String);
    const { stdout } = await run(process.execPath, [writer, ...args]);
    // A last line shows that everything before it was read.
    writeFileSync(file, json(0, { correlationId: orderId, service: 'api', message: 'the last' }), { flag: 'a' });
    const deadline = Date.now() + 30_000;
    const records = () => engine.records({ traceId: header.traceId, from: 0, to: 1e9 });
    while (!(await records()).some(({ message }) => message === 'the last')) {
      if (Date.now() > deadline) assert.fail('The last line was waited for in vain.');
      await new Promise(resolve => setTimeout(resolve, 100));
    }
    const numbers = (await records()).flatMap(({ message }) => Number(/number (\d+)/.exec(message)?.[1] ?? -1));
    const kept = (held() - heldBefore) / 1e6;
    clearTimeout(third);
    abort.abort();
    await ended;
    const notes = header.notes.filter(({ kind }) => kind === 'truncatedSource').map(({ text }) => text);
    return { written: Number(stdout), numbers: numbers.filter(at => at >= 0), notes, lags, memory: memory / 1e6, kept };
  });
}

setFlagsFromString('--expose-gc');
const collect: unknown = runInNewContext('gc');

/** Bytes that this thread holds, without garbage. */
function held(): number {
  if (typeof collect === 'function') collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

export function printFollow(manner: string, { written, numbers, lags, memory, kept }: FollowOutcome): void {
  const sorted = [...lags].sort((a, b) => a - b);
  const lag = `lag ${sorted[sorted.length >> 1]} ms in the middle, ${sorted.at(-1)} ms at most`;
  console.log(
    `      ${manner}: ${written} records written, ${numbers.length} read; ${lag}; ${memory.toFixed(0)} MB more, of which ${kept.toFixed(1)} MB kept since a third of the time`,
  );
}
