import assert from 'node:assert/strict';
import type { LogEngine } from '../../src/common/protocol/logEngine';
import { type FollowOutcome, followLoad, printFollow, seconds } from './support/followLoad';
import { withEngine } from './support/logs';

const here = (folder: string, follow: (engine: LogEngine) => Promise<FollowOutcome>) => withEngine([folder], follow);

describe('A busy log that is followed', function () {
  this.timeout((seconds + 60) * 1000);

  it('gives every record exactly once over rotations by name', async () => {
    const outcome = await followLoad('rename', here);
    printFollow('by name', outcome);
    const { written, numbers, notes } = outcome;
    assert.deepEqual(
      [...numbers].sort((a, b) => a - b),
      Array.from({ length: written }, (_, at) => at),
    );
    assert.deepEqual(notes, []);
  });

  it('gives no record twice over rotations by copy, and tells of each', async () => {
    const outcome = await followLoad('copy', here);
    printFollow('by copy', outcome);
    const { written, numbers, notes } = outcome;
    assert.equal(new Set(numbers).size, numbers.length, 'nothing twice');
    assert.ok(numbers.length === written || notes.length > 0, `${written - numbers.length} lost without a word`);
    assert.equal(notes.length > 0, true);
  });
});
