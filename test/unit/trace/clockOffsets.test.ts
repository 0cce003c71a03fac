import assert from 'node:assert/strict';
import fc from 'fast-check';
import { markdown } from '../../../src/common/export/markdown';
import { traceDocument } from '../../../src/common/export/traceDocument';
import { traceTree } from '../../../src/common/export/traceTree';
import type { Trace } from '../../../src/common/model/trace';
import { type Nanos, nanos } from '../../../src/common/model/units';
import { nothingCounted } from '../../../src/common/protocol/completeness';
import { timelineRows } from '../../../src/common/timeline/timelineRows';
import { assembleTrace } from '../../../src/common/trace/assembleTrace';
import { contradiction, Intervals } from '../../../src/common/trace/clocks/differenceConstraints';
import { correlationId, type Line, pair, recordsOf, stepOf, traceOf } from './traceOf';

const offsets = (trace: Trace) =>
  trace.clockOffsets.map(({ host, reference, min, max, suggested }) => [
    host,
    reference,
    min === null ? null : Math.round(min / 1e6),
    max === null ? null : Math.round(max / 1e6),
    Math.round(suggested / 1e6),
  ]);

const clockTexts = (trace: Trace) => trace.notes.filter(({ kind }) => kind === 'clockOffset').map(({ text }) => text);

const apply = (lines: readonly Line[], clockOffsets: ReadonlyMap<string, Nanos>): Trace =>
  assembleTrace({ correlationId, records: recordsOf(lines), clockOffsets });

const suggestions = (trace: Trace) => new Map(trace.clockOffsets.map(({ host, suggested }) => [host, suggested]));

/** API asks Worker2 and gets an answer; Worker2's clock is behind. */
const thereAndBack: Line[] = [
  ...pair('s1', 0, 200, { service: 'API' }),
  ...pair('s2', -1000, -900, { service: 'Worker2', previous: ['s1'] }),
  ...pair('s3', 400, 420, { service: 'API', previous: ['s2'] }),
];

describe('clock offsets', () => {
  it('are an interval where the flow goes there and back', () => {
    const trace = traceOf(thereAndBack);
    assert.deepEqual(offsets(trace), [['Worker2', 'API', -1401, -999, -1200]]);
    assert.deepEqual(clockTexts(trace), [
      "Worker2's clock seems to be 999 ms to 1.40 s behind API's: 1 step is stamped before what caused it. Times are shown as logged.",
    ]);
    const [note] = trace.notes.filter(({ kind }) => kind === 'clockOffset');
    assert.deepEqual([note!.count, note!.steps, note!.records.map(({ line }) => line)], [1, ['s2'], [3]]);
  });

  it('are open on one side where nothing comes back', () => {
    const trace = traceOf(thereAndBack.slice(0, 4));
    assert.deepEqual(offsets(trace), [['Worker2', 'API', null, -999, -999]]);
    assert.match(clockTexts(trace)[0]!, /at least 999 ms behind API's/);
  });

  it('say nothing of an effect that comes late: that is a queue wait', () => {
    const trace = traceOf([
      ...pair('s1', 0, 20, { host: 'a' }),
      ...pair('s2', 8000, 8010, { host: 'b', previous: ['s1'] }),
    ]);
    assert.deepEqual(offsets(trace), []);
    assert.equal(trace.steps[1]!.wait, 7_980_000_000);
  });

  it('say nothing of one host, of stamps within a tick, nor of links that were inferred', () => {
    const sameHost = [...pair('s1', 50, 60, { host: 'a' }), ...pair('s2', 20, 30, { host: 'a', previous: ['s1'] })];
    assert.deepEqual(offsets(traceOf(sameHost)), []);
    const coarse: Line[] = [
      ...pair('s1', 300, 400, { host: 'a' }),
      ...pair('s2', 0, 1000, { host: 'b', previous: ['s1'], digits: 0 }),
    ];
    assert.deepEqual(offsets(traceOf(coarse)), []);
    const inferred = [...pair('s1', 50, 60, { service: 'A' }), ...pair('s2', 20, 30, { service: 'B' })];
    assert.deepEqual(offsets(traceOf(inferred)), []);
  });

  it('move one host as a whole: A → B → A leaves A alone', () => {
    const trace = traceOf([
      ...pair('s1', 0, 100, { host: 'a' }),
      ...pair('s2', -40, -10, { host: 'b', previous: ['s1'] }),
      ...pair('s3', 20, 90, { host: 'a', previous: ['s2'] }),
      ...pair('s4', -15, -12, { host: 'b', previous: ['s3'] }),
    ]);
    assert.deepEqual(
      offsets(trace).map(([host]) => host),
      ['b'],
    );
  });

  it('take a handoff into account, but not one that was merely written late', () => {
    const lines = (handoff: number, from: number): Line[] => [
      ...pair('s1', 0, 5000, { service: 'API' }),
      { stepId: 's2', at: handoff, service: 'API', previous: ['s1'] },
      ...pair('s2', from, from + 50, { service: 'W', previous: ['s1'] }),
    ];
    assert.deepEqual(offsets(traceOf(lines(4000, 1000))), [['W', 'API', null, -2899, -2899]]);
    assert.deepEqual(offsets(traceOf(lines(4000, 3950))), []);
  });

  it('put the far side of a call inside the near one', () => {
    const lines: Line[] = [
      ...pair('s1', 0, 100, { service: 'Shop', host: 'a' }),
      ...pair('s1', -200, -110, { service: 'Bank', host: 'b' }),
    ];
    const trace = traceOf(lines);
    assert.deepEqual(offsets(trace), [['b', 'a', -211, -199, -205]]);
    const moved = apply(lines, suggestions(trace));
    assert.equal(moved.steps[0]!.attempts.length, 1);
  });

  it('note a step stamped before the one it stands in', () => {
    const trace = traceOf([
      ...pair('p', 0, 100, { host: 'a' }),
      ...pair('c', -500, -480, { host: 'b', previous: ['p'], meaning: 'encloses' }),
    ]);
    assert.ok(trace.notes.some(({ kind }) => kind === 'effectBeforeCause'));
    assert.deepEqual(offsets(trace), [['b', 'a', null, -499, -499]]);
  });

  it('note a step stamped before any of the steps that it follows, but not for an end alone or what is inferred', () => {
    const join = (cause: Line[]): Line[] => [
      ...pair('s1', 0, 10, { host: 'a' }),
      ...cause,
      ...pair('s3', 100, 110, { host: 'c', previous: ['s1', 's2'] }),
    ];
    const isNoted = (lines: Line[]) => traceOf(lines).notes.some(({ kind }) => kind === 'effectBeforeCause');
    assert.ok(isNoted(join(pair('s2', 200, 210, { host: 'b' }))));
    assert.ok(!isNoted(join([{ stepId: 's2', at: 210, host: 'b', phase: 'end' }])));
    const endOnly: Line = { stepId: 's2', at: 200, host: 'b', phase: 'end', previous: ['s1'] };
    assert.ok(!isNoted([{ stepId: 's1', at: 51, host: 'a', phase: 'end' }, endOnly]));
  });

  it('note a step stamped long before the line of another clock that hands it over', () => {
    const lines = (host: string): Line[] => [
      ...pair('s1', 0, 5000, { host: 'a' }),
      { stepId: 's2', at: 4000, host: 'a', previous: ['s1'] },
      ...pair('s2', 1000, 1050, { host, service: 'W', previous: ['s1'] }),
    ];
    const isNoted = (host: string) => traceOf(lines(host)).notes.some(({ kind }) => kind === 'effectBeforeCause');
    assert.deepEqual([isNoted('b'), isNoted('a')], [true, false]);
  });

  it('leave a start without an end open where stamps of different clocks do not compare', () => {
    const lines: Line[] = [
      { stepId: 's0', at: 0, phase: 'start', host: 'a' },
      ...pair('s1', 100, 120, { host: 'b', previous: ['s0'] }),
    ];
    const apart = [...pair('x', 500, 510, { host: 'c' }), ...pair('y', 200, 210, { host: 'd', previous: ['x'] })];
    const near = [...pair('x', 205, 210, { host: 'c' }), ...pair('y', 200, 210, { host: 'd', previous: ['x'] })];
    assert.equal(stepOf(traceOf([...lines, ...near]), 's0').duration, 100e6);
    assert.equal(stepOf(traceOf([...lines, ...apart]), 's0').duration, null);
  });

  it('say nothing of a cause whose first attempt is lost', () => {
    const again = pair('s1', 500, 510, { host: 'a', attempt: 2 });
    const trace = traceOf([...again, ...pair('s2', 100, 110, { host: 'b', previous: ['s1'] })]);
    assert.deepEqual(
      trace.notes.filter(({ kind }) => kind !== 'duplicate'),
      [],
    );
    assert.deepEqual(offsets(trace), []);
  });

  it('are not suggested where stamps contradict each other, and this is said', () => {
    const trace = traceOf([
      ...pair('s1', 1000, 1100, { host: 'a' }),
      ...pair('s2', 0, 100, { host: 'b', previous: ['s1'] }),
      ...pair('s3', -500, -400, { host: 'a', previous: ['s2'] }),
    ]);
    assert.deepEqual(offsets(trace), []);
    assert.deepEqual(clockTexts(trace), [
      'The stamps of a, b contradict each other: no fixed difference of their clocks explains them.',
    ]);
  });

  it('leave the clocks alone that can be right, and fit the others to them; the interval holds whichever is right', () => {
    const trace = traceOf([
      ...pair('s1', 0, 100, { host: 'a' }),
      ...pair('s2', 200, 300, { host: 'b', previous: ['s1'] }),
      ...pair('s3', -2600, -2500, { host: 'c', previous: ['s2'] }),
      ...pair('s4', 600, 700, { host: 'a', previous: ['s3'] }),
    ]);
    assert.deepEqual(offsets(trace), [['c', 'a', -3201, -2598, -3000]]);
  });

  it('are applied on request only, marked, and the records keep their times', () => {
    const before = traceOf(thereAndBack);
    assert.equal(before.steps[1]!.start, 0);
    assert.deepEqual(before.offsetsApplied, []);
    const after = apply(thereAndBack, new Map([['Worker2', nanos(-1_200_000_000)]]));
    assert.deepEqual(after.offsetsApplied, [{ host: 'Worker2', offset: -1_200_000_000 }]);
    assert.deepEqual(
      after.steps.map(({ key, start }) => [key, start! / 1e6]),
      [
        ['s1', 0],
        ['s2', 200],
        ['s3', 400],
      ],
    );
    const raw = (trace: Trace) => trace.records.map(({ time }) => time!.at).sort();
    assert.deepEqual(raw(after), raw(before));
    assert.deepEqual(clockTexts(after), [
      'The times of 2 records of Worker2 were moved 1.20 s later, as asked. The records keep their own.',
    ]);
    assert.ok(!after.notes.some(({ kind }) => kind === 'effectBeforeCause'));
  });

  it('mark the steps whose times they moved, in the rows and in the document', () => {
    const moved = apply(thereAndBack, suggestions(traceOf(thereAndBack)));
    assert.deepEqual(
      moved.steps.map(({ clockOffset }) => clockOffset),
      [null, -1_200_000_000, null],
    );
    assert.deepEqual(
      timelineRows(moved).map(({ clockOffsetMs }) => clockOffsetMs),
      [null, -1200, null],
    );
    const document = traceDocument(moved, nothingCounted);
    assert.deepEqual(document.offsetsApplied, [{ host: 'Worker2', offsetMs: -1200 }]);
    assert.deepEqual(
      document.steps.map(({ clockOffsetMs }) => clockOffsetMs),
      [null, -1200, null],
    );
    const tree = traceTree(document, { width: 120, color: false });
    assert.match(tree, /^Times moved, as asked: Worker2 1\.20 s later\.$/m);
    assert.deepEqual(
      tree
        .split('\n')
        .map(line => line.endsWith('(time moved)'))
        .filter(Boolean).length,
      1,
    );
    assert.match(markdown(document), /Times moved, as asked: Worker2 1\.20 s later\./);
  });

  it('count a record without a host to the only host of its service', () => {
    const lines = thereAndBack.map((line, at): Line => (at === 2 ? { ...line, host: 'w2-a' } : line));
    assert.deepEqual(offsets(traceOf(lines))[0]!.slice(0, 2), ['w2-a', 'API']);
    assert.equal(stepOf(apply(lines, new Map([['w2-a', nanos(-1_200_000_000)]])), 's2').duration, 100_000_000);
  });
});

describe('clock offsets of any consistent trace', () => {
  const hosts = ['a', 'b', 'c', 'd', 'e'];
  const step = fc.record({
    host: fc.constantFrom(...hosts),
    previous: fc.uniqueArray(fc.nat(29), { maxLength: 3 }),
    wait: fc.integer({ min: 0, max: 3000 }),
    length: fc.integer({ min: 0, max: 2000 }),
    /** Whether it begins while its causes still run. */
    streams: fc.boolean(),
  });
  const shifts = fc.array(fc.integer({ min: -5000, max: 5000 }), { minLength: hosts.length, maxLength: hosts.length });
  const build = (
    steps: readonly (typeof step extends fc.Arbitrary<infer S> ? S : never)[],
    shift: readonly number[],
  ) => {
    const times: { from: number; to: number }[] = [];
    return steps.flatMap(({ host, previous, wait, length, streams }, index) => {
      const causes = [...new Set(previous.map(at => at % Math.max(index, 1)))].filter(at => at < index);
      const ready = Math.max(0, ...causes.map(at => (streams ? times[at]!.from : times[at]!.to)));
      const time = { from: ready + wait, to: ready + wait + length };
      times.push(time);
      const by = shift[hosts.indexOf(host)]!;
      const rest: Line = { host, service: `on-${host}`, previous: causes.map(at => `s${at}`) };
      return pair(`s${index}`, time.from + by, time.to + by, rest);
    });
  };
  const lengths = (trace: Trace) =>
    Object.fromEntries(trace.steps.map(({ key, duration }) => [key, duration] as const).sort());

  it('take every effect before its cause away and change no duration', () => {
    let needed = 0;
    fc.assert(
      fc.property(fc.array(step, { minLength: 2, maxLength: 30 }), shifts, (steps, shift) => {
        const lines = build(steps, shift);
        const skewed = traceOf(lines);
        const early = skewed.notes.some(({ kind }) => kind === 'effectBeforeCause');
        if (early) assert.ok(skewed.clockOffsets.length > 0);
        if (skewed.clockOffsets.length === 0) return;
        needed++;
        const put = apply(lines, suggestions(skewed));
        assert.ok(!put.notes.some(({ kind }) => kind === 'effectBeforeCause'));
        assert.deepEqual(put.clockOffsets, []);
        assert.deepEqual(
          lengths(put),
          lengths(
            traceOf(
              build(
                steps,
                hosts.map(() => 0),
              ),
            ),
          ),
        );
      }),
      { numRuns: 1000 },
    );
    assert.ok(needed > 300, `${needed} traces needed an offset`);
  });

  it('hold the true difference of two clocks', () => {
    const two = fc.array(
      step.map(one => ({ ...one, host: one.host < 'c' ? 'a' : 'b' })),
      { minLength: 2, maxLength: 12 },
    );
    fc.assert(
      fc.property(two, shifts, (steps, shift) => {
        for (const { host, min, max } of traceOf(build(steps, shift)).clockOffsets) {
          const ahead = (shift[1]! - shift[0]!) * 1e6 * (host === 'b' ? 1 : -1);
          assert.ok((min ?? ahead) <= ahead && ahead <= (max ?? ahead));
        }
      }),
      { numRuns: 500 },
    );
  });

  it('are none where the clocks are right', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 2, maxLength: 30 }), steps => {
        assert.deepEqual(
          traceOf(
            build(
              steps,
              hosts.map(() => 0),
            ),
          ).clockOffsets,
          [],
        );
      }),
      { numRuns: 300 },
    );
  });
});

describe('difference constraints', () => {
  it('have a solution just where no cycle is negative, and every value of an interval is part of one', () => {
    const constraint = fc.record({ from: fc.nat(4), to: fc.nat(4), most: fc.integer({ min: -4, max: 9 }) });
    fc.assert(
      fc.property(
        fc.array(constraint, { maxLength: 14 }),
        fc.array(fc.double({ min: 0, max: 1, noNaN: true })),
        (all, picks) => {
          const cycle = contradiction(all, 5);
          const distance = Array.from({ length: 5 }, (_, a) =>
            Array.from({ length: 5 }, (_, b) => (a === b ? 0 : Infinity)),
          );
          for (const { from, to, most } of all) distance[from]![to] = Math.min(distance[from]![to]!, most);
          for (let k = 0; k < 5; k++)
            for (let a = 0; a < 5; a++)
              for (let b = 0; b < 5; b++)
                distance[a]![b] = Math.min(distance[a]![b]!, distance[a]![k]! + distance[k]![b]!);
          assert.equal(
            cycle !== null,
            distance.some((row, at) => row[at]! < 0),
          );
          if (cycle) return;
          const intervals = new Intervals(all, 5);
          const values = intervals.min.map((_, variable) => {
            const [min, max] = [intervals.min[variable]!, intervals.max[variable]!];
            const low = Number.isFinite(min) ? min : Number.isFinite(max) ? max - 50 : -50;
            const high = Number.isFinite(max) ? max : low + 50;
            const value = Math.round(low + (high - low) * (picks[variable] ?? 0.5));
            intervals.fix(variable, value);
            return value;
          });
          for (const { from, to, most } of all) assert.ok(values[to]! - values[from]! <= most);
        },
      ),
      { numRuns: 1000 },
    );
  });
});
