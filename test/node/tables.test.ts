import assert from 'node:assert/strict';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { orderId, otherId, tempFolder, withEngine } from './support/logs';

const stack = '\n  at shop.Orders.take(Orders.java:42)\n\n  at shop.Main.run(Main.java:7)';
const row = (at: number, id: string, text = `take ${at}`) =>
  `2026-03-02T10:00:${String(at).padStart(2, '0')}Z,INFO,${id},"${text}"\n`;
/** Rows begin at lines 2, 3, 7, 8, 9 and 13. */
const table =
  `time,level,correlationId,message\n` +
  row(1, otherId) +
  row(2, orderId, `failed ""twice""${stack}`) +
  row(3, orderId) +
  row(4, otherId, `mentions ${orderId}`) +
  row(5, otherId, `failed${stack}`) +
  row(6, orderId);

describe('a table', () => {
  for (const [name, content] of [
    ['plain', table],
    ['compressed', gzipSync(table)],
    ['long', table + Array.from({ length: 60_000 }, (_, at) => row(at % 60, otherId, stack)).join('')],
  ] as const) {
    it(`is looked up and listed by its rows (${name})`, async () => {
      const folder = tempFolder({ [name === 'compressed' ? 'a.csv.gz' : 'a.csv']: content });
      await withEngine([folder], async engine => {
        const result = await engine.lookup({ text: orderId });
        assert.ok(result.kind === 'trace');
        const { traceId, records } = result.trace;
        const found = await engine.records({ traceId, from: 0, to: records });
        assert.deepEqual(
          found.map(({ line }) => line),
          [3, 7, 13],
        );
        const { traces } = await engine.list({});
        assert.equal(traces.find(({ correlationId }) => correlationId === orderId)?.records, 3);
      });
    });
  }

  it('is explained by the row that holds a line', async () => {
    const folder = tempFolder({ 'a.csv': table });
    await withEngine([folder], async engine => {
      for (const [line, first, lines] of [
        [3, 3, 4],
        [4, 3, 4],
        [5, 3, 4],
        [6, 3, 4],
        [7, 7, 1],
        [12, 9, 4],
      ] as const) {
        const { explain } = await engine.at({ source: path.join(folder, 'a.csv'), line });
        assert.deepEqual(
          [explain.format.name, explain.record.firstLine, explain.record.lines],
          ['table', first, lines],
        );
        const group = explain.fields.find(({ role }) => role === 'correlationId');
        assert.equal(group?.value, line === 12 ? otherId : orderId);
      }
    });
  });

  it('loses no row to a stray quote', async () => {
    const text = `time,level,correlationId,message\n${row(1, orderId)}2026-03-02T10:00:02Z,INFO,${otherId},"5 inch\n${row(3, orderId)}`;
    await withEngine([tempFolder({ 'a.csv': text })], async engine => {
      const { sources } = await engine.sources({ full: true });
      assert.deepEqual([sources[0]?.records, sources[0]?.lines, sources[0]?.recordsWithCorrelationId], [3, 4, 3]);
    });
  });
});
