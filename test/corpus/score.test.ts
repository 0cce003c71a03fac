import assert from 'node:assert/strict';
import { countLines, disputes } from './disputes';
import {
  type Counts,
  corpus,
  expectations,
  hasCorpus,
  readCorpus,
  type Share,
  scoreCorpus,
  tally,
} from './scoreCorpus';

/**
 * Files that were wholly right when this was written, of those that carry IDs and of those that carry none. Raise a
 * number when more are; it never goes down.
 */
const rightBefore: { carrying: Share; empty: Share } = {
  carrying: { right: 60, all: 63 },
  empty: { right: 56, all: 56 },
};

describe('the score over the corpus', () => {
  before(function () {
    if (hasCorpus()) return;
    console.log(`      skipped: there is no corpus in ${corpus}`);
    this.skip();
  });

  for (const { path, idOf, expectedIdOf } of disputes) {
    it(`disputes what is expected of ${path} by a count of both sides`, () => {
      const text = readCorpus(path);
      const expected = expectations().find(expectation => expectation.path === path);
      const counted: Counts = countLines(text, expectedIdOf);
      assert.deepEqual(
        [counted.ids, counted.records],
        [expected?.distinctCorrelationIds, expected?.recordsWithCorrelationId],
      );
      assert.notDeepEqual(countLines(text, idOf), counted);
    });
  }

  it('has not become worse: `npm run corpus` shows it', async () => {
    const scores = await scoreCorpus();
    const { carrying, empty } = tally(scores);
    const wrong = scores.flatMap(({ path, wrong }) => (wrong === null ? [] : `${path}: ${wrong}`));
    for (const [what, now, before] of [
      ['with IDs', carrying, rightBefore.carrying],
      ['without IDs', empty, rightBefore.empty],
    ] as const) {
      assert.ok(
        now.right / now.all >= before.right / before.all,
        `${now.right} of ${now.all} files ${what} are right, before ${before.right} of ${before.all}:\n${wrong.join('\n')}`,
      );
    }
  }).timeout(120_000);
});
