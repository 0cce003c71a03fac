import assert from 'node:assert/strict';
import { readJson } from '../../../src/common/formats/json/json';

const bytesOf = (text: string): string => `[${[...new TextEncoder().encode(text)].join(',')}]`;
const entry = (message: string): string =>
  `{"PRIORITY":"3","__REALTIME_TIMESTAMP":"1772445600000000","MESSAGE":${message},"_HOSTNAME":"n1"}`;
const fieldsOf = (text: string) => readJson(text, 0) ?? [];
const textOf = (text: string, name: string) => fieldsOf(text).find(field => field.name === name)?.value;

describe('an entry of the journal as JSON', () => {
  it('has the text of a message that is told as bytes, and its place', () => {
    const message = '\u001b[31mgröße 😀\u001b[0m orderId=o-17';
    const text = entry(bytesOf(message));
    assert.equal(textOf(text, 'MESSAGE'), message);
    const inner = fieldsOf(text).find(({ name }) => name === 'orderId');
    const raw = text.slice(inner?.start, inner?.end).split(',').map(Number);
    assert.equal(String.fromCharCode(...raw), 'o-17');
  });

  it('has the fields of a message that is a line of a log', () => {
    const text = entry('"2026-03-02T10:00:29.500Z WARN too slow orderId=o-17"');
    assert.equal(textOf(text, 'timestamp'), '2026-03-02T10:00:29.500Z');
    assert.equal(textOf(text, 'severity'), 'WARN');
    assert.equal(textOf(text, 'orderId'), 'o-17');
  });

  it('keeps what only looks like bytes', () => {
    const ids = (text: string) => fieldsOf(text).flatMap(({ name, value }) => (name === 'IDS' ? [value] : []));
    assert.deepEqual(ids('{"IDS":[1,2,3]}'), ['1', '2', '3']);
    assert.deepEqual(ids('{"__REALTIME_TIMESTAMP":"1","IDS":["a","b"]}'), ['a', 'b']);
    assert.deepEqual(ids('{"__REALTIME_TIMESTAMP":"1","IDS":[1000,2]}'), ['1000', '2']);
  });
});
