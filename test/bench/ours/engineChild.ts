/** Child of `engineProcess.ts`: an engine and nothing else, so that memory, CPU time and delays are its own. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { LogEngine } from '../../../src/common/protocol/logEngine';
import { createEngine } from '../../../src/node/engine/createEngine';
import { EngineClient } from '../../../src/node/engine/engineClient';
import type { EngineAnswer, EngineCall, EngineFacts, EngineReply, EngineSetup } from './engineCalls';

let engine: LogEngine | null = null;
/** The timer by which delays are noticed; each value has its interval in it. */
const resolution = 1;

async function perform(call: EngineCall): Promise<EngineFacts> {
  if (call.call === 'open') return open(call.setup);
  if (!engine) throw new Error('No engine is open.');
  switch (call.call) {
    case 'lookup':
      return lookup(engine, call.id);
    case 'lookups':
      return lookups(engine, call.ids);
    case 'list': {
      // All are summed up, however few are handed out.
      const { total, completeness } = await engine.list({ limit: 50 });
      return { traces: total, bytesRead: completeness.bytesRead ?? Number.NaN };
    }
    case 'sources':
      await setSources(engine, call.paths);
      return {};
    case 'index': {
      const { bytesDone, indexBytes } = await engine.index();
      return { indexed: bytesDone, indexBytes };
    }
    case 'clearIndex':
      await engine.clearIndex();
      return {};
  }
}

async function open({ paths, workers, behindWorker, ...setup }: EngineSetup): Promise<EngineFacts> {
  await engine?.dispose();
  const scanWorker = { path: setup.scanWorker };
  const indexFolder = setup.indexFolder === null ? undefined : { path: setup.indexFolder, mostBytes: 1e9 };
  const options = { scanWorker, workers, indexFolder };
  engine = behindWorker
    ? new EngineClient({ ...options, engineWorker: { path: setup.engineWorker } })
    : createEngine(options);
  await setSources(engine, paths);
  return {};
}

const setSources = (engine: LogEngine, paths: readonly string[]): Promise<void> =>
  engine.setSources(paths.map(path => ({ kind: 'path', path })));

async function lookup(engine: LogEngine, id: string): Promise<EngineFacts> {
  const start = performance.now();
  let firstMs: number | undefined;
  const onProgress = ({ trace }: { trace: unknown }) => {
    if (trace) firstMs ??= performance.now() - start;
  };
  const result = await engine.lookup({ text: id }, { onProgress });
  firstMs ??= performance.now() - start;
  if (result.kind !== 'trace') throw new Error(`The look-up of ${id} gave ${result.kind}.`);
  await engine.release(result.trace.traceId);
  return { records: result.trace.records, firstMs };
}

async function lookups(engine: LogEngine, ids: readonly string[]): Promise<EngineFacts> {
  const times: number[] = [];
  let records = 0;
  for (const id of ids) {
    const start = performance.now();
    const result = await engine.lookup({ text: id });
    times.push(performance.now() - start);
    if (result.kind !== 'trace') throw new Error(`The look-up of ${id} gave ${result.kind}.`);
    records += result.trace.records;
    await engine.release(result.trace.traceId);
  }
  return { times, records };
}

async function measured(call: EngineCall): Promise<EngineAnswer> {
  const delays = monitorEventLoopDelay({ resolution });
  delays.enable();
  const cpu = process.cpuUsage();
  const start = performance.now();
  const facts = await perform(call);
  const ms = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  delays.disable();
  const late = (ns: number) => Math.max(0, ns / 1e6 - resolution);
  const delay = { p99: late(delays.percentile(99)), most: late(delays.max) };
  return { ms, cpuMs: (user + system) / 1000, delay, facts };
}

const reply = (message: EngineReply) => process.send?.(message);

process.on('message', (call: EngineCall) => {
  measured(call).then(
    answer => reply({ answer }),
    error => reply({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  );
});
process.on('disconnect', () => process.exit());
