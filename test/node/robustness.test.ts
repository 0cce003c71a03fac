import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { appendFileSync, existsSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { ScanPool } from '../../src/node/engine/scan/scanPool';
import { textRef } from '../../src/node/sources/discover/discoverSources';
import { json, orderId, others, tempFolder, withEngine } from './support/logs';
import { skip } from './support/skip';
import { until } from './support/until';
import { scanWorker } from './support/workers';

const own = { correlationId: orderId, service: 'api' };
const profileJob = { source: textRef('text', others(3)), overrides: null, assumedZone: null };

/** A worker script that behaves as told. */
const script = (text: string) => ({ path: path.join(tempFolder({ 'worker.cjs': text }), 'worker.cjs') });

describe('a scan pool', () => {
  it('rejects what waits for a worker that cannot start', async () => {
    const pool = new ScanPool({ script: script('throw new Error("no luck")'), workers: 2 });
    const jobs = await Promise.allSettled([1, 2, 3].map(() => pool.run('profile', profileJob)));
    for (const job of jobs) assert.equal(job.status, 'rejected');
    assert.match(String(jobs[0]?.status === 'rejected' && jobs[0].reason), /no luck/);
    await pool.dispose();
  });

  it('does a job again whose worker died', async () => {
    const folder = tempFolder();
    const marker = path.join(folder, 'died');
    const dieOnce = `
      const { existsSync, writeFileSync } = require('node:fs');
      const { parentPort } = require('node:worker_threads');
      if (existsSync(${JSON.stringify(marker)})) require(${JSON.stringify(scanWorker.path)});
      else parentPort.on('message', () => { writeFileSync(${JSON.stringify(marker)}, ''); process.exit(3); });`;
    const pool = new ScanPool({ script: script(dieOnce), workers: 1 });
    const { profile } = await pool.run('profile', profileJob);
    assert.equal(profile.format, 'json');
    assert.ok(existsSync(marker));
    await pool.dispose();
  });

  it('takes many jobs for no leak of listeners, and lets go of the signal', async () => {
    const warnings: Error[] = [];
    const warn = (warning: Error) => warnings.push(warning);
    process.on('warning', warn);
    const pool = new ScanPool({ script: scanWorker, workers: 1 });
    const { signal } = new AbortController();
    await Promise.all(Array.from({ length: 20 }, () => pool.run('profile', profileJob, { signal })));
    await new Promise(resolve => setImmediate(resolve));
    process.off('warning', warn);
    assert.deepEqual(warnings, []);
    assert.equal(getEventListeners(signal, 'abort').length, 0);
    await pool.dispose();
  });

  it('rejects what is pending when it is disposed, and whatever comes later', async () => {
    const pool = new ScanPool({
      script: script('require("node:worker_threads").parentPort.on("message", () => {})'),
      workers: 1,
    });
    const pending = [1, 2].map(() => pool.run('profile', profileJob));
    const settled = Promise.allSettled(pending);
    await pool.dispose();
    for (const job of await settled) assert.equal(job.status, 'rejected');
    await assert.rejects(pool.run('profile', profileJob), { name: 'EngineError' });
  });

  it('starts one worker ahead of its first job, which takes that', async () => {
    const folder = tempFolder();
    const started = path.join(folder, 'started');
    const count = `
      require('node:fs').appendFileSync(${JSON.stringify(started)}, 'one ');
      require(${JSON.stringify(scanWorker.path)});`;
    const pool = new ScanPool({ script: script(count), workers: 2 });
    pool.start();
    pool.start();
    await until(() => existsSync(started));
    await pool.run('profile', profileJob);
    assert.equal(readFileSync(started, 'utf8'), 'one ');
    await pool.dispose();
  });

  it('starts again after its idle workers ended', async () => {
    const pool = new ScanPool({ script: scanWorker, workers: 2, idleMs: 10 });
    await pool.run('profile', profileJob);
    await new Promise(resolve => setTimeout(resolve, 60));
    await pool.run('profile', profileJob);
    await pool.dispose();
  });
});

describe('a look-up', () => {
  it('ends when it is cancelled, and the engine goes on', async () => {
    const folder = tempFolder({ 'a.log': others(100_000).repeat(4) });
    const editor = { kind: 'text' as const, id: 'editor', text: others(1) };
    await withEngine([folder, editor], async engine => {
      const calls = [
        (signal: AbortSignal) => engine.lookup({ text: orderId }, { signal }),
        (signal: AbortSignal) => engine.list({}, { signal }),
      ];
      for (const call of calls) {
        const times: number[] = [];
        for (let attempt = 0; attempt < 3; attempt++) {
          const controller = new AbortController();
          const running = call(controller.signal);
          await new Promise(resolve => setTimeout(resolve, 40));
          const cancelled = performance.now();
          controller.abort();
          await assert.rejects(running, { name: 'AbortError' });
          // The workers are free again: they answer.
          await engine.lookup({ text: orderId, only: ['editor'] });
          times.push(performance.now() - cancelled);
        }
        console.log(`      free again after ${times.map(Math.round).join(', ')} ms`);
      }
      assert.equal((await engine.lookup({ text: orderId })).kind, 'notFound');
    });
  });

  it('tells of a source that cannot be read and reads the others', async () => {
    const folder = tempFolder({
      'a.log': others(3) + json(1, { ...own, message: 'a' }),
      'cut.log.gz': gzipSync(others(9000) + json(2, { ...own, message: 'b' })).subarray(0, -400),
    });
    await withEngine([folder, path.join(folder, 'gone.log')], async engine => {
      const result = await engine.lookup({ text: orderId });
      assert.ok(result.kind === 'trace');
      assert.equal(result.trace.records, 1);
      assert.ok(result.trace.notes.some(({ kind, text }) => kind === 'truncatedSource' && text.includes('cut.log.gz')));
      assert.match(JSON.stringify(result.completeness.skippedSources), /gone\.log/);
    });
  });

  it('lives with files that change while they are read', async function () {
    if (process.platform === 'win32') skip(this, 'Windows renames no open file');
    const body = others(60_000);
    const folder = tempFolder({ 'a.log': json(0, { ...own, message: 'a' }) + body, 'b.log': body, 'c.log': body });
    await withEngine([folder], async engine => {
      await engine.lookup({ text: orderId });
      const running = engine.lookup({ text: orderId });
      setTimeout(() => {
        appendFileSync(path.join(folder, 'a.log'), json(1, { ...own, message: 'later' }));
        truncateSync(path.join(folder, 'b.log'), 1000);
        rmSync(path.join(folder, 'c.log'));
      }, 5);
      const result = await running;
      assert.ok(result.kind === 'trace' && result.trace.records >= 1);
      const again = await engine.lookup({ text: orderId });
      assert.ok(again.kind === 'trace');
      assert.equal(again.trace.records, 2);
      assert.equal(again.completeness.sources, 2);
    });
  });

  it('reads a line of many megabytes in part, and says so', async () => {
    const folder = tempFolder();
    writeFileSync(
      path.join(folder, 'a.log'),
      `${others(3)}{"correlationId":"${orderId}","x":"${'y'.repeat(3 << 20)}"}\n`,
    );
    await withEngine([folder], async engine => {
      const result = await engine.lookup({ text: orderId });
      assert.ok(result.kind === 'trace');
      assert.ok(result.trace.notes.some(({ kind }) => kind === 'cut'));
    });
  });
});
