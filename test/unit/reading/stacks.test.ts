import assert from 'node:assert/strict';
import { recordsOf } from './readLine';

const stack = 'Error: smtp refused\n    at send (/app/src/mail.js:12:9)\n    at run (/app/src/index.js:3:1)';
const python = 'Traceback (most recent call last):\n  File "app/mail.py", line 12, in send\nOSError: refused';
const line = (fields: object) =>
  `${JSON.stringify({ time: '2026-03-02T10:00:00.000Z', level: 'error', msg: 'not sent', ...fields })}\n`;
const read = (text: string) => recordsOf(text).map(({ message, stack }) => ({ message, stack }));

describe('A stack that a field of its own holds', () => {
  const cases: [library: string, fields: object, stack: string][] = [
    ['winston', { stack }, stack],
    ['pino and bunyan', { err: { type: 'Error', message: 'smtp refused', stack } }, stack],
    ['ECS', { error: { message: 'smtp refused', stack_trace: stack } }, stack],
    ['OpenTelemetry', { attributes: { 'exception.type': 'Error', 'exception.stacktrace': stack } }, stack],
    ['Python', { exc_info: python }, python],
  ];
  for (const [library, fields, expected] of cases)
    it(`is the record’s: ${library}`, () => {
      assert.deepEqual(read(line(fields)), [{ message: 'not sent', stack: expected }]);
    });

  it('is none where the message holds it, where nothing names code, and in a text', () => {
    assert.deepEqual(read(line({ msg: `not sent\n${stack}`, stack })), [
      { message: `not sent\n${stack}`, stack: null },
    ]);
    assert.equal(read(line({ error: 'refused\nby the server' }))[0]?.stack, null);
    const [text] = read(`2026-03-02T10:00:00Z ERROR [c1] not sent\n${stack}\n2026-03-02T10:00:01Z INFO [c1] next\n`);
    assert.match(text?.message ?? '', /mail\.js:12:9/);
    assert.equal(text?.stack, null);
  });
});
