import assert from 'node:assert/strict';
import { sharedStart } from '../../src/common/timeline/sharedStart';

describe('The start that a message shares with its neighbours', () => {
  const start = (text: string, ...neighbours: (string | undefined)[]) =>
    text.slice(0, sharedStart(text, ...neighbours));

  it('ends with a whole word, before what differs', () => {
    assert.equal(start('Step started 4 of LLM', 'Step started 12 of LLM'), 'Step started ');
    assert.equal(start('request id=ab12 done', 'request id=ab77 done'), 'request id=');
    assert.equal(start('Step started 41 of LLM', 'Step started 42 of LLM'), 'Step started ', 'not within a number');
  });

  it('is the longer of both', () => {
    assert.equal(
      start('Queue orders: taken 7', 'Queue mails: taken 7', 'Queue orders: taken 8'),
      'Queue orders: taken ',
    );
    assert.equal(start('Queue orders: taken 7', 'Something else', undefined), '');
  });

  it('is nothing where it is short, or all that there is', () => {
    assert.equal(start('GET /a', 'GET /b'), '');
    assert.equal(start('Heartbeat received', 'Heartbeat received'), '', 'the same line twice');
    assert.equal(start('Step started ', 'Step started 4'), '', 'nothing would be left');
    assert.equal(start('', ''), '');
  });
});
