import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { LogEngine } from '../../src/common/protocol/logEngine';
import { json, orderId, otherId, others, tempFolder, withEngine } from './support/logs';

const worker = (ms: number, thread: string, fields: Record<string, unknown>) =>
  json(ms, { service: 'tools', thread, ...fields });
const step = { correlationId: orderId, stepId: 'step-tool' };

/** Lines of other requests and, among them, one step that ends in a time-out which names no ID. */
const log =
  others(6) +
  worker(100, 'pool-1', { ...step, message: 'Executing tool' }) +
  worker(110, 'pool-2', { correlationId: otherId, message: 'Executing tool' }) +
  worker(120, 'pool-1', { message: 'Calling external API' }) +
  worker(130, 'pool-2', { message: 'Calling another API' }) +
  worker(30_120, 'pool-1', { level: 'ERROR', message: 'Timeout occurred' }) +
  worker(30_200, 'pool-1', { correlationId: otherId, message: 'Next request' }) +
  worker(30_210, 'pool-1', { message: 'about the next one' });

async function stepOf(engine: LogEngine) {
  const result = await engine.lookup({ text: orderId });
  assert.ok(result.kind === 'trace');
  const { traceId, records } = result.trace;
  return { records, read: () => engine.step({ traceId, key: 'step-tool' }) };
}

describe('a step of a looked-up trace', () => {
  it('comes with the records without an ID that its thread wrote, each at its line', async () => {
    await withEngine([tempFolder({ 'tools.jsonl': log })], async engine => {
      const { read, records } = await stepOf(engine);
      const { nearby, nearbyLimits } = await read();
      assert.deepEqual(nearbyLimits, [], 'its thread turned to something else: all was looked at');
      assert.deepEqual(
        nearby?.map(({ message, line, severity }) => [message, line, severity]),
        [
          ['Calling external API', 9, 'info'],
          ['Timeout occurred', 11, 'error'],
        ],
      );
      assert.equal(records, 1, 'they are not the trace’s');
    });
  });

  it('has them in the trace’s document too where it did not end, and no other step has', async () => {
    const done = { correlationId: orderId, stepId: 'step-done', message: 'done', durationMs: 5 };
    await withEngine([tempFolder({ 'tools.jsonl': log + worker(30_300, 'pool-1', done) })], async engine => {
      const result = await engine.lookup({ text: orderId });
      assert.ok(result.kind === 'trace');
      const { steps } = await engine.document(result.trace.traceId);
      assert.deepEqual(
        steps.map(({ stepId, nearby }) => [stepId, nearby?.map(({ message }) => message)]),
        [
          ['step-tool', ['Calling external API', 'Timeout occurred']],
          ['step-done', undefined],
        ],
      );
    });
  });

  it('reads a bounded part behind each record, and only whole records', async () => {
    const long = worker(150, 'pool-1', { message: 'x'.repeat(1000) });
    const folder = tempFolder({
      'tools.jsonl': `${log.slice(0, log.indexOf('{', log.indexOf('Executing tool')))}${long.repeat(2000)}`,
    });
    await withEngine([folder], async engine => {
      const { nearby = [], nearbyLimits = [] } = await (await stepOf(engine)).read();
      assert.match(nearbyLimits.join(), /^Not all of .*tools\.jsonl was looked at: 256 KiB behind its last line\.$/);
      assert.ok(nearby.length > 100 && nearby.length < 400, String(nearby.length));
      assert.ok(nearby.every(({ message }) => message.length === 1000));
    });
  });

  it('is still shown where its source is gone or has to be read from its start', async () => {
    const folder = tempFolder({ 'tools.jsonl': log });
    await withEngine([folder], async engine => {
      const { read } = await stepOf(engine);
      rmSync(path.join(folder, 'tools.jsonl'));
      const { nearby, nearbyLimits = [], records } = await read();
      assert.deepEqual([nearby, records.length], [[], 1]);
      assert.match(nearbyLimits.join(), /^Not looked for in .*tools\.jsonl: it is no longer among the sources\.$/);
    });
    await withEngine([tempFolder({ 'tools.jsonl.gz': gzipSync(log) })], async engine => {
      const { nearby, nearbyLimits = [], records } = await (await stepOf(engine)).read();
      assert.deepEqual([nearby, records.length], [[], 1]);
      assert.match(
        nearbyLimits.join(),
        /^Not looked for in .*tools\.jsonl\.gz: it can only be read from its beginning\.$/,
      );
    });
  });

  it('says between which of its lines it was not looked at, and what came too late', async () => {
    const filler = worker(150, 'pool-2', { correlationId: otherId, message: 'y'.repeat(1000) }).repeat(400);
    const between = worker(100, 'pool-1', step) + filler + worker(900, 'pool-1', { ...step, message: 'still there' });
    await withEngine([tempFolder({ 'tools.jsonl': others(6) + between })], async engine => {
      const { nearbyLimits = [] } = await (await stepOf(engine)).read();
      assert.match(nearbyLimits.join(), /256 KiB, shared out to what stands behind each of its lines\.$/);
    });
    const late = worker(100, 'pool-1', step) + worker(500_000, 'pool-1', { message: 'much later' });
    await withEngine([tempFolder({ 'tools.jsonl': others(6) + late })], async engine => {
      const { nearby, nearbyLimits = [] } = await (await stepOf(engine)).read();
      assert.deepEqual(nearby, []);
      assert.match(nearbyLimits.join(), /^In .*tools\.jsonl only the 5 minutes after its last line were looked at\.$/);
    });
  });

  it('is one of the first fifty that are looked around in a whole trace, and a note says so', async () => {
    const many = Array.from({ length: 53 }, (_, at) =>
      worker(at, `pool-${at}`, {
        correlationId: orderId,
        stepId: `step-${at}`,
        level: 'ERROR',
        message: `failed ${at}`,
      }),
    ).join('');
    await withEngine([tempFolder({ 'tools.jsonl': others(6) + many })], async engine => {
      const result = await engine.lookup({ text: orderId });
      assert.ok(result.kind === 'trace');
      const { notes, steps } = await engine.document(result.trace.traceId);
      assert.equal(steps.filter(({ nearby }) => nearby !== undefined).length, 50);
      assert.deepEqual(
        notes.filter(({ kind }) => kind === 'cut').map(({ count, text }) => [count, text]),
        [
          [
            3,
            'Lines without an ID were looked for around the first 50 steps that failed or did not end, and not around 3 more.',
          ],
        ],
      );
    });
  });
});
