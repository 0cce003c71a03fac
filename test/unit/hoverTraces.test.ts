import assert from 'node:assert/strict';
import { mock } from 'node:test';
import type { CallOptions, LookupRequest, RecordInsight, TraceHeader } from '../../src/common/protocol/logEngine';
import { AbortError } from '../../src/common/protocol/rpcChannel';
import type { EngineAccess } from '../../src/vscode/engine/engineAccess';
import { HoverTraces } from '../../src/vscode/hover/hoverTraces';

/** An engine that finds a trace of so many records for every ID; for `slow…` never. */
function fakeAccess(records = 10) {
  const seen = { lookups: [] as string[], released: [] as string[], stopped: [] as string[] };
  const engine = {
    lookup: ({ text }: LookupRequest, { signal }: CallOptions) => {
      seen.lookups.push(text);
      if (!text.startsWith('slow')) return Promise.resolve({ kind: 'trace', trace: headerOf(text, records) });
      return new Promise((_, reject) => {
        const stop = () => {
          seen.stopped.push(text);
          reject(new AbortError());
        };
        if (signal?.aborted) stop();
        else signal?.addEventListener('abort', stop);
      });
    },
    release: async (traceId: string) => void seen.released.push(traceId),
  };
  return { seen, access: { current: engine, withSources: async () => engine } as unknown as EngineAccess };
}

const headerOf = (id: string, records: number) => ({ traceId: `trace of ${id}`, records }) as TraceHeader;
const known = (id: string, complete = true) =>
  ({ correlationId: id, complete, trace: complete ? { traceId: `trace of ${id}` } : null }) as RecordInsight;

describe('the traces that hovers look up', () => {
  beforeEach(() => mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 1_000_000 }));
  afterEach(() => mock.timers.reset());

  it('are kept while many others are looked up, within a bound', async () => {
    const { seen, access } = fakeAccess();
    const traces = new HoverTraces(access);
    for (let id = 0; id < 40; id++) assert.ok(await traces.learn(`request-${id}`));
    mock.timers.tick(25_000);
    assert.deepEqual(seen.released, []);
    assert.equal(traces.isWanted(known('request-0')), false);
    await traces.learn('request-40');
    assert.deepEqual(seen.released, ['trace of request-0']);
    mock.timers.tick(600_000);
    assert.equal(seen.released.length, 41);
    traces.dispose();
  });

  it('take no more memory than so many records', async () => {
    const { seen, access } = fakeAccess(20_000);
    const traces = new HoverTraces(access);
    for (const id of ['request-a', 'request-b', 'request-c']) await traces.learn(id);
    assert.deepEqual(seen.released, ['trace of request-a']);
    traces.dispose();
  });

  it('are looked up again when the logs may have grown, and stay until then', async () => {
    const { seen, access } = fakeAccess();
    const traces = new HoverTraces(access);
    assert.equal(traces.isWanted(known('request-a', false)), true);
    await traces.learn('request-a');
    mock.timers.tick(31_000);
    assert.equal(traces.isWanted(known('request-a')), true);
    assert.deepEqual(seen.released, []);
    await traces.learn('Request-A');
    assert.deepEqual(seen.released, ['trace of request-a']);
    assert.equal(traces.isWanted(known('of-a-timeline')), false);
    traces.dispose();
  });

  it('do not stop one another, but where there are too many', async () => {
    const { seen, access } = fakeAccess();
    const traces = new HoverTraces(access);
    const slow = ['slow-a', 'slow-b', 'slow-c', 'slow-d'].map(id => traces.learn(id));
    assert.ok(await traces.learn('request-a').then(() => traces.missing('slow-b') === 'reading'));
    assert.deepEqual(seen.stopped, ['slow-a']);
    assert.equal(await slow[0], false);
    traces.dispose();
    assert.deepEqual(await Promise.all(slow), [false, false, false, false]);
  });

  it('are not searched for again and again where that takes too long, but where somebody asks for it', async () => {
    const { seen, access } = fakeAccess();
    const traces = new HoverTraces(access);
    const slow = traces.learn('slow-a');
    await new Promise(resolve => setImmediate(resolve));
    mock.timers.tick(5_000);
    assert.equal(await slow, false);
    assert.equal(traces.missing('slow-a'), 'late');
    assert.equal(await traces.learn('slow-a'), false);
    assert.deepEqual(seen.lookups, ['slow-a']);
    const patient = traces.learn('slow-a', 20_000);
    await new Promise(resolve => setImmediate(resolve));
    assert.deepEqual(seen.lookups, ['slow-a', 'slow-a']);
    traces.dispose();
    assert.equal(await patient, false);
  });

  it('that took too long are forgotten when they may be tried again, whether or not anyone asks', async () => {
    const traces = new HoverTraces(fakeAccess().access);
    const late: Map<string, number> = Reflect.get(traces, 'late');
    const giveUp = async (id: string) => {
      const asked = traces.learn(id);
      await new Promise(resolve => setImmediate(resolve));
      mock.timers.tick(5_000);
      await asked;
    };
    for (const id of ['slow-a', 'slow-b', 'slow-c']) await giveUp(id);
    assert.deepEqual([...late.keys()], ['slow-a', 'slow-b', 'slow-c']);
    mock.timers.tick(6_000);
    assert.equal(traces.missing('slow-a'), null);
    assert.equal(traces.missing('slow-c'), 'late');
    for (const id of ['slow-d', 'slow-e', 'slow-f']) await giveUp(id);
    assert.deepEqual([...late.keys()], ['slow-d', 'slow-e', 'slow-f']);
    traces.dispose();
  });
});
