import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Trace } from '../../../src/common/model/trace';
import { assembleTrace } from '../../../src/common/trace/assembleTrace';
import { correlationId, type Line, recordsOf, traceOf } from './traceOf';

const stepIds = ['s1', 's2', 's3', 's4', 's5', 's6', 'gone'];

/** Any graph: cycles, self references, missing steps, equal and missing times, several services and attempts. */
const line: fc.Arbitrary<Line> = fc.record({
  stepId: fc.constantFrom(null, ...stepIds.slice(0, 6)),
  previous: fc.uniqueArray(fc.constantFrom(...stepIds), { maxLength: 2 }),
  meaning: fc.constantFrom('follows', 'encloses', 'either'),
  at: fc.option(fc.integer({ min: 0, max: 40 })),
  phase: fc.constantFrom('start', 'progress', 'end'),
  service: fc.constantFrom('A', 'B', 'C', null),
  host: fc.constantFrom('h1', 'h2', null),
  stepType: fc.constantFrom('LLM', 'Tool: x', 'Observability', null),
  severity: fc.constantFrom('info', 'error', null),
  source: fc.constantFrom('/logs/a.log', '/logs/b.log'),
  digits: fc.constantFrom(0, 3, 6),
}) as fc.Arbitrary<Line>;

const withDurations: fc.Arbitrary<Line> = fc
  .tuple(line, fc.option(fc.integer({ min: 0, max: 30 })))
  .map(([base, duration]) => (duration === null ? base : { ...base, duration }));

const lines = fc.array(withDurations, { minLength: 1, maxLength: 40 });

/** Everything but what names a place in the list of records. */
const shape = (trace: Trace) =>
  JSON.stringify({ ...trace, origin: String(trace.origin) }, (_, value) =>
    typeof value === 'bigint' ? String(value) : value,
  );

describe('assembling any records', () => {
  it('conserves them: every record is in exactly one step', () => {
    fc.assert(
      fc.property(lines, input => {
        const trace = traceOf(input);
        const shown = trace.steps.flatMap(step => step.records).sort((a, b) => a - b);
        assert.deepEqual(
          shown,
          trace.records.map((_, index) => index),
        );
        assert.equal(new Set(trace.steps.map(step => step.key)).size, trace.steps.length, 'keys are unique');
      }),
      { numRuns: 2000 },
    );
  });

  it('does not depend on the order in which records come, nor change its input', () => {
    fc.assert(
      fc.property(lines, fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), (input, random) => {
        const records = recordsOf(input);
        const before = shape(assembleTrace({ correlationId, records }));
        const shuffled = records
          .map(record => ({ record, rank: random.next().value as number }))
          .sort((a, b) => a.rank - b.rank)
          .map(({ record }) => Object.freeze(record));
        assert.equal(shape(assembleTrace({ correlationId, records: Object.freeze(shuffled) })), before);
      }),
      { numRuns: 1000 },
    );
  });

  it('is the same whatever other correlations say of it, but for the mentions', () => {
    fc.assert(
      fc.property(lines, lines, (input, others) => {
        const records = recordsOf(input);
        const mentions = recordsOf(others.map(other => ({ ...other, correlationIds: [] })));
        const { notes, mentions: found, ...rest } = assembleTrace({ correlationId, records, mentions });
        const { notes: without, mentions: none, ...alone } = assembleTrace({ correlationId, records });
        assert.deepEqual(rest, alone);
        assert.deepEqual(
          notes.filter(({ kind }) => kind !== 'mention'),
          without,
        );
        assert.deepEqual([found.length, none.length], [others.length, 0]);
      }),
      { numRuns: 500 },
    );
  });

  it('gives a critical path whose segments are contiguous and end at the chosen step', () => {
    fc.assert(
      fc.property(lines, input => {
        const { criticalPath, steps } = traceOf(input);
        if (!criticalPath) return;
        const { segments } = criticalPath;
        segments.forEach((segment, index) => {
          assert.ok(segment.end > segment.start);
          if (index > 0) assert.equal(segment.start, segments[index - 1]!.end);
        });
        const until = steps.find(step => step.key === criticalPath.until)!;
        if (segments.length > 0 && until.end !== null) assert.equal(segments.at(-1)!.end, until.end);
        const starts = steps.flatMap(({ attempts }) =>
          attempts.flatMap(({ start }) => (start === null ? [] : [start])),
        );
        const sum = segments.reduce((total, { start, end }) => total + end - start, 0);
        if (until.end !== null) assert.equal(sum, until.end - Math.min(until.end, ...starts));
      }),
      { numRuns: 2000 },
    );
  });

  it('never gives a step more drag than the path has, nor a bound without a duration', () => {
    fc.assert(
      fc.property(lines, input => {
        const trace = traceOf(input);
        const total = trace.criticalPath?.segments.reduce((sum, { start, end }) => sum + end - start, 0) ?? 0;
        for (const step of trace.steps) {
          if (step.drag !== null) assert.ok(step.drag >= 0 && step.drag <= total);
          if (step.duration === null) assert.ok(step.durationKind === 'unknown');
          else assert.ok(step.bound !== null && step.duration >= 0);
        }
      }),
      { numRuns: 1000 },
    );
  });
});

describe('large and odd shapes', () => {
  const series = (count: number): Line[] =>
    Array.from({ length: count }, (_, index) => ({
      stepId: `s${index}`,
      previous: index === 0 ? [] : [`s${index - 1}`],
      at: index * 2 + 1,
      duration: 1,
    }));

  it('100,000 steps in series stay flat and are assembled without recursion', () => {
    const trace = traceOf(series(100_000));
    assert.equal(trace.steps.length, 100_000);
    assert.ok(trace.steps.every((step, index) => step.depth === 0 && step.key === `s${index}`));
    assert.equal(trace.criticalPath!.segments.length, 199_999);
  });

  it('a fan-out of 20,000 with its fan-in', () => {
    const branches = Array.from({ length: 20_000 }, (_, index) => `b${index}`);
    const trace = traceOf([
      { stepId: 'fork', at: 1, duration: 1 },
      ...branches.map((stepId, index) => ({ stepId, previous: ['fork'], at: 10 + index, duration: 5 })),
      { stepId: 'join', previous: branches, at: 30_000, duration: 10 },
    ]);
    assert.equal(trace.steps.length, 20_002);
    assert.deepEqual(trace.steps.at(-1)!.key, 'join');
    assert.equal(trace.steps.at(-1)!.depth, 0);
    assert.ok(trace.steps.slice(1, -1).every(step => step.depth === 1));
  });

  it('20,000 steps nested in one another', () => {
    const depth = 20_000;
    const trace = traceOf(
      Array.from({ length: depth }, (_, index) => ({
        stepId: `s${index}`,
        previous: index === 0 ? [] : [`s${index - 1}`],
        meaning: 'encloses' as const,
        at: 2 * depth - index,
        duration: 2 * (depth - index),
      })),
    );
    assert.equal(trace.steps.at(-1)!.depth, depth - 1);
  });

  it('cycles of one, two and three lose one link and keep every step', () => {
    for (const length of [1, 2, 3]) {
      const trace = traceOf(
        Array.from({ length }, (_, index) => ({
          stepId: `s${index}`,
          previous: [`s${(index + length - 1) % length}`],
          at: index * 10 + 5,
          duration: 5,
        })),
      );
      assert.equal(trace.steps.length, length);
      assert.equal(trace.steps[0]!.key, 's0');
      assert.ok(trace.notes.some(note => note.kind === 'cycle'));
    }
  });

  it('all times equal, and time 0', () => {
    const trace = traceOf(series(5).map(step => ({ ...step, at: 0, duration: 0 })));
    assert.deepEqual(
      trace.steps.map(step => step.key),
      ['s0', 's1', 's2', 's3', 's4'],
    );
    assert.deepEqual(trace.criticalPath!.segments, []);
  });
});
