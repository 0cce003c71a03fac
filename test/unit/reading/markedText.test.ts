import assert from 'node:assert/strict';
import { markedText } from '../../../src/common/profile/markedText';

const field = (role: string | null, start: number | null, end: number | null) => ({
  name: 'n',
  value: 'v',
  role,
  evidence: null,
  start,
  end,
});

describe('the marks of a sample record', () => {
  const text = 'id=abc took 5 ms';

  it('keep the text, whatever is marked', () => {
    const parts = markedText(text, [field('correlationId', 3, 6), field('message', 0, 16), field('duration', 12, 16)]);
    assert.equal(parts.map(part => part.text).join(''), text);
    assert.deepEqual(
      parts.filter(part => part.role),
      [
        { text: 'abc', role: 'correlationId', start: 3 },
        { text: '5 ms', role: 'duration', start: 12 },
      ],
    );
  });

  it('leave out what stands elsewhere: inherited, without a role, beyond the end', () => {
    const parts = markedText(text, [
      field('service', 0, 0),
      field(null, 3, 6),
      field('userId', null, null),
      field('host', 10, 99),
    ]);
    assert.deepEqual(parts, [{ text, role: null, start: 0 }]);
  });
});
