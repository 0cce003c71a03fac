import assert from 'node:assert/strict';
import { assembleTrace } from '../../../src/common/trace/assembleTrace';
import { correlationId, type Line, recordsOf } from './traceOf';

const stepsOf = (...lines: Line[]) =>
  assembleTrace({ correlationId, records: recordsOf(lines) }).steps.map(({ service, records, duration, bound }) => {
    return `${service} ${records.length} ${bound} ${duration === null ? '?' : Number(duration) / 1e6}`;
  });

describe('a made-up step', () => {
  const called: Line[] = [
    { at: 10, service: 'orders', message: 'creating' },
    { at: 80, service: 'orders', message: 'created' },
  ];

  it('goes on behind the work of others where its last record states a duration from its first one on', () => {
    const done: Line = { at: 100, service: 'gateway', message: 'answered', duration: 100 };
    assert.deepEqual(stepsOf({ at: 0, service: 'gateway', message: 'asked' }, ...called, done), [
      'gateway 2 exact 100',
      'orders 2 atLeast 70',
    ]);
  });

  it('is cut there where the duration is of less', () => {
    const done: Line = { at: 100, service: 'gateway', message: 'mailed', duration: 15 };
    assert.deepEqual(stepsOf({ at: 0, service: 'gateway', message: 'asked' }, ...called, done), [
      'gateway 1 atLeast 0',
      'orders 2 atLeast 70',
      'gateway 1 exact 15',
    ]);
  });

  it('goes on behind other types of work where its last record states so', () => {
    const work = (at: number, stepType: string, duration?: number): Line => ({
      at,
      stepType,
      ...(duration ? { duration } : {}),
    });
    assert.deepEqual(stepsOf(work(0, 'request'), work(40, 'insert', 10), work(100, 'request', 100)), [
      'API 2 exact 100',
      'API 1 exact 10',
    ]);
    assert.deepEqual(stepsOf(work(0, 'request'), work(40, 'insert', 10), work(100, 'request', 50)).length, 3);
  });

  it('takes longer than what its last record states, where it logged before that', () => {
    assert.deepEqual(stepsOf({ at: 0, message: 'asked' }, { at: 100, message: 'stored', duration: 60 }), [
      'API 2 atLeast 100',
    ]);
    assert.deepEqual(stepsOf({ at: 0, message: 'asked' }, { at: 100, message: 'stored', duration: 99.5 }), [
      'API 2 exact 99.5',
    ]);
  });
});
