import assert from 'node:assert/strict';
import { parseQuery, QueryError } from '../../../src/common/query/query';
import { mayBeCompleted, queryHint } from '../../../src/common/query/queryHint';

/** Whether what is typed by now may still become a query; `null` where it is one. */
function unfinished(text: string): boolean | null {
  try {
    parseQuery(text);
    return null;
  } catch (error) {
    assert.ok(error instanceof QueryError);
    return mayBeCompleted(text, error);
  }
}

describe('a query that is still being typed', () => {
  it('is not wrong at any letter on its way', () => {
    for (const query of [
      'status = failed and duration > 1.5s',
      'not (user = "u 42" or start >= 2026-03-02T10:15:00Z) and errors > 0',
      'service ~ work',
    ])
      for (let length = 1; length <= query.length; length++)
        assert.notEqual(unfinished(query.slice(0, length)), false, query.slice(0, length));
  });

  it('is wrong where nothing behind it can help', () => {
    for (const query of ['stat = failed', 'status = broken', 'status < ok', 'duration > long', 'a ) b', 'steps = x'])
      assert.equal(unfinished(query), false, query);
  });

  it('is offered the fields and values that may come next', () => {
    assert.equal(queryHint('sta'), 'Fields: status = failed, start >= 2026-03-02');
    assert.equal(queryHint('not dur'), 'Fields: duration > 1s');
    assert.equal(queryHint('status = '), 'ok, failed, recovered, running, unknown');
    assert.equal(queryHint('errors > 0 and status = r'), 'recovered, running');
    assert.equal(queryHint('duration >'), '250ms, 1.5s, 2m');
    assert.match(queryHint('nothing = ') ?? '', /^Fields: correlationId, user/);
    assert.match(queryHint('') ?? '', /^Fields: correlationId, user/);
    for (const done of ['status = failed', 'user = u', 'smtp refused', 'duration > 1s'])
      assert.equal(queryHint(done), null, done);
  });
});
