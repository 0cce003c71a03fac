import assert from 'node:assert/strict';
import type { NoteKind } from '../../../src/common/model/note';
import { assembleTrace } from '../../../src/common/trace/assembleTrace';
import { correlationId, type Line, pair, recordsOf } from './traceOf';

/** The notes of a kind: count, text, steps, and the lines of the records. */
function notes(kind: NoteKind, lines: Line[], mentions: Line[] = []) {
  const trace = assembleTrace({ correlationId, records: recordsOf(lines), mentions: recordsOf(mentions) });
  return trace.notes
    .filter(note => note.kind === kind)
    .map(({ count, text, steps, records }) => [count, text, steps, records.map(({ line }) => Number(line))]);
}

const worker: Line = { service: 'Worker' };

/** One test for each kind that assembly notes; `clockOffset` has its own file, those of reading stand beside what reads. */
describe('a note', () => {
  it('missingPrevious: a step names one of which there is no record', () => {
    assert.deepEqual(notes('missingPrevious', pair('s2', 0, 10, { previous: ['s1'] })), [
      [1, 'The previous step "s1" is named, but no record of its work is in these logs.', ['s2'], [1]],
    ]);
    const both = [...pair('s2', 0, 10, { previous: ['s1'] }), ...pair('s4', 20, 30, { previous: ['s3'] })];
    assert.deepEqual(notes('missingPrevious', both), [
      [
        2,
        '2 previous steps are named, but no record of their work is in these logs, "s1" among them.',
        ['s2', 's4'],
        [1, 3],
      ],
    ]);
  });

  it('cycle: previous steps lead back', () => {
    const lines = [...pair('a', 0, 10, { previous: ['b'] }), ...pair('b', 20, 30, { previous: ['a'] })];
    const [found, ...others] = notes('cycle', lines);
    assert.deepEqual(others, []);
    assert.deepEqual([found![0], found![3]], [1, [1, 3]]);
    assert.match(String(found![1]), /^1 loop of previous steps \("[ab]" among them\): cut where the loop begins\.$/);
    const itself = notes('cycle', pair('a', 0, 10, { previous: ['a'] }));
    assert.deepEqual(itself, [
      [1, '1 loop of previous steps ("a" among them): cut where the loop begins.', ['a'], [1]],
    ]);
  });

  it('duplicate: a step is done again after success', () => {
    const lines = [...pair('a', 0, 10, { outcome: 'ok' }), ...pair('a', 20, 30, { outcome: 'ok' })];
    assert.deepEqual(notes('duplicate', lines), [
      [1, '1 step was done again after it had succeeded: a duplicate delivery.', ['a'], [1]],
    ]);
    const retried = [...pair('a', 0, 10, { outcome: 'failed' }), ...pair('a', 20, 30, { outcome: 'ok' })];
    assert.deepEqual(notes('duplicate', retried), [], 'a retry is none');
  });

  it('effectBeforeCause: a step is stamped before the one it follows', () => {
    const lines = [
      ...pair('a', 100, 120, { host: 'h1' }),
      ...pair('b', 50, 60, { ...worker, host: 'h2', previous: ['a'] }),
      ...pair('c', 40, 45, { ...worker, host: 'h2', previous: ['a'] }),
    ];
    assert.deepEqual(notes('effectBeforeCause', lines.slice(0, 4)), [
      [1, '1 step is stamped before the step that caused it: clocks differ, or stamps are coarse.', ['b', 'a'], [3, 1]],
    ]);
    const [both] = notes('effectBeforeCause', lines);
    assert.deepEqual(both!.slice(0, 2), [
      2,
      '2 steps are stamped before the steps that caused them: clocks differ, or stamps are coarse.',
    ]);
  });

  it('untimed: some or all records have no time', () => {
    assert.deepEqual(notes('untimed', [...pair('a', 0, 10), { stepId: 'a' }]), [
      [1, '1 record has no time and stands behind the line before it.', [], [3]],
    ]);
    assert.deepEqual(notes('untimed', [{ stepId: 'a' }, { stepId: 'b' }]), [
      [
        2,
        'None of the 2 records has a time: within a file the order of lines stands for it, durations are not known.',
        [],
        [1, 2],
      ],
    ]);
  });

  it('neverConsumed: a step is published and never worked at', () => {
    const published: Line = { stepId: 's2', at: 15, message: 'Publishing', previous: ['s1'] };
    const [start, end] = pair('s1', 0, 20);
    assert.deepEqual(notes('neverConsumed', [start!, published, end!]), [
      [1, '1 step was published, but no record of the work is in these logs.', ['s2'], [2]],
    ]);
    const taken = pair('s2', 40, 50, { ...worker, previous: ['s1'] });
    assert.deepEqual(notes('neverConsumed', [start!, published, end!, ...taken]), []);
  });

  it('timeout: the last step began and did not end', () => {
    const lines = [...pair('a', 0, 10), { stepId: 'b', at: 20, phase: 'start' as const, previous: ['a'], ...worker }];
    const [found, ...others] = notes('timeout', lines);
    assert.deepEqual([others, found![0], found![2], found![3]], [[], 1, ['b'], [3]]);
    assert.match(String(found![1]), /^1 step began and did not end in these logs, and its log /);
  });

  it('endMissing: a start without an end that the flow went on from', () => {
    const lines: Line[] = [
      ...pair('a', 0, 10),
      { stepId: 'b', at: 20, phase: 'start', previous: ['a'] },
      ...pair('c', 30, 40, { previous: ['b'] }),
    ];
    assert.deepEqual(notes('endMissing', lines), [
      [1, '1 step logged a start and no end: what follows bounds the duration, or it is not known.', ['b'], [3]],
    ]);
  });

  it('startMissing: an end without a start, of a service that logs starts', () => {
    const lines: Line[] = [
      ...pair('a', 0, 10, worker),
      { stepId: 'b', at: 20, phase: 'end', previous: ['a'], ...worker },
    ];
    const [found, ...others] = notes('startMissing', lines);
    assert.deepEqual([others, found?.[0], found?.[2], found?.[3]], [[], 1, ['b'], [3]]);
    assert.match(String(found?.[1]), /^1 step /);
  });

  it('mention: records of others name this ID', () => {
    assert.deepEqual(notes('mention', pair('a', 0, 10), [{ at: 5, message: `see ${correlationId}` }]), [
      [1, '1 record of other correlations name this ID in their text; they are not counted.', [], [1]],
    ]);
  });

  it('severalValues: the records name more than one user', () => {
    const lines: Line[] = [
      { at: 0, userId: 'u-1' },
      { at: 1, userId: 'u-2' },
      { at: 2, userId: 'u-1' },
    ];
    assert.deepEqual(notes('severalValues', lines), [
      [2, 'The records name 2 users (u-1, u-2); the first is shown.', [], [1, 2]],
    ]);
  });

  it('zoneAssumed and dateAssumed: stamps leave something out; one record of each source shows it', () => {
    const records = recordsOf([{ at: 0 }, { at: 1 }, { at: 2, source: '/logs/b.log' }]).map(record => ({
      ...record,
      time: record.time && { ...record.time, zoneAssumed: true, dateAssumed: true },
    }));
    const { notes: found } = assembleTrace({ correlationId, records });
    assert.deepEqual(
      found.map(({ kind, count, text, records: about }) => [kind, count, text, about.map(({ line }) => Number(line))]),
      [
        ['zoneAssumed', 3, "3 records name no time zone; the source's assumed one was used.", [1, 3]],
        ['dateAssumed', 3, "3 records name no year or no date; it was taken from the file's last change.", [1, 3]],
      ],
    );
    const zones = new Map([
      ['/logs/all.log', { value: 'Europe/Berlin', evidence: 'default' }],
      ['/logs/b.log', { value: 'UTC', evidence: 'data' }],
    ] as const);
    assert.equal(
      assembleTrace({ correlationId, records, zones }).notes[0]?.text,
      "3 records name no time zone; they were read in Europe/Berlin (this machine's zone) and UTC (as the logs themselves suggest). If that is wrong, set the zone on the page How Are My Logs Read?, or by --timezone.",
    );
  });
});
