import assert from 'node:assert/strict';
import { type Figure, rows, verdictOf, worstOf } from '../bench/figures';
import { markdownTable, Report } from '../bench/report';
import { type Contestant, playRounds, shuffled, slow, timesOf } from '../bench/rounds';
import { exponent, least, median, most, quantile, ratio } from '../bench/statistics';

const sample = (ms: number) => ({ ms, cpuMs: ms, peakBytes: 1 });

describe('the benchmark', () => {
  it('takes the middle value, whatever the order', () => {
    assert.equal(median([9, 1, 5]), 5);
    assert.equal(median([4, 1, 3, 100]), 3.5);
    assert.equal(median([7]), 7);
    assert.ok(Number.isNaN(median([])));
    assert.deepEqual([least([3, 1, 2]), most([3, 1, 2])], [1, 3]);
    assert.ok(Number.isNaN(least([])) && Number.isNaN(most([])));
  });

  it('takes percentiles by the nearest rank', () => {
    const hundred = shuffled(Array.from({ length: 100 }, (_, index) => index + 1));
    assert.deepEqual([quantile(hundred, 0.5), quantile(hundred, 0.99), quantile(hundred, 1)], [50, 99, 100]);
    assert.equal(quantile([5], 0.99), 5);
    assert.equal(quantile([10, 2], 0.01), 2);
    assert.ok(Number.isNaN(quantile([], 0.5)));
  });

  it('compares medians', () => {
    assert.equal(ratio([10, 30, 20], [5, 5, 1000]), 4);
    assert.ok(Number.isNaN(ratio([1], [])));
  });

  it('tells by which power time grows', () => {
    const of = (bytes: number, ...times: number[]) => ({ bytes, times });
    const near = (value: number, expected: number) => assert.ok(Math.abs(value - expected) < 1e-9, `${value}`);
    near(exponent(of(1e8, 30, 31, 29), of(1e9, 300)), 1);
    near(exponent(of(1e8, 30), of(1e9, 3000)), 2);
    near(exponent(of(1e8, 30), of(1e9, 30)), 0);
    near(exponent(of(1e9, 10), of(4e9, 20)), 0.5);
  });

  it('plays each round with everybody, and fewer rounds with who is slow', async () => {
    const turns: string[] = [];
    const contestant = (name: string, ms: number): Contestant => ({
      name,
      bytes: 1,
      run: async () => {
        turns.push(name);
        return sample(ms);
      },
    });
    const samples = await playRounds([contestant('a', 1), contestant('b', 2), contestant('c', slow.ms + 1)], 5);
    assert.deepEqual(timesOf(samples, 'a'), Array(5).fill(1));
    assert.deepEqual(timesOf(samples, 'b'), Array(5).fill(2));
    assert.equal(timesOf(samples, 'c').length, slow.rounds);
    assert.equal(turns.filter(name => name === 'c').length, slow.rounds, 'the slow one runs no more than is counted');
    assert.equal(turns.filter(name => name === 'a').length, 6, 'one round warms up');
    for (let round = 0; round < slow.rounds; round++) {
      assert.deepEqual(turns.slice(round * 3, round * 3 + 3).toSorted(), ['a', 'b', 'c']);
    }
    assert.deepEqual(timesOf(await playRounds([contestant('c', slow.ms + 1)], 1), 'c').length, 1);
  });

  it('judges a figure by its limits, a row by its worst figure', () => {
    const atMost: Figure = { name: '', better: 'less', must: 4, target: 2.5, unit: '×' };
    const atLeast: Figure = { ...atMost, better: 'more', must: 2.5, target: 4 };
    const verdicts = (figure: Figure) => [2.5, 2.6, 4, 4.1].map(value => verdictOf(figure, value));
    assert.deepEqual(verdicts(atMost), ['target met', 'must met', 'must met', 'MISSED']);
    assert.deepEqual(verdicts(atLeast), ['must met', 'must met', 'target met', 'target met']);
    assert.equal(verdictOf(atMost, Number.NaN), 'not measured');
    assert.equal(worstOf(['target met', 'must met']), 'must met');
    assert.equal(worstOf(['target met', 'not measured']), 'not measured');
    assert.equal(worstOf(['not measured', 'MISSED', 'target met']), 'MISSED');
  });

  it('prints every row of the figures, measured or not', () => {
    const report = new Report();
    report.measured('lookup', 1.2, 'JSON');
    report.measured('lookup', 3.4, 'text');
    report.missing('lookupProcess', 'it does not run');
    const { text, missed } = report.verdicts();
    assert.equal(text.split('\n').length, rows.length + 2);
    assert.equal(missed, 1);
    const row = text.split('\n').find(line => line.includes('in-process / process'));
    assert.match(row ?? '', /in-process: JSON 1\.2×, text 3\.4×; process: it does not run +\| MISSED/);
  });

  it('aligns tables', () => {
    assert.equal(
      markdownTable(['a', 'bb'], [['ccc', 'd']])
        .split('\n')
        .join('/'),
      '| a   | bb |/| --- | -- |/| ccc | d  |',
    );
  });
});
