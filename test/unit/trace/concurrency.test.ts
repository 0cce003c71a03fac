import assert from 'node:assert/strict';
import fc from 'fast-check';
import { traceDocument } from '../../../src/common/export/traceDocument';
import { traceTree } from '../../../src/common/export/traceTree';
import { nothingCounted } from '../../../src/common/protocol/completeness';
import { concurrencyOf } from '../../../src/common/trace/concurrency';
import { type Line, pair, traceOf } from './traceOf';

const concurrency = (lines: Line[]) => {
  const { steps, duration } = traceOf(lines);
  return concurrencyOf(steps, duration);
};
const behind = (id: string): Line => ({ previous: [id] });

describe('concurrency', () => {
  it('is one in a series, whose steps touch', () => {
    assert.deepEqual(concurrency([...pair('a', 0, 10), ...pair('b', 10, 20, behind('a'))]), { peak: 1, average: 1 });
  });

  it('counts the branches of a fork that work at the same time', () => {
    const lines = [
      ...pair('a', 0, 10),
      ...pair('b', 10, 30, { ...behind('a'), service: 'B' }),
      ...pair('c', 10, 20, { ...behind('a'), service: 'C' }),
    ];
    assert.deepEqual(concurrency(lines), { peak: 2, average: 40 / 30 });
    const document = traceDocument(traceOf(lines), nothingCounted);
    assert.deepEqual(document.concurrency, { peak: 2, average: 40 / 30 });
    assert.match(traceTree(document, { width: 120, color: false }).split('\n')[0]!, /up to 2 at once$/);
  });

  it('does not count a step while it waits for what it contains', () => {
    const lines = [
      ...pair('a', 0, 100, { service: 'A' }),
      ...pair('b', 20, 60, { service: 'B', previous: ['a'], meaning: 'encloses' }),
      ...pair('c', 30, 50, { service: 'C', previous: ['b'], meaning: 'encloses' }),
    ];
    assert.deepEqual(concurrency(lines), { peak: 1, average: 1 });
  });

  it('counts a step that still runs until the trace ends', () => {
    const trace = traceOf([
      { stepId: 'a', at: 0, phase: 'start' },
      ...pair('b', 10, 20, { ...behind('a'), service: 'B' }),
      ...pair('c', 30, 40, { ...behind('b'), service: 'B' }),
    ]);
    const steps = trace.steps.map(step => (step.key === 'a' ? { ...step, status: 'running' as const } : step));
    assert.deepEqual(concurrencyOf(steps, trace.duration), { peak: 2, average: 60 / 40 });
  });

  it('is not known without times', () => {
    assert.equal(concurrency([{ stepId: 'a' }, { stepId: 'b', previous: ['a'] }]), null);
  });

  it('is what counting at every moment gives', () => {
    const stretches = fc.array(fc.tuple(fc.nat(40), fc.integer({ min: 1, max: 20 })), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(stretches, list => {
        const found = concurrency(list.flatMap(([from, length], at) => pair(`s${at}`, from, from + length)))!;
        const counts = Array.from(
          { length: 60 },
          (_, t) => list.filter(([from, n]) => from <= t && t < from + n).length,
        );
        const busy = counts.filter(count => count > 0);
        assert.equal(found.peak, Math.max(...counts));
        assert.ok(Math.abs(found.average - busy.reduce((a, b) => a + b) / busy.length) < 1e-9);
      }),
      { numRuns: 200 },
    );
  });
});
