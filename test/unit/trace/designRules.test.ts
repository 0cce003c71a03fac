import assert from 'node:assert/strict';
import { traceDocument } from '../../../src/common/export/traceDocument';
import { traceTree } from '../../../src/common/export/traceTree';
import type { Trace } from '../../../src/common/model/trace';
import { nothingCounted } from '../../../src/common/protocol/completeness';
import { durations, type Line, pair, path, stepOf, traceOf } from './traceOf';

const links = (trace: Trace, key: string) =>
  stepOf(trace, key).previousSteps.map(({ key: to, meaning, evidence }) => `${meaning} ${to} ${evidence}`);
const start = (stepId: string, at: number, rest: Line = {}): Line => ({ stepId, at, phase: 'start', ...rest });
const end = (stepId: string, at: number, rest: Line = {}): Line => ({ stepId, at, phase: 'end', ...rest });
const behind = (id: string): Line => ({ previous: [id] });

describe('the duration of a step', () => {
  it('is an instant where one record of progress is all', () => {
    assert.deepEqual(durations(traceOf([{ stepId: 'a', at: 0 }, ...pair('b', 10, 20)]))[0], [
      'a',
      0,
      'instant',
      'atLeast',
    ]);
  });

  it('is not known of a start that nothing follows, nor of an end before which nothing stands', () => {
    assert.deepEqual(durations(traceOf([start('a', 0)])), [['a', null, 'unknown', null]]);
    assert.deepEqual(durations(traceOf([end('a', 0)])), [['a', null, 'unknown', null]]);
  });

  it('is inferred from logged stamps alone, never from what is itself inferred', () => {
    const trace = traceOf([start('a', 0), end('b', 100, { ...behind('a'), service: 'B' })]);
    assert.deepEqual(durations(trace), [
      ['a', 100, 'inferred', 'atMost'],
      ['b', 100, 'inferred', 'atMost'],
    ]);
  });

  it('is bounded by the next record of the step that contains it', () => {
    const outer: Line[] = [start('o', 0), { stepId: 'o', at: 50 }, end('o', 100)];
    const inner = start('i', 10, { ...behind('o'), meaning: 'encloses', service: 'B' });
    assert.deepEqual(durations(traceOf([...outer, inner]))[1], ['i', 40, 'inferred', 'atMost']);
  });

  it('is told apart from the time since the previous step', () => {
    const trace = traceOf([...pair('a', 0, 10), ...pair('b', 30, 45, behind('a'))]);
    const { sincePrevious, duration, wait } = stepOf(trace, 'b');
    assert.deepEqual([sincePrevious, duration, wait], [30e6, 15e6, 20e6]);
  });
});

describe('a link', () => {
  it('of a name that says nothing contains where most of the source’s intervals do, else it follows', () => {
    const child = (id: string, from: number, to: number, parent: string, source: string): Line[] =>
      pair(id, from, to, { previous: [parent], meaning: 'either', source });
    const trace = traceOf([
      ...pair('a', 0, 100, { source: '/logs/nested.log' }),
      ...child('b', 10, 40, 'a', '/logs/nested.log'),
      ...child('c', 50, 90, 'a', '/logs/nested.log'),
      ...pair('x', 200, 210, { source: '/logs/chain.log' }),
      ...child('y', 220, 230, 'x', '/logs/chain.log'),
      ...child('z', 240, 250, 'y', '/logs/chain.log'),
    ]);
    assert.deepEqual(
      ['b', 'c', 'y', 'z'].map(key => links(trace, key)[0]),
      ['encloses a stated', 'encloses a stated', 'follows x stated', 'follows y stated'],
    );
  });

  it('is inferred to what contains a step on another service before what ended last', () => {
    const outer = pair('o', 0, 100, { service: 'A' });
    const early = pair('e', 5, 8, { service: 'C', ...behind('o'), meaning: 'encloses' });
    assert.deepEqual(links(traceOf([...outer, ...early, ...pair('i', 10, 20, { service: 'B' })]), 'i'), [
      'encloses o inferred',
    ]);
    assert.deepEqual(links(traceOf([...outer, ...early, ...pair('i', 10, 20, { service: 'A' })]), 'i'), [
      'follows e inferred',
    ]);
  });
});

describe('the status of a step', () => {
  const statusOf = (lines: Line[]) => traceOf(lines).steps[0]!.status;
  it('is what its end says, else the severity of its last record', () => {
    assert.equal(statusOf(pair('a', 0, 10)), 'ok');
    assert.equal(statusOf([start('a', 0), end('a', 10, { outcome: 'failed' })]), 'failed');
    assert.equal(statusOf([start('a', 0), end('a', 10, { exception: 'java.lang.IllegalStateException' })]), 'failed');
    assert.equal(statusOf([start('a', 0), { stepId: 'a', at: 10, severity: 'error' }]), 'failed');
    assert.equal(statusOf([start('a', 0), { stepId: 'a', at: 5, severity: 'error' }, end('a', 10)]), 'ok');
    assert.equal(statusOf([start('a', 0), { stepId: 'a', at: 10 }]), 'unknown');
  });
});

describe('the status of a trace', () => {
  const failed: Line = { outcome: 'failed' };
  const of = (lines: Line[]) => {
    const { status, failedStep } = traceOf(lines);
    return [status, failedStep];
  };
  it('is failed by the last step, or by one after which no other began', () => {
    assert.deepEqual(of([...pair('a', 0, 10), start('b', 20, behind('a')), end('b', 30, failed)]), ['failed', 'b']);
    const branch = [...pair('a', 0, 10), ...pair('c', 12, 60, { ...behind('a'), service: 'C' })];
    assert.deepEqual(
      of([...branch, start('b', 20, { ...behind('a'), service: 'B' }), end('b', 30, { ...failed, service: 'B' })]),
      ['failed', 'b'],
    );
  });

  it('is recovered where the flow went on after a failure', () => {
    const lines = [start('a', 0), end('a', 10, failed), ...pair('b', 20, 30, behind('a'))];
    assert.deepEqual(of(lines), ['recovered', null]);
  });

  it('is not failed by plumbing', () => {
    const audit: Line = { ...behind('a'), service: 'Audit', stepType: 'Audit' };
    assert.deepEqual(of([...pair('a', 0, 10), start('x', 20, audit), end('x', 30, { ...audit, ...failed })]), [
      'ok',
      null,
    ]);
  });

  it('names the step where the failure began, inside those that it travelled through', () => {
    const inside = (id: string, service: string): Line => ({ ...behind(id), meaning: 'encloses', service });
    const lines = [
      start('outer', 0),
      start('middle', 10, inside('outer', 'B')),
      start('inner', 20, inside('middle', 'C')),
      end('inner', 30, { ...failed, service: 'C' }),
      end('middle', 40, { ...failed, service: 'B' }),
      end('outer', 50, failed),
    ];
    assert.deepEqual(of(lines), ['failed', 'inner']);
    const trace = traceOf(lines);
    assert.deepEqual(trace.failurePath, ['inner', 'middle', 'outer']);
    const tree = traceTree(traceDocument(trace, nothingCounted), { width: 120, color: false });
    assert.match(tree, /^Failed in 1\.1\.1 line 3: line 4; then 1\.1 line 2, then 1 line 1$/m);
    assert.deepEqual(traceOf(pair('a', 0, 10)).failurePath, []);
  });

  it('is not known where the last step has no end', () => {
    assert.deepEqual(of([...pair('a', 0, 10), start('b', 20, behind('a'))]), ['unknown', null]);
  });
});

describe('the gap before a step', () => {
  it('is a wait between a logged end and a logged start that the log links', () => {
    const trace = traceOf([...pair('a', 0, 10), ...pair('b', 30, 40, behind('a'))]);
    assert.deepEqual(path(trace), ['run a 0..10', 'wait b 10..30', 'run b 30..40']);
  });

  it('is idle where only time says what it follows, on the same service and host', () => {
    const trace = traceOf([...pair('a', 0, 10, { host: 'h' }), ...pair('b', 30, 40, { host: 'h' })]);
    assert.deepEqual(path(trace), ['run a 0..10', 'idle b 10..30', 'run b 30..40']);
    const elsewhere = traceOf([...pair('a', 0, 10, { host: 'h' }), ...pair('b', 30, 40, { host: 'i' })]);
    assert.deepEqual(path(elsewhere)![1], 'wait b 10..30');
  });

  it('is elapsed, and no wait, where one side of it is not logged', () => {
    const trace = traceOf([start('a', 0), { stepId: 'a', at: 10 }, ...pair('b', 30, 40, behind('a'))]);
    assert.ok(!path(trace)!.some(segment => segment.startsWith('wait')), String(path(trace)));
    assert.equal(stepOf(trace, 'b').wait, null);
  });

  it('ends at the first attempt, and earlier attempts are elapsed', () => {
    const trace = traceOf([
      ...pair('a', 0, 10),
      start('b', 20, { ...behind('a'), service: 'W' }),
      end('b', 30, { outcome: 'failed', service: 'W' }),
      start('b', 50, { service: 'W' }),
      end('b', 60, { outcome: 'ok', service: 'W' }),
    ]);
    assert.equal(stepOf(trace, 'b').wait, 10e6);
    assert.deepEqual(path(trace), ['run a 0..10', 'wait b 10..20', 'elapsed b 20..50', 'run b 50..60']);
  });
});

describe('the end of the path', () => {
  const until = (lines: Line[]) => {
    const { until: key, untilReason } = traceOf(lines).criticalPath!;
    return [key, untilReason];
  };
  const there = [
    ...pair('a', 0, 10, { service: 'API' }),
    ...pair('b', 20, 30, { service: 'Worker', ...behind('a') }),
    ...pair('c', 40, 50, { service: 'API', ...behind('b') }),
  ];
  it('is the first service’s last step where the flow came back to it, whatever else goes on', () => {
    assert.deepEqual(until([...there, ...pair('d', 45, 90, { service: 'Mail', ...behind('b') })]), [
      'c',
      'back at API, where the request began',
    ]);
  });

  it('is the latest end where a step failed or never ended after that', () => {
    const fails = [
      start('d', 45, { service: 'Mail', ...behind('b') }),
      end('d', 90, { service: 'Mail', outcome: 'failed' }),
    ];
    assert.deepEqual(until([...there, ...fails]), ['d', 'the latest end']);
  });

  it('is no late side branch', () => {
    const audit = pair('x', 60, 200, { service: 'Audit', stepType: 'Audit', previous: ['b'] });
    assert.deepEqual(until([...pair('a', 0, 10), ...pair('b', 20, 30, behind('a')), ...audit]), [
      'b',
      'the latest end',
    ]);
  });
});

describe('row order and depth', () => {
  const rows = (lines: Line[]) => traceOf(lines).steps.map(({ key, depth }) => `${key}${depth}`);
  it('is flat in a series, and the branch of a fork that leads to the end stands last at the depth of the fork', () => {
    const series = [...pair('a', 0, 10), ...pair('b', 20, 30, behind('a')), ...pair('c', 40, 50, behind('b'))];
    assert.deepEqual(rows(series), ['a0', 'b0', 'c0']);
    const branch = pair('x', 32, 38, { ...behind('b'), service: 'X' });
    assert.deepEqual(rows([...series, ...branch]), ['a0', 'b0', 'x1', 'c0']);
  });

  it('puts branches that rejoin one deeper before the join, each kept whole', () => {
    const lines = [
      ...pair('f', 0, 10),
      ...pair('p1', 10, 20, behind('f')),
      ...pair('q1', 12, 18, { ...behind('f'), service: 'Q' }),
      ...pair('p2', 22, 40, behind('p1')),
      ...pair('q2', 20, 30, { ...behind('q1'), service: 'Q' }),
      ...pair('j', 45, 50, { previous: ['p2', 'q2'] }),
    ];
    assert.deepEqual(rows(lines), ['f0', 'p11', 'p21', 'q11', 'q21', 'j0']);
  });

  it('gives what a step contains its depth and one', () => {
    const lines = [
      ...pair('o', 0, 100, { service: 'A' }),
      ...pair('i', 10, 20, { ...behind('o'), meaning: 'encloses', service: 'B' }),
      ...pair('k', 12, 18, { ...behind('i'), meaning: 'encloses', service: 'C' }),
    ];
    assert.deepEqual(rows(lines), ['o0', 'i1', 'k2']);
  });
});
