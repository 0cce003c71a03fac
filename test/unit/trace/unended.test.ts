import assert from 'node:assert/strict';
import { sourceId } from '../../../src/common/model/units';
import { assembleTrace } from '../../../src/common/trace/assembleTrace';
import { correlationId, type Line, pair, recordsOf, stepOf, traceOf } from './traceOf';

const timeout = (lines: Line[]) => traceOf(lines).notes.find(({ kind }) => kind === 'timeout');
const starts = (stepId: string, at: number, rest: Line = {}): Line => ({ stepId, at, phase: 'start', ...rest });

describe('A step that did not end', () => {
  it('is noted with its start, and whether its log went on', () => {
    const note = timeout([
      ...pair('a', 0, 10),
      starts('slow', 20, { previous: ['a'] }),
      ...pair('b', 30, 90, { previous: ['a'] }),
    ]);
    assert.deepEqual([note?.count, note?.steps, note?.records.map(({ line }) => line)], [1, ['slow'], [3]]);
    assert.match(note?.text ?? '', /^1 step began and did not end in these logs, and its log went on/);
  });

  it('may have crashed where its log says no more', () => {
    const note = timeout([...pair('a', 0, 10), starts('slow', 20, { previous: ['a'], source: '/logs/other.log' })]);
    assert.match(note?.text ?? '', /^1 step began and did not end in these logs, and its log ends there/);
  });

  it('is counted by both where several did not', () => {
    const note = timeout([
      ...pair('a', 0, 10),
      starts('hung', 20, { previous: ['a'] }),
      starts('gone', 25, { previous: ['a'], source: '/logs/other.log' }),
      ...pair('b', 30, 90, { previous: ['a'] }),
    ]);
    assert.deepEqual([note?.count, note?.steps], [2, ['hung', 'gone']]);
    assert.match(note?.text ?? '', /of 1 the log went on.*; of 1 it ends there/);
  });

  it('is nothing to tell where the flow went on from it, where it failed, or where the log never writes ends', () => {
    assert.equal(timeout([starts('a', 0), ...pair('b', 10, 20, { previous: ['a'] })]), undefined);
    assert.equal(timeout([...pair('a', 0, 10), starts('b', 20, { previous: ['a'], severity: 'error' })]), undefined);
    assert.equal(timeout([starts('a', 0), starts('b', 10, { previous: ['a'] })]), undefined);
  });

  it('is not running where the flow has gone on from it, though its source is followed', () => {
    const followed = new Set([sourceId('/logs/all.log')]);
    const statuses = (...lines: Line[]) =>
      assembleTrace({ correlationId, records: recordsOf(lines), followed }).steps.map(({ status }) => status);
    assert.deepEqual(statuses(starts('a', 0), ...pair('b', 10, 20, { previous: ['a'] })), ['unknown', 'ok']);
    // Lines without step IDs, one service after the other: only the last may go on.
    const line = (service: string, at: number): Line => ({ service, at });
    assert.deepEqual(statuses(line('A', 0), line('B', 10), line('C', 20)), ['unknown', 'unknown', 'running']);
  });

  it('is running where its source is followed', () => {
    const records = recordsOf([...pair('a', 0, 10), starts('b', 20, { previous: ['a'] })]);
    const trace = assembleTrace({ correlationId, records, followed: new Set([sourceId('/logs/all.log')]) });
    assert.equal(stepOf(trace, 'b').status, 'running');
    assert.equal(
      trace.notes.find(({ kind }) => kind === 'timeout'),
      undefined,
    );
  });
});

describe('Tokens and cost of a call', () => {
  it('are those of its end, not of its start nor of both', () => {
    const [start, end] = pair('llm', 0, 10);
    const trace = traceOf([
      { ...start!, tokens: 300 },
      { stepId: 'llm', at: 5, tokens: 350, cost: 0.01 },
      { ...end!, tokens: 420, cost: 0.02 },
      { stepId: 'llm', at: 11 },
    ]);
    assert.deepEqual([stepOf(trace, 'llm').tokens, stepOf(trace, 'llm').cost], [420, 0.02]);
  });

  it('are those of the attempt that counts, not of a failed one', () => {
    const trace = traceOf([
      ...pair('llm', 0, 10, { attempt: 1, outcome: 'failed', tokens: 100 }),
      ...pair('llm', 20, 30, { attempt: 2, outcome: 'ok', tokens: 200 }),
    ]);
    assert.equal(stepOf(trace, 'llm').tokens, 200);
  });
});
