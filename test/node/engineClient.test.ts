import assert from 'node:assert/strict';
import path from 'node:path';
import type { Worker } from 'node:worker_threads';
import { EngineClient } from '../../src/node/engine/engineClient';
import { engineMemory } from '../../src/node/engine/engineMemory';
import { json, orderId, others, tempFolder } from './support/logs';
import { engineWorker, scanWorker } from './support/workers';

const own = { correlationId: orderId, service: 'api' };

describe('the engine in a worker', () => {
  it('answers every call', async () => {
    const folder = tempFolder({ 'a.log': others(5) + json(10, { ...own, stepId: 's-1', message: 'a' }) });
    const engine = new EngineClient({ engineWorker, scanWorker, workers: 1 });
    try {
      await engine.setSources([{ kind: 'path', path: folder }]);
      const result = await engine.lookup({ text: orderId }, { onProgress: () => {} });
      assert.ok(result.kind === 'trace');
      const { traceId, steps } = result.trace;
      assert.equal((await engine.window({ traceId, from: 0, to: 10 })).length, steps);
      assert.deepEqual(await engine.overview({ traceId, columns: 2, compress: false }), {
        busy: [1, 0],
        errors: [0, 0],
        path: [0, 0],
        first: [0, -1],
        idle: { ms: 0, gaps: [] },
        compressed: false,
        signs: ['instant', 'lines'],
      });
      assert.equal((await engine.records({ traceId, from: 0, to: 10 }))[0]?.line, 6);
      assert.equal((await engine.step({ traceId, key: 's-1' })).stepId, 's-1');
      assert.equal((await engine.document(traceId)).kind, 'trace');
      assert.equal((await engine.list({})).total, 6);
      assert.equal((await engine.sources({ full: true })).sources[0]?.records, 6);
      const insight = await engine.at({ source: path.join(folder, 'a.log'), line: 6 });
      assert.equal(insight.trace?.step?.key, 's-1');
      assert.equal(insight.complete, true);
      await engine.release(traceId);
      await assert.rejects(engine.document(traceId), { name: 'EngineError' });
      const controller = new AbortController();
      const listing = engine.list({}, { signal: controller.signal });
      controller.abort();
      await assert.rejects(listing, { name: 'AbortError' });
    } finally {
      await engine.dispose();
    }
    await assert.rejects(engine.sources({ full: false }), { name: 'EngineError' });
  });

  it('rejects what is pending when its worker dies, and starts a new one', async () => {
    const folder = tempFolder({ 'a.log': others(5) });
    const dying = tempFolder({
      'w.cjs': `const { existsSync, writeFileSync } = require('node:fs');
        const marker = __dirname + '/died';
        if (existsSync(marker)) require(${JSON.stringify(engineWorker.path)});
        else setTimeout(() => { writeFileSync(marker, ''); throw new Error('gone'); }, 20);`,
    });
    const engine = new EngineClient({ engineWorker: { path: path.join(dying, 'w.cjs') }, scanWorker });
    await engine.setSources([{ kind: 'path', path: folder }]);
    await assert.rejects(engine.list({}), /gone/);
    assert.equal((await engine.list({})).total, 5);
    await engine.dispose();
  });

  it('lets go of a trace that comes after its look-up was aborted', async () => {
    const folder = tempFolder({
      'w.cjs': `const { parentPort } = require('node:worker_threads');
        const released = [];
        const trace = traceId => ({ kind: 'trace', trace: { traceId } });
        parentPort.on('message', ({ type, id, method, argument }) => {
          const reply = value => parentPort.postMessage({ type: 'reply', id, value });
          if (type === 'cancel') {
            parentPort.postMessage({ type: 'progress', id, value: trace('late-progress') });
            return reply(trace('late'));
          }
          if (method === 'lookup') return parentPort.postMessage({ type: 'progress', id, value: trace('told') });
          if (method === 'release') released.push(argument);
          reply(method === 'list' ? { released } : undefined);
        });`,
    });
    const engine = new EngineClient({ engineWorker: { path: path.join(folder, 'w.cjs') }, scanWorker });
    try {
      const controller = new AbortController();
      const onProgress = () => controller.abort();
      const searching = engine.lookup({ text: 'x', keepPartial: true }, { signal: controller.signal, onProgress });
      await assert.rejects(searching, { name: 'AbortError' });
      for (let asked = 0; asked < 50; asked++) {
        const { released } = (await engine.list({})) as unknown as { released: string[] };
        if (released.length === 2) return assert.deepEqual(released, ['late-progress', 'late']);
        await new Promise(resolve => setTimeout(resolve, 20));
      }
      assert.fail('nothing was released');
    } finally {
      await engine.dispose();
    }
  });

  it('gives its worker the memory that large traces need', async () => {
    const folder = tempFolder({
      'w.cjs': `const { resourceLimits } = require('node:worker_threads');
        throw new Error(resourceLimits.maxYoungGenerationSizeMb + ' MB');`,
    });
    const engine = new EngineClient({ engineWorker: { path: path.join(folder, 'w.cjs') }, scanWorker });
    await assert.rejects(engine.list({}), new RegExp(`\\b${engineMemory.maxYoungGenerationSizeMb} MB`));
    await engine.dispose();
  });

  it('ends a worker whose messages cannot be read, and starts a new one', async () => {
    const folder = tempFolder({ 'a.log': others(5) });
    const engine = new EngineClient({ engineWorker, scanWorker, workers: 1 });
    await engine.setSources([{ kind: 'path', path: folder }]);
    assert.equal((await engine.list({})).total, 5);
    const { worker } = Reflect.get(engine, 'running') as { worker: Worker };
    const ended = new Promise(resolve => worker.once('exit', resolve));
    const listing = engine.list({});
    worker.emit('messageerror', new Error('torn'));
    await assert.rejects(listing, /torn/);
    await ended;
    assert.equal((await engine.list({})).total, 5);
    await engine.dispose();
  });
});
