import assert from 'node:assert/strict';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { json, orderId, otherId, others, tempFolder, withEngine } from './support/logs';

const slowTrace =
  json(0, { correlationId: otherId, message: 'a' }) + json(9000, { correlationId: otherId, message: 'b' });

describe('the list', () => {
  const failing = json(1000, {
    correlationId: orderId,
    service: 'api',
    level: 'ERROR',
    userId: 'u-1',
    message: 'Order failed',
  });
  const slow = json(0, { correlationId: otherId, service: 'api', message: 'a' });
  const slowEnd = json(9000, { correlationId: otherId, service: 'worker', message: 'b' });

  it('has every trace, worst first, with what it has read', async () => {
    const folder = tempFolder({
      'a.log': others(10) + slow + failing + json(5, { service: 'api', message: 'no ID' }),
      'b.log.gz': gzipSync(slowEnd),
    });
    await withEngine([folder], async engine => {
      const { traces, total, completeness, notes } = await engine.list({});
      assert.equal(total, 12);
      assert.equal(traces[0]?.correlationId, orderId);
      assert.equal(traces[0]?.status, 'failed');
      assert.equal(traces[0]?.userId, 'u-1');
      const other = traces.find(({ correlationId }) => correlationId === otherId);
      assert.deepEqual([other?.records, other?.durationMs, other?.services], [2, 9000, ['api', 'worker']]);
      assert.equal(completeness.records, 14);
      assert.equal(completeness.lines, 14);
      assert.equal(completeness.unparsed, 0);
      assert.ok(notes.some(({ kind, count }) => kind === 'countedNot' && count === 1));
    });
  });

  it('has the traces of logs that come after there were none', async () => {
    const [empty, folder] = [tempFolder(), tempFolder({ 'a.log': slow + failing + slowEnd })];
    await withEngine([empty], async engine => {
      assert.equal((await engine.list({})).total, 0);
      await engine.setSources([{ kind: 'path', path: folder }]);
      const { traces, total } = await engine.list({});
      assert.equal(total, 2);
      assert.equal(traces[1]?.durationMs, 9000);
      assert.match(traces[0]?.start ?? '', /^20\d\d-/);
    });
  });

  it('is filtered, sorted and cut to a limit', async () => {
    const folder = tempFolder({ 'a.log': others(10) + slow + failing + slowEnd });
    await withEngine([folder], async engine => {
      const ids = async (request: Parameters<typeof engine.list>[0]) =>
        (await engine.list(request)).traces.map(({ correlationId }) => correlationId);
      assert.deepEqual(await ids({ filter: 'status = failed' }), [orderId]);
      assert.deepEqual(await ids({ filter: 'duration > 1s and service = worker' }), [otherId]);
      assert.deepEqual(await ids({ sort: 'duration', limit: 1 }), [otherId]);
      assert.equal((await engine.list({ sort: 'start', limit: 3 })).total, 12);
      assert.equal(
        (await engine.list({ sort: 'start', limit: 3 })).longestMs,
        9000,
        'of all that fit, not of the stretch',
      );
      const byId = await ids({ sort: 'correlationId' });
      assert.deepEqual(await ids({ sort: 'correlationId', reverse: true }), byId.toReversed());
      assert.deepEqual(await ids({ sort: 'correlationId', from: 2, limit: 3 }), byId.slice(2, 5));
      await assert.rejects(engine.list({ filter: 'status = (' }), { name: 'EngineError' });
    });
  });
});

describe('the order of the list', () => {
  it('leaves what is not known at the end, whichever way the rest is turned', async () => {
    const timeless = (id: string) => `${JSON.stringify({ correlationId: id, message: 'no time' })}\n`;
    const folder = tempFolder({ 'a.log': slowTrace + others(2), 'b.log': timeless('untimed-0001') });
    await withEngine([folder], async engine => {
      for (const reverse of [false, true]) {
        const { traces } = await engine.list({ sort: 'duration', reverse });
        assert.equal(traces.at(-1)?.correlationId, 'untimed-0001');
        assert.equal(traces.at(reverse ? -2 : 0)?.durationMs, 9000);
      }
    });
  });
});

describe('detect', () => {
  it('tells how each source is read and counts all of it when asked', async () => {
    const folder = tempFolder({ 'a.log': others(9000), 'empty.log': '' });
    await withEngine([folder], async engine => {
      const { sources, notes } = await engine.sources({ full: true });
      assert.equal(sources.length, 1);
      const [source] = sources;
      assert.equal(source?.format, 'json');
      assert.equal(source?.roles.correlationId?.field, 'correlationId');
      assert.deepEqual([source?.records, source?.lines, source?.distinctCorrelationIds], [9000, 9000, 9000]);
      assert.match(notes[0]?.text ?? '', /empty\.log/);
      const sampled = await engine.sources({ full: false });
      assert.ok((sampled.sources[0]?.records ?? 0) < 9000);
    });
  });
});

describe('at', () => {
  it('explains a line of a file or of an editor, and any line of a long record', async () => {
    const text = `${others(300)}not JSON\n`;
    const folder = tempFolder({ 'a.log': text, 'a.log.gz': gzipSync(text) });
    await withEngine([folder], async engine => {
      for (const name of ['a.log', 'a.log.gz']) {
        const { explain, record, correlationId, trace, complete } = await engine.at({
          source: path.join(folder, name),
          line: 150,
        });
        assert.equal(explain.record.firstLine, 150);
        assert.equal(explain.fields.find(({ role }) => role === 'correlationId')?.value, correlationId);
        assert.match(record.message, /Order 149/);
        assert.deepEqual([trace, complete], [null, false]);
      }
      const edited = await engine.at({
        source: path.join(folder, 'a.log'),
        line: 1,
        text: json(1, { correlationId: orderId }),
      });
      assert.equal(edited.correlationId, orderId);
      await assert.rejects(engine.at({ source: path.join(folder, 'a.log'), line: 999 }), /has no line 999/);
      await assert.rejects(engine.at({ source: path.join(folder, 'gone'), line: 1 }), /gone cannot be read/);
    });
  });

  it('adds what is known of the trace', async () => {
    const step = (ms: number, stepId: string, previousStepId?: string) =>
      json(ms, {
        correlationId: orderId,
        stepId,
        stepType: `Type ${stepId}`,
        ...(previousStepId ? { previousStepId } : {}),
        message: stepId,
      });
    const folder = tempFolder({ 'a.log': others(3) + step(0, 'a') + step(10, 'b', 'a') });
    await withEngine([folder], async engine => {
      await engine.lookup({ text: orderId });
      const { trace, complete } = await engine.at({ source: path.join(folder, 'a.log'), line: 5 });
      assert.equal(complete, true);
      assert.equal(trace?.step?.key, 'b');
      assert.deepEqual([trace?.stepNumber, trace?.stepLabel], ['2', 'Type b']);
      assert.equal(trace?.first.line, 4);
      assert.deepEqual(trace?.previous, [{ key: 'a', label: 'Type a', number: '1' }]);
      assert.equal(trace?.picture?.slots, 2);
      assert.equal(trace?.picture?.marked?.slot, 1, 'the second step');
    });
  });
});
