import assert from 'node:assert/strict';
import { type Line, stepOf, traceOf } from './traceOf';

const steps: Line[] = ['a', 'b', 'c'].map((stepId, index) => ({ stepId, at: index, duration: 0.5 }));
const namesOf = (lines: readonly Line[]) =>
  stepOf(traceOf([...steps, ...lines]), 'z').previousSteps.map(({ key }) => key);
const attributesOf = (lines: readonly Line[]) => stepOf(traceOf(lines), 'z').attributes;
const one = { name: 'page', value: '1' };
const two = { name: 'page', value: '2' };
const more = { name: 'user', value: 'kim' };

describe('what the records of one step say together', () => {
  it('names each previous step once, whether they repeat a list, differ, or name one twice', () => {
    const start: Line = { stepId: 'z', at: 10, phase: 'start' };
    const end: Line = { stepId: 'z', at: 12, phase: 'end' };
    const cases: [string[], string[], string[]][] = [
      [
        ['a', 'b'],
        ['a', 'b'],
        ['a', 'b'],
      ],
      [['a'], ['b', 'a'], ['a', 'b']],
      [['b', 'b', 'a'], [], ['b', 'a']],
      [[], ['c'], ['c']],
      [
        ['a', 'b'],
        ['b', 'a'],
        ['a', 'b'],
      ],
    ];
    for (const [first, last, expected] of cases) {
      const lines = [
        { ...start, previous: first },
        { ...end, previous: last },
      ];
      assert.deepEqual(namesOf(lines), expected);
      assert.deepEqual(namesOf(lines.toReversed()), expected);
    }
  });

  it('means by a pointer what the first record in time means by it', () => {
    const outer: Line[] = [
      { stepId: 'o', at: 0, phase: 'start' },
      { stepId: 'o', at: 20, phase: 'end' },
    ];
    const lines: Line[] = [
      { stepId: 'z', at: 12, phase: 'end', previous: ['o'], meaning: 'follows' },
      { stepId: 'z', at: 10, phase: 'start', previous: ['o'], meaning: 'encloses' },
    ];
    const [link] = stepOf(traceOf([...outer, ...lines]), 'z').previousSteps;
    assert.deepEqual([link!.key, link!.meaning], ['o', 'encloses']);
  });

  it('finds a previous step that is logged only later', () => {
    const late: Line = { stepId: 'y', at: 20, duration: 1 };
    assert.deepEqual(namesOf([{ stepId: 'z', at: 10, duration: 1, previous: ['y', 'a'] }, late]), ['y', 'a']);
  });

  it('has the first value of each attribute in the order of time', () => {
    const start: Line = { stepId: 'z', at: 10, phase: 'start' };
    const end: Line = { stepId: 'z', at: 12, phase: 'end' };
    assert.deepEqual(
      attributesOf([
        { ...start, attributes: [one, more] },
        { ...end, attributes: [{ ...one }, more] },
      ]),
      {
        page: '1',
        user: 'kim',
      },
    );
    assert.deepEqual(attributesOf([start, { ...end, attributes: [one] }]), { page: '1' });
    assert.deepEqual(
      attributesOf([
        { ...end, attributes: [two, more] },
        { ...start, attributes: [one] },
      ]),
      {
        page: '1',
        user: 'kim',
      },
    );
    const hostile = attributesOf([{ ...start, attributes: [{ name: '__proto__', value: 'x' }] }]);
    assert.deepEqual(Object.keys(hostile), ['__proto__']);
  });

  it('has the attributes of its own work, not those of the line that announces it', () => {
    const lines: Line[] = [
      { stepId: 'a', at: 0, phase: 'start', service: 'shop' },
      { stepId: 'z', at: 1, previous: ['a'], service: 'shop', attributes: [one] },
      { stepId: 'a', at: 2, phase: 'end', service: 'shop' },
      { stepId: 'z', at: 5, phase: 'start', previous: ['a'], service: 'worker' },
      { stepId: 'z', at: 6, phase: 'end', previous: ['a'], service: 'worker' },
    ];
    assert.deepEqual(stepOf(traceOf(lines), 'z').handoffs.length, 1);
    assert.deepEqual(attributesOf(lines), {});
  });
});
