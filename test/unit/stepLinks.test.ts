import assert from 'node:assert/strict';
import { stepLinks } from '../../src/common/timeline/stepLinks';
import { timelineRows } from '../../src/common/timeline/timelineRows';
import { pair, traceOf } from './trace/traceOf';

describe('The steps before and after a step', () => {
  const rows = timelineRows(
    traceOf([
      ...pair('a', 0, 100, { stepType: 'Plan' }),
      ...pair('b', 200, 300, { previous: ['a'], stepType: 'Search' }),
      ...pair('c', 210, 400, { previous: ['a'], stepType: 'Fetch' }),
      ...pair('d', 500, 600, { previous: ['b', 'c'], stepType: 'Join' }),
    ]),
  );
  const names = (links: { number: string | null; label: string }[]) =>
    links.map(each => `${each.number} ${each.label}`);

  it('are called by number and name, over a fork and a join', () => {
    const fork = stepLinks(rows, 'a');
    assert.deepEqual(names(fork.previous), []);
    assert.deepEqual(names(fork.next).sort(), ['2a Search', '2b Fetch']);
    const join = stepLinks(rows, 'd');
    assert.deepEqual(names(join.previous).sort(), ['2a Search', '2b Fetch']);
    assert.deepEqual([join.next, join.nextCount], [[], 0]);
    assert.deepEqual(names(stepLinks(rows, 'b').next), ['3 Join']);
  });

  it('are listed up to a thousand, and counted', () => {
    const wide = timelineRows(
      traceOf([
        ...pair('a', 0, 10),
        ...Array.from({ length: 1_200 }, (_, n) => pair(`b${n}`, 20 + n, 30 + n, { previous: ['a'] })).flat(),
      ]),
    );
    const { next, nextCount } = stepLinks(wide, 'a');
    assert.deepEqual([next.length, nextCount], [1_000, 1_200]);
  });

  it('are none of a step that is not there', () => {
    assert.deepEqual(stepLinks(rows, 'x'), { previous: [], next: [], nextCount: 0 });
  });
});
