import assert from 'node:assert/strict';
import { partsOf, recordsOf } from './readLine';

const read = (...objects: object[]) => recordsOf(objects.map(object => `${JSON.stringify(object)}\n`).join(''));
const message = (object: object) => partsOf(read({ timestamp: '2026-03-02T10:00:00Z', ...object })[0]).message;

describe('an event without words', () => {
  it('is called by its sort, wherever that stands', () => {
    assert.equal(message({ event: 'order.paid' }), 'order.paid');
    assert.equal(message({ attributes: { 'event.name': 'cli.user_prompt', length: 3 } }), 'cli.user_prompt');
    assert.equal(message({ class_name: 'EmbeddingDoneEvent' }), 'EmbeddingDoneEvent');
  });

  it('is called by the innermost of equal names, and by what it is about', () => {
    const call = { type: 'tool_request', name: 'shell', call: 'a81', arguments: '{"a":[1]}' };
    assert.equal(message({ type: 'response_item', payload: call }), 'tool_request shell');
    assert.equal(message({ attributes: { 'event.name': 'cli.tool', function_name: 'grep' } }), 'cli.tool grep');
  });

  it('is not called by a name at the top, which may be the logger’s, nor by what stands in a list', () => {
    assert.equal(message({ name: 'app.db', event: 'order.paid' }), 'order.paid');
    assert.match(String(message({ rows: [{ type: 'apple' }] })), /^\{/);
  });

  it('with words keeps them', () => {
    assert.equal(message({ type: 'audit', message: 'door opened' }), 'door opened');
  });

  it('is a type of work where it took time', () => {
    const [asked, answered] = read(
      { timestamp: '2026-03-02T10:00:00Z', attributes: { 'event.name': 'cli.prompt' } },
      { timestamp: '2026-03-02T10:00:04Z', attributes: { 'event.name': 'cli.response', duration_ms: 3900 } },
    );
    assert.deepEqual([asked?.stepType, answered?.stepType], [null, 'cli.response']);
  });
});
