import assert from 'node:assert/strict';
import { assembleTrace } from '../../../src/common/trace/assembleTrace';
import { nearbyOf } from '../../../src/common/trace/records/nearby';
import { correlationId, type Line, pair, recordsOf, stepOf } from './traceOf';

const noId = (at: number | null, message: string, rest: Line = {}): Line => ({
  at,
  message,
  correlationIds: [],
  ...rest,
});
const foreign = (at: number, rest: Line = {}): Line => ({
  at,
  correlationIds: [{ id: 'c-other', field: 'correlationId' }],
  ...rest,
});

/** Messages of the records that stand inside step `s` of a log with these lines. */
function nearby(lines: Line[]): string[] {
  const all = recordsOf(lines);
  const records = all.filter(({ correlationIds }) => correlationIds[0]?.id === correlationId);
  const trace = assembleTrace({ correlationId, records });
  return nearbyOf(stepOf(trace, 's'), trace, all).records.map(({ message }) => message);
}

describe('Records without an ID', () => {
  it('stand inside the step whose thread wrote them', () => {
    const one: Line = { thread: 'worker-1' };
    const two: Line = { thread: 'worker-2' };
    const [start, end] = pair('s', 10, 90, one);
    const found = nearby([
      noId(5, 'before', one),
      start!,
      noId(20, 'Timeout occurred', one),
      noId(21, 'of another thread', two),
      noId(22, 'of no thread'),
      foreign(23, two),
      noId(24, 'of the other request', two),
      end!,
      noId(95, 'after', one),
    ]);
    assert.deepEqual(found, ['Timeout occurred']);
  });

  it('are not the step’s once its thread has turned to something else, until it comes back', () => {
    const on: Line = { thread: 'loop' };
    const [start, end] = pair('s', 10, 90, on);
    const found = nearby([
      start!,
      noId(20, 'ours', on),
      foreign(30, on),
      noId(40, 'theirs', on),
      { stepId: 's', at: 50, ...on },
      noId(60, 'ours again', on),
      end!,
    ]);
    assert.deepEqual(found, ['ours', 'ours again']);
  });

  it('follow a step without an end until its thread takes up something else, or for five minutes', () => {
    const on: Line = { thread: 'worker-1' };
    const start: Line = { stepId: 's', at: 0, phase: 'start', ...on };
    assert.deepEqual(
      nearby([start, noId(30_000, 'Timeout occurred', on), foreign(40_000, on), noId(41_000, 'x', on)]),
      ['Timeout occurred'],
    );
    assert.deepEqual(nearby([start, noId(300_001, 'much later', on)]), []);
  });

  it('of a source without threads belong to the only trace that was at work there', () => {
    const [start, end] = pair('s', 10, 90);
    assert.deepEqual(nearby([start!, noId(20, 'Timeout occurred'), end!, foreign(100)]), ['Timeout occurred']);
    assert.deepEqual(nearby([start!, noId(20, 'whose?'), foreign(30), end!]), []);
    assert.deepEqual(nearby([start!, noId(20, 'other', { service: 'Cron' }), end!]), []);
  });

  it('stand inside that step of the trace which wrote last before them', () => {
    const found = nearby([
      { stepId: 's', at: 0, phase: 'start' },
      noId(1, 'ours'),
      { stepId: 't', at: 2, phase: 'start' },
      noId(3, 'the other step’s'),
      { stepId: 't', at: 4, phase: 'end' },
      { stepId: 's', at: 5, phase: 'end' },
    ]);
    assert.deepEqual(found, ['ours']);
  });

  it('need no times: the order of lines is enough', () => {
    const lines = [
      { stepId: 's', at: null, message: 'Executing tool', phase: 'start' } satisfies Line,
      noId(null, 'Timeout occurred'),
    ];
    assert.deepEqual(nearby(lines), ['Timeout occurred']);
  });

  it('that name a user or a message are somebody’s', () => {
    const [start, end] = pair('s', 10, 90, { thread: 'w' });
    assert.deepEqual(nearby([start!, noId(20, 'x', { thread: 'w', userId: 'u-2' }), end!]), []);
    assert.deepEqual(nearby([start!, noId(20, 'x', { thread: 'w', messageId: 'm-2' }), end!]), []);
  });
});
