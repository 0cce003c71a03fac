import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { withEngine } from './support/logs';

const root = path.join(import.meta.dirname, '../..');

describe('the tour', () => {
  it('has a query for the sample logs that finds a request in them', () =>
    withEngine([path.join(root, 'media/sample-logs')], async engine => {
      const { 'walkthrough.list.description': text } = JSON.parse(
        readFileSync(path.join(root, 'package.nls.json'), 'utf8'),
      ) as Record<string, string>;
      const [, filter] = /``([^`]+)``/.exec(text ?? '') ?? [];
      assert.ok(filter);
      assert.equal((await engine.list({ filter })).total, 1);
    }));
});
