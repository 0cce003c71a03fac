import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { tempFolder, withEngine } from './support/logs';

const id = 'ord-5c1f77a0';
/** Lines without any time: only their order tells what came first. */
const part = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, at) => `[correlationId: ${id}, service: till] line ${from + at}\n`).join('');

describe('a rotated log', () => {
  it('is one log: its lines follow each other from the oldest file to the live one', async () => {
    const folder = tempFolder({
      'till.log': part(20, 23),
      'till.log.1': part(10, 20),
      'till.log.2.gz': gzipSync(part(2, 10)),
      'till.log.10': part(0, 2),
    });
    await withEngine([folder], async engine => {
      const result = await engine.lookup({ text: id });
      assert.ok(result.kind === 'trace');
      const { traceId, records } = result.trace;
      const found = await engine.records({ traceId, from: 0, to: records });
      assert.deepEqual(
        found.map(({ message }) => message),
        Array.from({ length: 23 }, (_, at) => `line ${at}`),
      );
      assert.equal(result.trace.steps, 1);
    });
  });

  it('keeps the order of lines that have the same time, also over files', async () => {
    const line = (at: number) =>
      `${JSON.stringify({ time: '2026-03-02T10:15:00Z', msg: `line ${at}`, traceId: id })}\n`;
    const folder = tempFolder({ 'api.log': line(2) + line(3), 'api.log.1': line(0) + line(1) });
    await withEngine([folder], async engine => {
      const result = await engine.lookup({ text: id });
      assert.ok(result.kind === 'trace');
      const found = await engine.records({ traceId: result.trace.traceId, from: 0, to: 9 });
      assert.deepEqual(
        found.map(({ message }) => message),
        ['line 0', 'line 1', 'line 2', 'line 3'],
      );
    });
  });
});
