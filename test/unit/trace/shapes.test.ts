import assert from 'node:assert/strict';
import type { Trace } from '../../../src/common/model/trace';
import { assembleTrace } from '../../../src/common/trace/assembleTrace';
import { rounds } from '../../host/thorough';
import { correlationId, type Line, recordsOf } from './traceOf';

const lines = (count: number, line: (index: number) => Line): Line[] =>
  Array.from({ length: count }, (_, index) => line(index));

/** Assembles, and holds the trace to what is true of any: every record in one place, a path without gaps. */
function assembled(input: readonly Line[]): Trace {
  const trace = assembleTrace({ correlationId, records: recordsOf(input) });
  const places = new Uint8Array(input.length);
  for (const step of trace.steps) for (const index of step.records) places[index]!++;
  assert.equal(
    places.findIndex(count => count !== 1),
    -1,
    'every record is in exactly one step',
  );
  assert.equal(trace.records.length, input.length);

  if (trace.criticalPath && trace.criticalPath.segments.length > 0) {
    const { segments, until } = trace.criticalPath;
    const gap = segments.findIndex(({ start, end }, at) => end <= start || start !== (segments[at - 1]?.end ?? start));
    assert.equal(gap, -1, 'segments are contiguous');
    const length = segments.reduce<number>((sum, { start, end }) => sum + end - start, 0);
    let first = Number.POSITIVE_INFINITY;
    for (const { start } of trace.steps) if (start !== null && start < first) first = start;
    assert.equal(length, trace.steps.find(({ key }) => key === until)!.end! - first, 'they sum to T − t0');
  }
  return trace;
}

const ring = (length: number, meaning: 'follows' | 'encloses', rest: (index: number) => Line): Line[] =>
  lines(length, index => ({
    stepId: `s${index}`,
    previous: [`s${(index + length - 1) % length}`],
    meaning,
    ...rest(index),
  }));

describe('shapes of any size', () => {
  // More than fit on a stack as arguments or as calls in each other.
  const count = rounds(200_000, 1_000_000);
  it(`${count} steps in series`, function () {
    this.timeout(600_000);
    const trace = assembled(
      lines(count, index => ({
        stepId: `s${index}`,
        previous: index === 0 ? [] : [`s${index - 1}`],
        at: index * 2 + 1,
        duration: 1,
      })),
    );
    assert.equal(trace.steps.length, count);
    assert.equal(trace.steps.at(-1)!.depth, 0);
    assert.equal(trace.criticalPath!.segments.length, 2 * count - 1);
  });

  it('20,000 steps nested by start and end records, each with a part of its own', () => {
    const depth = 20_000;
    const nested = (index: number): Line => ({
      stepId: `s${index}`,
      previous: index === 0 ? [] : [`s${index - 1}`],
      meaning: 'encloses',
    });
    const trace = assembled([
      ...lines(depth, index => ({ ...nested(index), at: index, phase: 'start' })),
      ...lines(depth, index => ({ ...nested(index), at: 2 * depth - index, phase: 'end' })),
    ]);
    assert.equal(trace.steps.at(-1)!.depth, depth - 1);
    assert.equal(trace.criticalPath!.segments.length, 2 * depth - 1);
    assert.equal(trace.steps[depth >> 1]!.self, 2e6);
  });

  it('a step that encloses 20,000 others, and as many that follow one', () => {
    for (const meaning of ['encloses', 'follows'] as const) {
      const trace = assembled([
        { stepId: 'root', at: 30_000, duration: meaning === 'encloses' ? 30_000 : 10 },
        ...lines(20_000, index => ({
          stepId: `s${index}`,
          previous: ['root'],
          meaning,
          at: (meaning === 'encloses' ? 5 : 40_000) + index,
          duration: 3,
        })),
      ]);
      const aside = trace.steps.filter(step => step.depth === 1).length;
      assert.equal(aside, meaning === 'encloses' ? 20_000 : 19_999, 'all but the one that leads to the end');
      assert.equal(trace.steps.length, 20_001);
    }
  });

  it('200,000 steps of one service that overlap and name nothing, inside one of another service', function () {
    this.timeout(600_000);
    const count = 200_000;
    const trace = assembled([
      { stepId: 'outer', at: 3 * count, duration: 3 * count, service: 'Gate' },
      ...lines(count, index => ({ stepId: `s${index}`, at: 2 * count + index, duration: count })),
    ]);
    assert.equal(trace.steps.length, count + 1);
    assert.ok(
      trace.steps.every(({ key, previousSteps: [previous] }) =>
        key === 'outer' ? !previous : previous?.key === 'outer' && previous.meaning === 'encloses',
      ),
    );
  });

  it('cycles of followers and of enclosers, short and long', () => {
    for (const meaning of ['follows', 'encloses'] as const) {
      for (const length of [1, 2, 3, 20_000]) {
        const trace = assembled(ring(length, meaning, index => ({ at: index * 10 + 5, duration: 5 })));
        assert.equal(trace.steps.length, length);
        assert.ok(trace.notes.some(note => note.kind === 'cycle' && note.count === 1));
      }
    }
  });

  it('5,000 cycles of two, each named by the next', () => {
    const trace = assembled(
      lines(10_000, index => ({
        stepId: `s${index}`,
        previous: index % 2 ? [`s${index - 1}`] : [`s${(index + 3) % 10_000}`, `s${index + 1}`],
        at: index * 10 + 5,
        duration: 5,
      })),
    );
    assert.equal(trace.steps.length, 10_000);
    assert.ok(trace.notes.find(note => note.kind === 'cycle')!.count >= 5000);
  });

  it('stamps centuries apart, in any order', () => {
    const century = 100 * 365 * 86_400_000;
    for (const centuries of [1, 2, 4, 70]) {
      const first: Line = { stepId: 's1', at: 0, phase: 'start' };
      const last: Line = { stepId: 's1', at: centuries * century, phase: 'end' };
      for (const input of [
        [first, last],
        [last, first],
      ]) {
        const { origin, duration, steps } = assembled(input);
        assert.equal(origin, recordsOf([first])[0]!.time!.at);
        assert.equal(duration, Number(BigInt(centuries * century) * 1_000_000n));
        assert.equal(steps[0]!.duration, duration);
      }
    }
  });

  it('all times equal, all 0, and none at all', () => {
    for (const at of [7, 0, null]) {
      const instant = (index: number): Line => ({ at, stepType: `work ${index % 3}`, service: `S${index % 2}` });
      for (const length of [3, 20_000]) {
        const linked = assembled(
          lines(length, index => ({
            ...instant(index),
            stepId: `s${index}`,
            previous: index === 0 ? [] : [`s${index - 1}`],
          })),
        );
        assert.equal(linked.steps.length, length);
        assert.ok(linked.steps.every((step, index) => step.key === `s${index}`));
        assert.deepEqual(linked.criticalPath?.segments ?? [], []);
        assert.equal(linked.origin === null, at === null);
        assembled(ring(length, 'encloses', instant));
        assembled(lines(length, instant));
      }
      assembled(lines(2_000, index => ({ ...instant(index), stepId: `s${index}` })));
    }
  });
});
