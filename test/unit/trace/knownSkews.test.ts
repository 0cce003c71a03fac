import assert from 'node:assert/strict';
import type { Trace } from '../../../src/common/model/trace';
import { type Line, pair, path, stepOf, traceOf } from './traceOf';

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
const on = (host: string): Line => ({ service: host.toUpperCase(), host });
const offsets = ({ clockOffsets }: Trace) => clockOffsets.map(({ host, min, max }) => [host, min, max]);
const kinds = ({ notes }: Trace) => notes.map(({ kind }) => kind);

describe('clocks, where others move spans', () => {
  it('a server that goes on after its client has ended was not awaited: no skew', () => {
    const trace = traceOf([span('call', 0, 50, undefined, on('a')), span('serve', 10, 500, 'call', on('b'))]);
    assert.deepEqual([offsets(trace), kinds(trace)], [[], []]);
    assert.equal(stepOf(trace, 'serve').start, 10e6);
  });

  it('a server that fits its client anywhere is not centred', () => {
    const trace = traceOf([span('call', 0, 100, undefined, on('a')), span('serve', 5, 20, 'call', on('b'))]);
    assert.deepEqual([offsets(trace), stepOf(trace, 'serve').start], [[], 5e6]);
  });

  it('a skew that exceeds the parent is told as what it is at least', () => {
    const trace = traceOf([span('call', 1000, 1100, undefined, on('a')), span('serve', 0, 20, 'call', on('b'))]);
    const [[host, min, max]] = offsets(trace) as [[string, number | null, number]];
    assert.equal(host, 'b');
    assert.equal(min, null, 'one way only: nothing says how far at most');
    assert.ok(Math.abs(max + 1000e6) <= 1e6, String(max));
  });

  it('nothing is suggested where the parent is missing', () => {
    const trace = traceOf([span('other', 100, 200, undefined, on('a')), span('serve', 0, 20, 'lost', on('b'))]);
    assert.deepEqual([offsets(trace), kinds(trace)], [[], ['missingPrevious']]);
  });

  it('a one-way call, of which only a moment is logged, is pushed nowhere', () => {
    const trace = traceOf([
      span('send', 0, 20, undefined, on('a')),
      { stepId: 'got', at: 5, previous: ['send'], meaning: 'encloses', ...on('b') },
    ]);
    assert.deepEqual([offsets(trace), stepOf(trace, 'got').start], [[], 5e6]);
  });

  it('all of a host moves alike when an offset is applied, or none of it', () => {
    const trace = traceOf([
      span('call', 100, 200, undefined, on('a')),
      span('serve', 40, 90, 'call', on('b')),
      span('later', 300, 310, 'call', { ...on('b'), meaning: 'follows' }),
    ]);
    assert.deepEqual(
      offsets(trace).map(([host]) => host),
      ['b'],
    );
    assert.equal(stepOf(trace, 'later').start! - stepOf(trace, 'serve').start!, 260e6);
  });
});

describe('times, where others lose the path', () => {
  it('a server up to 1 % longer than its client is on the path up to the client’s end', () => {
    const trace = traceOf([
      span('root', 0, 1000, undefined, on('a')),
      span('call', 0, 1000, 'root', on('a')),
      span('serve', 0, 1009, 'call', on('b')),
    ]);
    assert.deepEqual(path(trace)?.at(0), 'run serve 0..1009');
    const inner = traceOf([
      span('root', 0, 2000, undefined, on('a')),
      span('call', 0, 1000, 'root', on('a')),
      span('serve', 0, 1009, 'call', on('b')),
    ]);
    assert.deepEqual(path(inner), ['run serve 0..1000', 'run root 1000..2000']);
  });

  it('the end of a fork that is one of three branches saves what the next one leaves', () => {
    const trace = traceOf([
      ...pair('1', 0, 10),
      ...pair('2a', 10, 30, { previous: ['1'], service: 'A' }),
      ...pair('2b', 10, 70, { previous: ['1'], service: 'B', stepType: 'Tool: slow' }),
      ...pair('2c', 10, 48, { previous: ['1'], service: 'C', stepType: 'Tool: next' }),
      ...pair('3', 72, 80, { previous: ['2a', '2b', '2c'] }),
    ]);
    assert.deepEqual([stepOf(trace, '2b').drag, trace.bottleneck?.thenKey], [22e6, '2c']);
    assert.match(
      trace.bottleneck!.sentence,
      /would end 22(?:\.0)? ms earlier\. Then Tool: next \(step 2c\) limits it\./,
    );
  });

  it('a range that is inverted gives no negative time, and the walk ends', () => {
    const trace = traceOf([
      { stepId: 'a', at: 50, phase: 'start' },
      { stepId: 'a', at: 20, phase: 'end' },
      ...pair('b', 60, 70, { previous: ['a'] }),
    ]);
    const { duration, durationKind, bound } = stepOf(trace, 'a');
    assert.deepEqual([duration, durationKind, bound], [null, 'unknown', null]);
    for (const { start, end } of trace.criticalPath!.segments) assert.ok(end >= start);
  });

  it('what a previous step that is not in the logs took is unknown, and nobody else’s', () => {
    const trace = traceOf([
      { stepId: 'x', at: 0, service: 'Gate' },
      ...pair('3', 40, 50, { previous: ['2'], service: 'B' }),
    ]);
    assert.deepEqual(path(trace)?.at(-1), 'run 3 40..50');
    assert.match(path(trace)!.at(0)!, /^unknown \S+ 0\.\.40$/);
  });
});
