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

/** An engine in a process of its own, with the workers as they are packaged. */
export class EngineProcess {
  /** Bytes that the process held before it had an engine. */
  readonly idleBytes: number;
  private readonly child: ChildProcess;

  private constructor(child: ChildProcess, idleBytes: number) {
    this.child = child;
    this.idleBytes = idleBytes;
  }

  static async start(paths: string[], options: { behindWorker?: boolean } = {}): Promise<EngineProcess> {
    const child = fork(await childScript('ours/engineChild.ts'), { execArgv: [] });
    await once(child, 'spawn');
    const engine = new EngineProcess(child, await settled(child));
    const dist = path.join(repoRoot, 'dist');
    const setup: EngineSetup = {
      paths,
      workers,
      behindWorker: options.behindWorker ?? false,
      scanWorker: path.join(dist, 'scanWorker.cjs'),
      engineWorker: path.join(dist, 'engineWorker.cjs'),
    };
    await engine.call({ call: 'open', setup });
    return engine;
  }

  /** One call and what it took; calls do not overlap. Rejects with the engine's error. */
  async call(call: EngineCall): Promise<EngineAnswer & Sample> {
    const { child } = this;
    const pid = child.pid ?? 0;
    forgetPeak(pid);
    child.send(call);
    const [message] = (await Promise.race([once(child, 'message'), ended(child)])) as [EngineReply];
    if ('error' in message) throw new Error(message.error);
    return { ...message.answer, peakBytes: residentOf(pid).peak };
  }

  async stop(): Promise<void> {
    const { child } = this;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exit = once(child, 'exit');
    child.disconnect();
    await exit;
  }
}

async function ended(child: ChildProcess): Promise<never> {
  const [code, signal] = await once(child, 'exit');
  throw new Error(`The engine's process ended with ${code ?? signal}.`);
}

/** What it holds once it has started and waits. */
async function settled(child: ChildProcess): Promise<number> {
  await new Promise(resolve => setTimeout(resolve, 300));
  return residentOf(child.pid ?? 0).now;
}
