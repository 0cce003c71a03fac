import assert from 'node:assert/strict';
import fc from 'fast-check';
import { nanos } from '../../src/common/model/units';
import { activityOf, idleTime } from '../../src/common/timeline/idleTime';
import { overviewOf, traceOverview } from '../../src/common/timeline/overview';
import { evenStretches, timeMap, toPlaces, toTimes } from '../../src/common/timeline/timeMap';
import type { TimeWindow } from '../../src/common/timeline/timeWindow';
import { pair, traceOf } from './trace/traceOf';

const of = (fromMs: number, toMs: number): TimeWindow => ({ fromMs, toMs });

/** Activity of any trace: some of it moments, some of it one after the other, on scales from µs to days. */
const traces = fc
  .record({
    wholeMs: fc.oneof(fc.double({ min: 0.01, max: 100, noNaN: true }), fc.double({ min: 100, max: 3e8, noNaN: true })),
    parts: fc.array(
      fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 0.01, noNaN: true })),
      {
        maxLength: 12,
      },
    ),
    moments: fc.boolean(),
  })
  .map(({ wholeMs, parts, moments }) => ({
    wholeMs,
    activity: [
      of(0, 0),
      ...parts.map(([at, length]) => of(at * wholeMs, Math.min(1, moments ? at : at + length) * wholeMs)),
      of(wholeMs, wholeMs),
    ],
  }));

describe('Idle time', () => {
  it('is what no activity covers', () => {
    const activity = [of(0, 100), of(9_000, 9_050), of(9_020, 9_100), of(20_000, 20_000), of(19_950, 20_000)];
    assert.deepEqual(idleTime(activity, 20_000), { ms: 19_750, gaps: [of(100, 9_000), of(9_100, 19_950)] });
  });

  it('leaves gaps alone that are short beside what is left', () => {
    const steps = Array.from({ length: 100 }, (_, index) => of(index * 10, index * 10 + 1));
    assert.deepEqual(idleTime([...steps, of(100_000, 100_001)], 100_001).gaps, [of(991, 100_000)]);
    assert.deepEqual(idleTime(steps, 991).gaps, []);
    assert.deepEqual(idleTime([], 0), { ms: 0, gaps: [] });
  });

  it('is not the time of a step at work, but that of one that only contains others', () => {
    const long = traceOf(pair('a', 0, 36_000));
    assert.deepEqual(idleTime(activityOf(long), 36_000).gaps, []);
    const frame = traceOf([
      ...pair('a', 0, 36_000),
      ...pair('b', 10, 50, { previous: ['a'], meaning: 'encloses' }),
      ...pair('c', 35_000, 35_900, { previous: ['a'], meaning: 'encloses' }),
    ]);
    assert.deepEqual(traceOverview(frame, 10).idle.gaps, [of(50, 35_000)]);
  });

  it('ends at a line of a step that is moved where the line was moved to', () => {
    const trace = traceOf([...pair('a', 0, 100), ...pair('b', 9_000, 9_100, { previous: ['a'], host: 'other' })]);
    const steps = trace.steps.map(step => ({
      ...step,
      durationKind: 'unknown' as const,
      clockOffset: step.stepId === 'b' ? nanos(500e6) : null,
    }));
    const moved = { ...trace, steps };
    assert.deepEqual(
      activityOf(moved).map(({ fromMs }) => fromMs),
      [0, 100, 8_500, 8_600],
    );
  });
});

describe('Times and their places on the axis', () => {
  const pairs = fc.tuple(
    traces,
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.double({ min: 0, max: 1, noNaN: true }),
  );

  it('are the same while nothing is compressed', () => {
    fc.assert(
      fc.property(pairs, ([{ wholeMs }, share]) => {
        const map = timeMap(wholeMs);
        assert.equal(map.placeOf(share * wholeMs), share * wholeMs);
        assert.equal(map.timeAt(share * wholeMs), share * wholeMs);
        assert.equal(map.length, wholeMs);
      }),
    );
  });

  it('keep their order, and lead to each other', () => {
    fc.assert(
      fc.property(pairs, ([{ wholeMs, activity }, a, b]) => {
        const map = timeMap(wholeMs, idleTime(activity, wholeMs).gaps);
        const [early, late] = [Math.min(a, b) * wholeMs, Math.max(a, b) * wholeMs];
        assert.ok(map.placeOf(early) <= map.placeOf(late));
        assert.ok(map.timeAt(Math.min(a, b) * map.length) <= map.timeAt(Math.max(a, b) * map.length));
        assert.ok(Math.abs(map.timeAt(map.placeOf(early)) - early) <= wholeMs * 1e-9);
        const place = a * map.length;
        assert.ok(Math.abs(map.placeOf(map.timeAt(place)) - place) <= map.length * 1e-6, `${place}`);
      }),
      { numRuns: 2_000 },
    );
  });

  it('begin and end together; no break takes more room than it had, and each has some', () => {
    fc.assert(
      fc.property(traces, ({ wholeMs, activity }) => {
        const { gaps } = idleTime(activity, wholeMs);
        const map = timeMap(wholeMs, gaps);
        assert.equal(map.placeOf(0), 0);
        assert.equal(map.timeAt(0), 0);
        assert.equal(map.placeOf(wholeMs), map.length);
        assert.equal(map.timeAt(map.length), wholeMs);
        assert.equal(map.breaks.length, gaps.length);
        for (const { fromMs, toMs, from, to } of map.breaks) {
          assert.ok(to > from && to - from <= (toMs - fromMs) * (1 + 1e-6), JSON.stringify({ fromMs, toMs, from, to }));
          assert.equal(map.placeOf(fromMs), from);
          assert.ok(Math.abs(map.placeOf(toMs) - to) <= map.length * 1e-12);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('have one scale wherever nothing is compressed, and no step is in a break', () => {
    fc.assert(
      fc.property(traces, ({ wholeMs, activity }) => {
        const map = timeMap(wholeMs, idleTime(activity, wholeMs).gaps);
        const stretches = evenStretches(map, of(0, wholeMs));
        assert.equal(stretches.length, map.breaks.length + 1);
        for (const stretch of stretches) {
          const places = toPlaces(map, stretch);
          const apart = places.toMs - places.fromMs - (stretch.toMs - stretch.fromMs);
          assert.ok(Math.abs(apart) <= wholeMs * 1e-9, String(apart));
        }
        for (const { fromMs, toMs } of activity)
          assert.ok(
            map.breaks.every(gap => toMs <= gap.fromMs || fromMs >= gap.toMs),
            'activity is outside of breaks',
          );
      }),
    );
  });

  it('lead a window there and back', () => {
    const map = timeMap(36_000, [of(60, 12_000), of(12_040, 35_900)]);
    assert.ok(map.length < 1_000);
    const window = of(30, 35_950);
    const back = toTimes(map, toPlaces(map, window));
    assert.ok(Math.abs(back.fromMs - 30) < 1e-6 && Math.abs(back.toMs - 35_950) < 1e-6, JSON.stringify(back));
  });

  it('give the columns of the overview equal room on the axis', () => {
    const spans = [
      { row: 0, startMs: 0, endMs: 50, errorsMs: [] },
      { row: 1, startMs: 10_000, endMs: 10_050, errorsMs: [10_050] },
    ];
    const map = timeMap(10_050, [of(50, 10_000)]);
    const { busy, first, errors } = overviewOf({ spans, path: [], map }, 108);
    const idle = busy.flatMap((count, column) => (count === 0 ? column : []));
    assert.deepEqual([idle.length, busy.filter(count => count === 1).length], [8, 100]);
    assert.deepEqual([first.indexOf(1) > idle[0]!, errors.at(-1)], [true, 1]);
  });
});
