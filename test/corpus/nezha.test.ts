import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { withEngine } from '../node/support/logs';

const corpus = path.resolve(import.meta.dirname, '../../../shared/corpus');
const log = path.join(corpus, 'nezha/tt_2023-01-29_08_50.docker.jsonl');
const truthFile = path.join(corpus, 'truth/nezha_tt_2023-01-29_08_50.json');

interface Group {
  lines: number;
  line_numbers: number[];
}

describe('the Nezha corpus', () => {
  before(function () {
    if (existsSync(log) && existsSync(truthFile)) return;
    console.log(`      skipped: there is no corpus in ${corpus}`);
    this.skip();
  });

  it('gives each correlation its very lines by ID look-up', async () => {
    const truth: { log_groups: Record<string, Group> } = JSON.parse(readFileSync(truthFile, 'utf8'));
    // The truth counts lines of the CSV file, which has one line of titles before the records.
    const groups = Object.entries(truth.log_groups).map(
      ([id, { line_numbers }]) => [id, line_numbers.map(line => line - 1)] as const,
    );
    await withEngine([log], async engine => {
      for (const [id, lines] of groups) {
        const result = await engine.lookup({ text: id });
        assert.ok(result.kind === 'trace', id);
        const { traceId, records } = result.trace;
        const found = await engine.records({ traceId, from: 0, to: records });
        assert.deepEqual(
          found.map(({ line }) => line).toSorted((a, b) => Number(a) - Number(b)),
          lines,
          id,
        );
        await engine.release(traceId);
      }
      const { traces } = await engine.list({});
      const counts = new Map(traces.map(({ correlationId, records }) => [correlationId, records]));
      for (const [id, lines] of groups) assert.equal(counts.get(id), lines.length, id);
    });
  }).timeout(120_000);
});
