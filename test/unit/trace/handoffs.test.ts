import assert from 'node:assert/strict';
import type { Trace } from '../../../src/common/model/trace';
import { durations, type Line, pair, stepOf, traceOf } from './traceOf';

const noteKinds = (trace: Trace) => trace.notes.map(({ kind }) => kind);

/** The step's handoffs, attempts, and its duration in ms. */
function told(trace: Trace, key: string) {
  const { handoffs, attempts, duration } = stepOf(trace, key);
  return { handoffs: handoffs.length, attempts: attempts.length, ms: duration === null ? null : duration / 1e6 };
}

const publishing: Line = {
  stepId: 's2',
  service: 'API',
  host: 'a',
  at: 90,
  previous: ['s1'],
  stepType: 'Search',
  message: 'Publishing Search message',
};

describe("a publisher's line whose publisher's own records are lost", () => {
  it('is a handoff where another service does the work, whatever it says', () => {
    const trace = traceOf([
      { ...publishing, message: 'Calling' },
      ...pair('s2', 100, 150, { service: 'Search', previous: ['s1'] }),
    ]);
    assert.deepEqual(told(trace, 's2'), { handoffs: 1, attempts: 1, ms: 50 });
    assert.equal(stepOf(trace, 's2').status, 'ok');
  });

  it('is an attempt as before where every previous step is there, and another service did it', () => {
    const trace = traceOf([
      ...pair('s1', 0, 50, { service: 'Gate' }),
      { ...publishing, message: 'Calling' },
      ...pair('s2', 100, 150, { service: 'Search', previous: ['s1'] }),
    ]);
    assert.equal(told(trace, 's2').attempts, 2);
  });

  it('is a handoff where it says that it publishes this very step, although nothing else is there', () => {
    const next = pair('s3', 200, 210, { service: 'Search', previous: ['s2'] });
    assert.deepEqual(told(traceOf([publishing, ...next]), 's2'), { handoffs: 1, attempts: 0, ms: null });
    assert.deepEqual(noteKinds(traceOf([publishing, ...next])), ['missingPrevious']);
    const own = { ...publishing, message: 'Publishing the answer' };
    assert.deepEqual(told(traceOf([own, ...next]), 's2'), { handoffs: 0, attempts: 1, ms: 0 });
  });
});

describe('a handoff and clocks that differ', () => {
  it('is none of the work where its publisher ran on another host, though stamped after the start', () => {
    const trace = traceOf([
      ...pair('s1', 500, 600, { host: 'a' }),
      { ...publishing, at: 590, message: 'Next' },
      ...pair('s2', 400, 450, { host: 'b', previous: ['s1'] }),
    ]);
    assert.deepEqual(told(trace, 's2'), { handoffs: 1, attempts: 1, ms: 50 });
  });

  it('is an attempt of its own on a host where no previous step ran', () => {
    const trace = traceOf([
      ...pair('s1', 0, 50, { host: 'a' }),
      { ...publishing, host: 'c', message: 'Loading' },
      ...pair('s2', 100, 150, { host: 'b', previous: ['s1'] }),
    ]);
    assert.deepEqual(told(trace, 's2'), { handoffs: 0, attempts: 2, ms: 50 });
  });
});

describe('work on the host of a previous step', () => {
  it('is no handoff where that had been done again later', () => {
    const trace = traceOf([
      ...pair('s1', 0, 50, { host: 'a' }),
      ...pair('s1', 300, 320, { host: 'b', attempt: 2 }),
      { stepId: 's2', at: 110, host: 'a', previous: ['s1'] },
      { stepId: 's2', at: 150, host: 'a', previous: ['s1'], phase: 'end' },
    ]);
    assert.deepEqual(told(trace, 's2'), { handoffs: 0, attempts: 1, ms: 40 });
  });

  it('is no handoff of the next attempt where its own end stands behind it', () => {
    const trace = traceOf([
      ...pair('s1', 0, 50, { host: 'a' }),
      { stepId: 's2', at: 110, host: 'a', previous: ['s1'] },
      { stepId: 's2', at: 150, host: 'a', previous: ['s1'], phase: 'end', outcome: 'ok' },
      ...pair('s2', 300, 310, { host: 'b', previous: ['s1'], attempt: 2 }),
    ]);
    assert.deepEqual(told(trace, 's2'), { handoffs: 0, attempts: 2, ms: 40 });
  });
});

describe('an attempt whose end is lost', () => {
  const lines = (host: string): Line[] => [
    { stepId: 's1', at: 0, phase: 'start', host: 'a' },
    ...pair('s1', 500, 510, { host: 'b', attempt: 2 }),
    { ...publishing, host },
    ...pair('s2', 120, 150, { service: 'Search', previous: ['s1'] }),
  ];

  it('released the flow where its lane handed it over', () => {
    const trace = traceOf(lines('a'));
    assert.deepEqual(durations(trace)[0], ['s1', 120, 'inferred', 'atMost']);
    assert.deepEqual(
      stepOf(trace, 's1').attempts.map(({ status, releasing }) => [status, releasing]),
      [
        ['unknown', true],
        ['ok', false],
      ],
    );
  });

  it('was given up where the next attempt did', () => {
    assert.deepEqual(durations(traceOf(lines('b')))[0], ['s1', 10, 'observed', 'exact']);
  });
});

describe('attempts on hosts whose clocks differ', () => {
  it('stand in the order of their count', () => {
    const trace = traceOf([
      ...pair('s1', 1000, 1100, { host: 'a', outcome: 'failed' }),
      ...pair('s1', 400, 450, { host: 'b', attempt: 2, outcome: 'ok' }),
    ]);
    assert.deepEqual(
      stepOf(trace, 's1').attempts.map(({ host }) => host),
      ['a', 'b'],
    );
    assert.ok(!noteKinds(trace).includes('duplicate'));
  });

  it('that both succeeded are a duplicate whenever they were stamped', () => {
    const trace = traceOf([
      ...pair('s1', 1000, 1100, { host: 'a' }),
      ...pair('s1', 1020, 1030, { host: 'b', attempt: 2 }),
    ]);
    assert.deepEqual(durations(trace)[0], ['s1', 100, 'observed', 'exact']);
    assert.ok(noteKinds(trace).includes('duplicate'));
  });

  it('are a duplicate too where only the end of the second is there', () => {
    const trace = traceOf([
      ...pair('s1', 1000, 1100, { host: 'a' }),
      { stepId: 's1', at: 2000, host: 'b', attempt: 2, phase: 'end' },
    ]);
    assert.ok(noteKinds(trace).includes('duplicate'));
  });
});
