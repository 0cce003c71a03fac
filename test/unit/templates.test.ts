import assert from 'node:assert/strict';
import type { SourceProfile } from '../../src/common/model/sourceProfile';
import { compileReader } from '../../src/common/profile/compileReader';
import { profileSource } from '../../src/common/profile/profileSource';
import { learnTemplate } from '../../src/common/templates/learnTemplate';
import { TemplateTrie } from '../../src/common/templates/templateTrie';

const encoder = new TextEncoder();

const trace = '7c2d9f7b-18e7-4c7a-bf8c-4d83d13d9c01';
const json = (fields: Record<string, unknown>) =>
  JSON.stringify({ time: '2026-03-02T10:15:00.123Z', level: 'INFO', correlationId: trace, ...fields });

const profileOf = (line: string): SourceProfile =>
  profileSource({ sample: encoder.encode(`${line}\n`.repeat(20)), sourceName: 'a.log', complete: true });

/** Tells which lines fit the template that is learned from a line. */
function learned(line: string): (other: string) => boolean {
  const reader = compileReader(profileOf(line));
  const template = learnTemplate(line, reader, () => false);
  assert.ok(template, line);
  const trie = new TemplateTrie<true>();
  trie.add(template, true);
  const fits = (other: string) => {
    const bytes = encoder.encode(other);
    return trie.match(bytes, 0, bytes.length) === true;
  };
  assert.ok(fits(line), 'a template fits its own line');
  return fits;
}

describe('a template', () => {
  it('takes other IDs, times and numbers that mean nothing', () => {
    const line = json({ stepId: 's-1a', userId: 'u-7', message: 'Row 17 of 230 stored' });
    const fits = learned(line);
    assert.ok(fits(line.replace(trace, 'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11')));
    assert.ok(fits(line.replace('10:15:00.123', '23:59:59.999').replace('Row 17 of 230', 'Row 4 of 99999')));
    assert.ok(fits(line.replace('u-7', 'alice').replace('s-1a', 'step-99')));
  });

  it('leaves to the reader what may mean something else', () => {
    const line = json({ stepId: 's-1a', userId: 'u-7', message: 'Row 17 stored' });
    const fits = learned(line);
    for (const [from, to] of [
      [trace, '00-7c2d9f7b18e74c7abf8c4d83d13d9c01-b7ad6b7169203331-01'],
      [trace, 'unknown'],
      [trace, 'a\\"b1'],
      ['s-1a', 'null'],
      ['u-7', 'anonymous'],
      ['INFO', 'ERROR'],
      ['2026-03-02', '2026-02-30'],
      ['2026-03-02', '1926-03-02'],
      ['10:15:00', '10:75:00'],
      ['stored', 'started'],
      ['}', ',"more":1}'],
    ] as const)
      assert.equal(fits(line.replace(from, to)), false, to);
  });

  it('keeps what a number decides: statuses, severities, attempts', () => {
    for (const [fields, from, to] of [
      [{ message: 'Request completed', status: 200 }, '"status":200', '"status":503'],
      [{ message: 'Work', attempt: 1 }, '"attempt":1', '"attempt":2'],
      [{ message: 'Work', level: 30 }, '"level":30', '"level":50'],
    ] as const) {
      const line = json(fields);
      assert.ok(line.includes(from));
      assert.equal(learned(line)(line.replace(from, to)), false, to);
    }
  });

  it('knows that two stretches are the same', () => {
    const fits = learned(json({ message: `Order for ${trace} stored` }));
    const other = 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11';
    assert.ok(fits(json({ message: `Order for ${trace} stored` }).replaceAll(trace, other)));
    assert.equal(fits(json({ message: `Order for ${other} stored` })), false);
  });

  it('is not learned from a line that says more', () => {
    for (const fields of [
      { previousStepId: ['s-1', 's-2'], stepId: 's-3' },
      { startTime: '2026-03-02T10:14:00Z', endTime: '2026-03-02T10:15:00Z' },
    ]) {
      const line = json({ message: 'Work', ...fields });
      assert.equal(
        learnTemplate(line, compileReader(profileOf(line)), () => false),
        null,
        line,
      );
    }
  });

  it('is learned where the zone of the clocks is not told by the line', () => {
    const line = '2026-03-02 10:15:00.123 INFO [correlationId: req-1042, service: api] Row 17 stored';
    const reader = compileReader({
      ...profileOf(line),
      timezone: { value: 'Europe/Berlin', assumed: true, evidence: 'user' },
    });
    assert.deepEqual(learnTemplate(line, reader, () => false)?.stamp, { slot: 0, offset: null });
    assert.deepEqual(learnTemplate(line, compileReader(profileOf(line)), () => false)?.stamp, { slot: 0, offset: 0 });
  });
});
