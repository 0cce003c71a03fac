import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { repoRoot } from '../../host/paths';
import { childScript } from '../childScript';
import { forgetPeak, residentOf } from '../memory';
import type { Sample } from '../rounds';
import type { EngineAnswer, EngineCall, EngineReply, EngineSetup } from './engineCalls';

/** As many as the figures are stated for. */
export const workers = 2;

export interface EngineOptions {
  /** Like the editor's. */
  behindWorker?: boolean;
  /** Where the index is kept on disk. */
  indexFolder?: string;
}

/** An engine in a process of its own, with the workers as they are packaged. */
export class EngineProcess {
  /** Bytes that the process held before it had an engine. */
  readonly idleBytes: number;
  private readonly child: ChildProcess;
  private pending: { resolve(reply: EngineReply): void; reject(error: Error): void } | null = null;

  private constructor(child: ChildProcess, idleBytes: number) {
    this.child = child;
    this.idleBytes = idleBytes;
    child.on('message', (reply: EngineReply) => this.pending?.resolve(reply));
    child.on('exit', code => this.pending?.reject(new Error(`The engine's process ended with ${code}.`)));
  }

  /** Of the given paths, to be asked at once. */
  static async start(paths: string[], options: EngineOptions = {}): Promise<EngineProcess> {
    const child = fork(await childScript('ours/engineChild.ts'), { execArgv: [] });
    await once(child, 'spawn');
    const engine = new EngineProcess(child, await settled(child));
    await engine.open(paths, options);
    return engine;
  }

  /** A new engine in the same process; one that was open is closed. */
  open(paths: string[], { behindWorker = false, indexFolder }: EngineOptions = {}) {
    const dist = path.join(repoRoot, 'dist');
    const setup: EngineSetup = {
      paths,
      workers,
      behindWorker,
      indexFolder: indexFolder ?? null,
      scanWorker: path.join(dist, 'scanWorker.cjs'),
      engineWorker: path.join(dist, 'engineWorker.cjs'),
    };
    return this.call({ call: 'open', setup });
  }

  /** One call and what it took; calls do not overlap. Rejects with the engine's error. */
  async call(call: EngineCall): Promise<EngineAnswer & Sample> {
    const { child } = this;
    const pid = child.pid ?? 0;
    forgetPeak(pid);
    const reply = await new Promise<EngineReply>((resolve, reject) => {
      this.pending = { resolve, reject };
      child.send(call, error => error && reject(error));
    });
    this.pending = null;
    if ('error' in reply) throw new Error(reply.error);
    return { ...reply.answer, peakBytes: residentOf(pid).peak };
  }

  async stop(): Promise<void> {
    const { child } = this;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exit = once(child, 'exit');
    child.disconnect();
    await exit;
  }
}

/** An engine for as long as `use` takes. */
export async function withEngine<Result>(
  paths: string[],
  options: EngineOptions,
  use: (engine: EngineProcess) => Promise<Result>,
): Promise<Result> {
  const engine = await EngineProcess.start(paths, options);
  try {
    return await use(engine);
  } finally {
    await engine.stop();
  }
}

/** What it holds once it has started and waits. */
async function settled(child: ChildProcess): Promise<number> {
  await new Promise(resolve => setTimeout(resolve, 300));
  return residentOf(child.pid ?? 0).now;
}
