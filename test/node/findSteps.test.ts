import assert from 'node:assert/strict';
import { EngineError } from '../../src/common/protocol/logEngine';
import { EngineClient } from '../../src/node/engine/engineClient';
import { json, orderId, others, tempFolder } from './support/logs';
import { engineWorker, scanWorker } from './support/workers';

const record = (ms: number, service: string, stepId: string, rest: Record<string, string>) =>
  json(ms, { correlationId: orderId, service, host: `${service}-1`, stepId, ...rest });

const folder = tempFolder({
  'api.jsonl':
    others(8) +
    record(0, 'api', 'take', { event: 'started', message: 'taking the order' }) +
    record(200, 'api', 'take', { event: 'completed', message: 'x'.repeat(2_000), region: 'Nordkapp' }),
  'worker.jsonl':
    record(1_300, 'worker', 'pack', { event: 'started', previousStepId: 'take', message: 'packing' }) +
    record(1_600, 'worker', 'pack', { event: 'failed', level: 'ERROR', message: 'the shelf is empty' }),
});

describe('A trace that is held', () => {
  const engine = new EngineClient({ engineWorker, scanWorker, workers: 1 });
  let traceId: string;
  let keys: string[];
  before(async () => {
    await engine.setSources([{ kind: 'path', path: folder }]);
    const result = await engine.lookup({ text: orderId });
    assert.ok(result.kind === 'trace');
    traceId = result.trace.traceId;
    keys = (await engine.window({ traceId, from: 0, to: 9 })).map(({ key }) => key);
    assert.equal(keys.length, 2);
  });
  after(() => engine.dispose());

  const find = async (query: string) => {
    const { hits, kept, ...rest } = await engine.find({ traceId, query });
    assert.ok(hits instanceof Uint32Array && kept instanceof Uint32Array, 'compact, through the worker too');
    return { hits: [...hits], ...rest };
  };

  it('is searched where it is: by messages, attributes, fields and likeness', async () => {
    assert.deepEqual(await find('"SHELF is"'), {
      hits: [1],
      similar: false,
      left: 0,
      wanted: { texts: ['SHELF is'], services: [] },
      problem: null,
    });
    assert.deepEqual((await find('nordkapp')).hits, [0]);
    assert.deepEqual((await find('service = worker and error')).hits, [1]);
    assert.deepEqual(await find('nordcapp'), {
      hits: [0],
      similar: true,
      left: 0,
      wanted: { texts: ['nordcapp'], services: [] },
      problem: null,
    });
    assert.match((await find('service =')).problem!, /A value is missing/);
    await assert.rejects(engine.find({ traceId: 'gone', query: '' }), EngineError);
  });

  it('gives single rows, and the next one with an error', async () => {
    const rows = await engine.pick({
      traceId,
      entries: { starts: Uint32Array.of(1, 7), ends: Uint32Array.of(2, 8), kinds: Uint8Array.of(0, 0) },
    });
    assert.deepEqual(
      rows.map(({ key }) => key),
      [keys[1]],
    );
    assert.equal(await engine.nextRow({ traceId, from: null, landmark: 'error', backwards: false }), 1);
  });

  it('is arranged, in columns through the worker, and gives what is folded', async () => {
    const arrangement = { lens: false, level: 0, closed: [], opened: [], openRuns: [] };
    const { starts, ends, kinds, ...rest } = await engine.arrange({ traceId, arrangement, show: null });
    assert.ok(starts instanceof Uint32Array && ends instanceof Uint32Array && kinds instanceof Uint8Array);
    assert.deepEqual([[...starts], [...ends], [...kinds], rest], [[0, 1], [1, 2], [0, 0], { arrangement }]);
    const all = { starts: Uint32Array.of(0), ends: Uint32Array.of(2), kinds: Uint8Array.of(0) };
    const [row] = await engine.pick({ traceId, entries: all });
    const { rows, errors, startMs, endMs } = row!.fold!;
    assert.deepEqual({ rows, errors, startMs, endMs }, { rows: 1, errors: 1, startMs: 1_300, endMs: 1_600 });
  });

  it('lists its records with their steps and the time between them', async () => {
    const rows = await engine.recordRows({ traceId, from: 1, to: 99 });
    assert.deepEqual(
      rows.map(({ row, key, sinceMs, service, length }) => ({ row, key, sinceMs, service, length })),
      [
        { row: 0, key: keys[0], sinceMs: 200, service: 'api', length: 2_000 },
        { row: 1, key: keys[1], sinceMs: 1_100, service: 'worker', length: 7 },
        { row: 1, key: keys[1], sinceMs: 300, service: 'worker', length: 18 },
      ],
    );
    assert.equal(rows[0]!.message.length, 500, 'the rest is in the file');
    assert.deepEqual((await engine.recordRows({ traceId, from: 0, to: 1 }))[0]!.sinceMs, null);
    assert.equal(await engine.recordOf({ traceId, key: keys[1]! }), 2);
    assert.equal(await engine.recordOf({ traceId, key: 'no such step' }), null);
  });
});
