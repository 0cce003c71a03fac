import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { withEngine } from '../node/support/logs';

const corpus = path.resolve(import.meta.dirname, '../../../shared/corpus');
const log = path.join(corpus, 'loghub/HDFS_2k.log');
const truthFile = path.join(corpus, 'truth/hdfs_blocks.json');

describe('the HDFS corpus, whose blocks have no key', () => {
  before(function () {
    if (existsSync(log) && existsSync(truthFile)) return;
    console.log(`      skipped: there is no corpus in ${corpus}`);
    this.skip();
  });

  const truth = (): [string, number[]][] => Object.entries(JSON.parse(readFileSync(truthFile, 'utf8')).blocks);

  it('lists each block with its number of records', async () => {
    await withEngine([log], async engine => {
      const { traces, total } = await engine.list({ limit: 5000 });
      const counts = new Map(traces.map(({ correlationId, records }) => [correlationId, records]));
      const blocks = truth();
      assert.equal(total, blocks.length);
      for (const [id, lines] of blocks) assert.equal(counts.get(id), lines.length, id);
    });
  });

  it('gives the blocks of several records, and some of one, their very lines by look-up', async () => {
    const blocks = truth().filter(([, lines], index) => lines.length > 1 || index % 100 === 0);
    assert.ok(blocks.some(([id]) => id.startsWith('blk_-')));
    await withEngine([log], async engine => {
      for (const [id, lines] of blocks) {
        const result = await engine.lookup({ text: id });
        assert.ok(result.kind === 'trace', `${id}: ${result.kind}`);
        const { traceId, records } = result.trace;
        const found = await engine.records({ traceId, from: 0, to: records });
        assert.deepEqual(
          found.map(({ line }) => Number(line)).toSorted((a, b) => a - b),
          lines,
          id,
        );
        await engine.release(traceId);
      }
    });
  }).timeout(120_000);
});
