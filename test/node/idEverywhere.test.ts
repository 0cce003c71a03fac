import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { orderId as id, tempFolder, withEngine } from './support/logs';

describe('an ID that stands on every line', () => {
  it('is told from its first records on, though an index says where it stands', async () => {
    const folder = tempFolder();
    const padding = 'x'.repeat(700);
    const count = 15_000;
    const lines = Array.from({ length: count }, (_, at) => {
      const time = new Date(Date.UTC(2026, 2, 2, 10) + at).toISOString();
      return `{"time":"${time}","correlationId":"${id}","stepId":"s${at % 50}","msg":"${padding}"}\n`;
    });
    writeFileSync(path.join(folder, 'one.log'), lines.join(''));
    await withEngine([folder], async engine => {
      await engine.index();
      const hits: number[] = [];
      const result = await engine.lookup({ text: id }, { onProgress: progress => hits.push(progress.hits) });
      assert.ok(result.kind === 'trace');
      assert.equal(result.trace.records, count);
      assert.ok((hits[0] ?? count) < count / 2, `first told: ${hits[0]} of ${count}`);
    });
  });
});
