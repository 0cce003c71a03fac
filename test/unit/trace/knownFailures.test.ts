import assert from 'node:assert/strict';
import type { Trace } from '../../../src/common/model/trace';
import { epochNanos } from '../../../src/common/model/units';
import { assembleTrace } from '../../../src/common/trace/assembleTrace';
import { correlationId, type Line, pair, path, recordsOf, stepOf, traceOf } from './traceOf';

/** A span from its start to its end, as span documents state it. */
const span = (stepId: string, from: number, to: number, parent?: string, rest: Line = {}): Line => ({
  stepId,
  at: from,
  duration: to - from,
  timeIs: 'start',
  phase: 'start',
  previous: parent === undefined ? [] : [parent],
  meaning: 'encloses',
  ...rest,
});

const rows = ({ steps }: Trace) => steps.map(({ key, depth }) => `${'  '.repeat(depth)}${key}`);
const selfOf = (trace: Trace, key: string) => stepOf(trace, key).self! / 1e6;
const linksOf = (trace: Trace, key: string) =>
  stepOf(trace, key).previousSteps.map(({ meaning, key }) => `${meaning} ${key}`);
const noteKinds = ({ notes }: Trace) => notes.map(({ kind }) => kind);
/** The segments' length and that of the whole path, which must be the same. */
const sums = ({ criticalPath, steps }: Trace) => {
  const { segments, until } = criticalPath!;
  const end = steps.find(({ key }) => key === until)!.end!;
  return [segments.reduce((sum, { start, end }) => sum + end - start, 0), end];
};

describe('the critical path, where that of others fails', () => {
  it('keeps a child that ends at the very start of the next', () => {
    const trace = traceOf([span('a', 0, 200), span('b', 10, 50, 'a'), span('c', 50, 100, 'a')]);
    assert.deepEqual(path(trace), ['run a 0..10', 'run b 10..50', 'run c 50..100', 'run a 100..200']);
  });

  it('keeps a child that ends one tick past the start of the next', () => {
    const trace = traceOf([span('a', 0, 200), span('b', 10, 51, 'a'), span('c', 50, 100, 'a')]);
    assert.deepEqual(path(trace), ['run a 0..10', 'run b 10..50', 'run c 50..100', 'run a 100..200']);
  });

  it('keeps a child though a fan-out starts at the very instant of its end', () => {
    const trace = traceOf([span('a', 0, 200), span('b', 10, 50, 'a'), span('c', 50, 100, 'a'), span('d', 50, 90, 'a')]);
    assert.deepEqual(path(trace), ['run a 0..10', 'run b 10..50', 'run c 50..100', 'run a 100..200']);
  });

  it('goes through a child of no length where the series touches it', () => {
    const trace = traceOf([
      span('a', 0, 200),
      span('b', 10, 50, 'a'),
      span('zero', 50, 50, 'a'),
      span('c', 50, 100, 'a'),
    ]);
    assert.deepEqual(path(trace), ['run a 0..10', 'run b 10..50', 'run c 50..100', 'run a 100..200']);
    assert.equal(stepOf(trace, 'zero').duration, 0);
    assert.equal(stepOf(trace, 'zero').drag, 0);
  });

  it('takes time 0 for a time', () => {
    const lines = [span('a', 0, 100), span('b', 0, 60, 'a'), span('c', 60, 90, 'a')];
    const zero = recordsOf(lines)[0]!.time!.at;
    const records = recordsOf(lines).map(record => ({
      ...record,
      time: record.time && { ...record.time, at: epochNanos(record.time.at - zero) },
    }));
    const trace = assembleTrace({ correlationId, records });
    assert.equal(trace.origin, 0n);
    assert.deepEqual(path(trace), ['run b 0..60', 'run c 60..90', 'run a 90..100']);
  });

  it('goes through 5,000 children in series, and as many in one another', () => {
    const count = 5000;
    const names = Array.from({ length: count }, (_, at) => `s${at}`);
    const flat = traceOf([span('a', 0, count), ...names.map((name, at) => span(name, at, at + 1, 'a'))]);
    assert.equal(flat.criticalPath!.segments.length, count);
    const deep = traceOf(names.map((name, at) => span(name, at, 2 * count - at, at === 0 ? undefined : `s${at - 1}`)));
    assert.equal(deep.criticalPath!.segments.length, 2 * count - 1);
    for (const trace of [flat, deep]) assert.equal(...(sums(trace) as [number, number]));
  });

  it('descends into the child of a child that ended last, level by level', () => {
    const trace = traceOf([
      span('a', 0, 250),
      span('b', 10, 110, 'a'),
      span('c', 30, 40, 'b'),
      span('d', 50, 60, 'b'),
      span('e', 120, 220, 'a'),
      span('f', 140, 200, 'e'),
      span('g', 150, 170, 'f'),
    ]);
    assert.deepEqual(path(trace), [
      'run a 0..10',
      'run b 10..30',
      'run c 30..40',
      'run b 40..50',
      'run d 50..60',
      'run b 60..110',
      'run a 110..120',
      'run e 120..140',
      'run f 140..150',
      'run g 150..170',
      'run f 170..200',
      'run e 200..220',
      'run a 220..250',
    ]);
  });

  it('takes the one that ended last of children that overlap', () => {
    const trace = traceOf([span('a', 0, 100), span('b', 10, 70, 'a'), span('c', 25, 45, 'b'), span('d', 30, 50, 'b')]);
    assert.deepEqual(path(trace), ['run a 0..10', 'run b 10..30', 'run d 30..50', 'run b 50..70', 'run a 70..100']);
  });

  it('does not break at a link into another trace', () => {
    const trace = traceOf([span('a', 0, 100, 'elsewhere'), span('b', 20, 80, 'a')]);
    assert.deepEqual(path(trace), ['run a 0..20', 'run b 20..80', 'run a 80..100']);
    assert.deepEqual(noteKinds(trace), ['missingPrevious']);
  });

  it('says that it was measured until a straggler', () => {
    const trace = traceOf([span('a', 0, 100), span('audit', 50, 10_000, 'a', { service: 'Audit' })]);
    assert.equal(...(sums(trace) as [number, number]));
    const { until, untilReason } = trace.criticalPath!;
    assert.deepEqual([until, untilReason], ['audit', 'the latest end']);
  });
});

describe('children that do not fit their parent', () => {
  it('follow it where they begin after its end', () => {
    const trace = traceOf([span('send', 100, 140), span('task', 200, 500, 'send', { service: 'B' })]);
    assert.deepEqual(linksOf(trace, 'task'), ['follows send']);
    assert.deepEqual(path(trace), ['run send 0..40', 'wait task 40..100', 'run task 100..400']);
    assert.equal(selfOf(trace, 'send'), 40);
    assert.deepEqual(rows(trace), ['send', 'task']);
  });

  it('count only inside it where they outlive it', () => {
    const trace = traceOf([span('p', 0, 100), span('c', 50, 150, 'p', { service: 'B' })]);
    assert.deepEqual(linksOf(trace, 'c'), ['encloses p']);
    assert.equal(selfOf(trace, 'p'), 50);
    assert.deepEqual(path(trace), ['run p 0..50', 'run c 50..150']);
    assert.deepEqual(rows(trace), ['p', '  c']);
  });

  it('are not moved where they begin before it', () => {
    const trace = traceOf([span('p', 50, 150), span('c', 20, 100, 'p', { service: 'B' })]);
    assert.equal(stepOf(trace, 'c').start, 0);
    assert.equal(selfOf(trace, 'p'), 50);
    assert.equal(...(sums(trace) as [number, number]));
  });

  it('overlap one another and are longer than it: its own time is what none of them covers', () => {
    const trace = traceOf([
      span('send', 100, 140),
      span('short', 115, 125, 'send', { service: 'B' }),
      span('task 1', 200, 500, 'send', { service: 'B' }),
      span('task 2', 300, 400, 'send', { service: 'B' }),
    ]);
    assert.equal(selfOf(trace, 'send'), 30);
    assert.deepEqual(path(trace), [
      'run send 0..15',
      'run short 15..25',
      'run send 25..40',
      'wait task 1 40..100',
      'run task 1 100..400',
    ]);
  });

  it('may come in any order for the own time', () => {
    const children = [span('c3', 13, 19, 'p'), span('c1', 3, 15, 'p'), span('c2', 9, 17, 'p')];
    for (const order of [children, children.toReversed()])
      assert.equal(selfOf(traceOf([span('p', 0, 36), ...order]), 'p'), 20);
  });

  it('cover it wholly: it has no time of its own', () => {
    const trace = traceOf([span('p', 10, 20), span('c', 0, 40, 'p', { service: 'B' })]);
    assert.equal(selfOf(trace, 'p'), 0);
    assert.equal(stepOf(trace, 'p').duration, 10e6);
  });
});

describe('roots', () => {
  it('may be several', () => {
    const trace = traceOf([span('a', 0, 10, 'gone'), span('b', 20, 30, 'gone too'), span('c', 22, 28, 'b')]);
    assert.equal(trace.steps.filter(({ key }) => !key.startsWith('?')).length, 3);
    assert.equal(...(sums(trace) as [number, number]));
  });

  it('may be missing: its children stand under a placeholder without a time', () => {
    const trace = traceOf([span('a', 0, 10, 'root'), span('b', 20, 30, 'root')]);
    const missing = stepOf(trace, '?root');
    assert.deepEqual([missing.start, missing.duration, missing.records.length], [null, null, 0]);
    assert.deepEqual(noteKinds(trace), ['missingPrevious']);
    assert.deepEqual(path(trace)?.at(-1), 'run b 20..30');
    assert.equal(...(sums(trace) as [number, number]));
  });

  it('may end before what they caused: the trace lasts until all has ended', () => {
    const trace = traceOf([span('root', 0, 10), span('late', 5, 490, 'root', { service: 'B' })]);
    assert.equal(trace.duration, 490e6);
  });

  it('are found in a cycle: the first is the root, nothing is lost, a note says so', () => {
    for (const names of [['a'], ['a', 'b'], ['a', 'b', 'c']]) {
      const trace = traceOf(names.map((name, at) => span(name, at * 10, at * 10 + 5, names.at(at - 1) ?? name)));
      assert.equal(trace.steps.length, names.length);
      assert.equal(trace.steps[0]!.key, 'a');
      assert.ok(noteKinds(trace).includes('cycle'));
      assert.equal(...(sums(trace) as [number, number]));
    }
  });
});

describe('one ID twice', () => {
  it('with different parents is one step under both', () => {
    const trace = traceOf([
      span('a', 0, 10),
      span('b', 10, 20),
      span('x', 30, 40, 'a', { meaning: 'follows' }),
      span('x', 30, 40, 'b', { meaning: 'follows' }),
    ]);
    assert.deepEqual(linksOf(trace, 'x'), ['follows a', 'follows b']);
  });

  it("as a call's client and server is one go, as long as the client's", () => {
    const trace = traceOf([
      span('root', 0, 100),
      span('call', 10, 60, 'root', { service: 'Shop' }),
      span('call', 20, 50, 'root', { service: 'Stock' }),
      span('query', 30, 40, 'call', { service: 'Stock' }),
    ]);
    const call = stepOf(trace, 'call');
    assert.deepEqual([call.start, call.duration, call.attempts.length], [10e6, 50e6, 1]);
    assert.deepEqual(rows(trace), ['root', '  call', '    query']);
  });

  it('with lines that its worker printed, some a little late, is one go of the stated duration', () => {
    const at = (time: number, phase: NonNullable<Line['phase']>, message: string): Line => ({
      stepId: 'work',
      at: time,
      digits: 6,
      phase,
      message,
      service: 'work.log',
    });
    const trace = traceOf([
      span('work', 10, 20, undefined, { service: 'Work', digits: 6 }),
      at(11, 'start', 'started'),
      at(15, 'end', 'lookup done'),
      at(15.5, 'start', 'second look-up started'),
      at(20.4, 'end', 'all done'),
    ]);
    const work = stepOf(trace, 'work');
    assert.deepEqual([work.attempts.length, work.duration, work.records.length], [1, 10e6, 5]);
    assert.deepEqual(noteKinds(trace), []);
  });

  it('is another go where it starts anew after a stated failure', () => {
    const trace = traceOf([
      span('work', 10, 20, undefined, { outcome: 'failed' }),
      ...pair('work', 21, 29, { outcome: 'ok' }),
    ]);
    assert.deepEqual(
      stepOf(trace, 'work').attempts.map(({ status }) => status),
      ['failed', 'ok'],
    );
  });
});

describe('clocks that differ', () => {
  it('leave a queue wait what it is: a late consumer is no skew', () => {
    const trace = traceOf([
      span('produce', 0, 20, undefined, { host: 'h1' }),
      span('consume', 8000, 8010, 'produce', { service: 'B', host: 'h2' }),
    ]);
    assert.equal(stepOf(trace, 'consume').wait, 7980e6);
    assert.deepEqual(path(trace), ['run produce 0..20', 'wait consume 20..8000', 'run consume 8000..8010']);
    assert.deepEqual(noteKinds(trace), []);
  });

  it('never move a step: there and back again, a host agrees with itself', () => {
    const trace = traceOf([
      span('a1', 0, 100, undefined, { service: 'A', host: 'A' }),
      span('b', -31, 29, 'a1', { service: 'B', host: 'B' }),
      span('a2', 20, 40, 'b', { service: 'A', host: 'A' }),
    ]);
    assert.equal(stepOf(trace, 'a2').start! - stepOf(trace, 'a1').start!, 20e6);
    assert.equal(...(sums(trace) as [number, number]));
  });

  it('never move a step that names no host', () => {
    const trace = traceOf([span('p', 60, 100), span('c', 0, 10, 'p')]);
    assert.deepEqual([stepOf(trace, 'c').start, stepOf(trace, 'p').start], [0, 60e6]);
  });

  it('are noted where an effect is stamped before its cause', () => {
    const trace = traceOf([
      ...pair('cause', 100, 120, { service: 'A', host: 'h1' }),
      ...pair('effect', 50, 80, { service: 'B', host: 'h2', previous: ['cause'] }),
    ]);
    assert.deepEqual(noteKinds(trace), ['effectBeforeCause', 'clockOffset']);
    assert.equal(stepOf(trace, 'effect').wait, null);
  });

  it('put a server beside its client, and the time of neither is changed', () => {
    const trace = traceOf([
      span('root', 62, 162, undefined, { service: 'A', host: 'h1' }),
      span('call', 65, 160, 'root', { service: 'A', host: 'h1' }),
      span('call', 0, 94, 'root', { service: 'B', host: 'h2' }),
      span('work', 1, 66, 'call', { service: 'B', host: 'h2' }),
    ]);
    assert.deepEqual(
      stepOf(trace, 'call').attempts.map(({ start, end }) => [start! / 1e6, end! / 1e6]),
      [
        [0, 94],
        [65, 160],
      ],
    );
    assert.ok(!noteKinds(trace).includes('duplicate'));
    assert.equal(...(sums(trace) as [number, number]));
  });

  it('are not to blame where stamps of one host are merely coarse', () => {
    const trace = traceOf([
      span('a', 0, 10, undefined, { digits: 3 }),
      span('b', 9.4, 20, 'a', { digits: 3, meaning: 'follows' }),
    ]);
    assert.deepEqual(noteKinds(trace), []);
  });

  it('keep the order of lines where many stamps are the same', () => {
    const names = ['plan', 'search', 'read', 'write', 'answer'];
    const trace = traceOf(names.map(name => span(name, 5, 5)));
    assert.deepEqual(
      trace.steps.map(({ key }) => key),
      names,
    );
  });
});
