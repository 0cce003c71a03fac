import assert from 'node:assert/strict';
import { durations, type Line, pair, stepOf, traceOf } from './traceOf';

const texts = (lines: Line[], kind: string) =>
  traceOf(lines)
    .notes.filter(note => note.kind === kind)
    .map(({ text, steps }) => [text, ...steps]);

const other = pair('s0', 0, 10, { service: 'W' });

describe('a lost record', () => {
  const withoutStart: Line[] = [
    { stepId: 's1', service: 'W', at: 30 },
    { stepId: 's1', service: 'W', at: 50, phase: 'end' },
  ];

  it('of a start leaves at least what was seen, whatever else the service logs', () => {
    assert.deepEqual(durations(traceOf([...other, ...withoutStart]))[1], ['s1', 20, 'observed', 'atLeast']);
    assert.deepEqual(durations(traceOf(withoutStart))[0], ['s1', 20, 'observed', 'atLeast']);
  });

  it('of an end is bounded by the next start, not by the handoff that came before the end', () => {
    const lines: Line[] = [
      { stepId: 's1', service: 'W', at: 30, phase: 'start' },
      { stepId: 's2', service: 'W', at: 50, previous: ['s1'] },
      { stepId: 's2', service: 'B', at: 60, phase: 'end', duration: 5, previous: ['s1'] },
    ];
    assert.deepEqual(durations(traceOf([...other, ...lines]))[1], ['s1', 30, 'inferred', 'atMost']);
    // One start alone may have lost its end; of a service that logs none, the handoff is the last that it says.
    assert.deepEqual(durations(traceOf(lines))[0], ['s1', 30, 'inferred', 'atMost']);
    const starts = [1, 2].map((at): Line => ({ stepId: `other${at}`, service: 'W', at, phase: 'start' }));
    assert.deepEqual(durations(traceOf([...starts, ...lines])).at(-2), ['s1', 20, 'inferred', 'atMost']);
    assert.deepEqual(stepOf(traceOf([...other, ...lines]), 's2').handoffs.length, 1);
  });

  it('is not bounded by what overlaps it: that waited for no end, or its clock differs', () => {
    const start: Line[] = [
      { stepId: 's1', at: 30, phase: 'start' },
      { stepId: 's1', at: 55 },
    ];
    const overlapping = [...pair('s2', 50, 60, { service: 'B', previous: ['s1'] })];
    assert.deepEqual(durations(traceOf([...start, ...overlapping]))[0], ['s1', null, 'unknown', null]);
    const late: Line = { stepId: 's2', service: 'B', at: 40, phase: 'end', previous: ['s1'] };
    assert.deepEqual(durations(traceOf([...pair('s1', 0, 50), late]))[1], ['s2', null, 'unknown', null]);
    assert.deepEqual(durations(traceOf([...pair('s1', 0, 35), late]))[1], ['s2', 5, 'inferred', 'atMost']);
  });

  it('of a start is told where the service logs starts, and its end is there', () => {
    assert.deepEqual(texts([...other, ...withoutStart], 'startMissing'), [
      ['1 step logged an end and no start, though the service logs starts: its start is not in these logs.', 's1'],
    ]);
    assert.deepEqual(texts(withoutStart, 'startMissing'), []);
    assert.deepEqual(texts([...other, withoutStart[0]!], 'startMissing'), []);
  });

  it('of an end is told', () => {
    const followed: Line[] = [{ stepId: 's1', at: 30, phase: 'start' }, ...pair('s2', 50, 60, { previous: ['s1'] })];
    assert.deepEqual(texts([...other, ...followed], 'endMissing'), [
      ['1 step logged a start and no end: what follows bounds the duration, or it is not known.', 's1'],
    ]);
    assert.deepEqual(texts(other, 'endMissing'), []);
  });

  it('of all work is told of the step that names it, not as never consumed', () => {
    const lines: Line[] = [
      ...other,
      { stepId: 's1', service: 'W', at: 8, previous: ['s0'] },
      ...pair('s2', 50, 60, { service: 'C', previous: ['s1'] }),
    ];
    assert.deepEqual(texts(lines, 'missingPrevious'), [
      ['The previous step "s1" is named, but no record of its work is in these logs.', 's2'],
    ]);
    assert.deepEqual(texts(lines, 'neverConsumed'), []);
    assert.equal(texts(lines.slice(0, 3), 'neverConsumed').length, 1);
  });
});
