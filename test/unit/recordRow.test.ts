import assert from 'node:assert/strict';
import { sourceId } from '../../src/common/model/units';
import { recordAt, recordRows, stepsOfRecords } from '../../src/common/timeline/recordRow';
import { assembleTrace } from '../../src/common/trace/assembleTrace';
import { correlationId, type Line, recordsOf } from './trace/traceOf';

describe('A record in the list of all', () => {
  const lines: Line[] = [0, 100, 200].map(at => ({ at, source: '/logs/api.log', message: `at ${at}` }));
  const assembled = (records: ReturnType<typeof recordsOf>) => assembleTrace({ correlationId, records });
  const rowsOf = (records: ReturnType<typeof recordsOf>) => {
    const trace = assembled(records);
    return { trace, rows: recordRows(trace, stepsOfRecords(trace), 0, records.length) };
  };
  const first = rowsOf(recordsOf(lines));

  it('shows the stack that a field of its own holds, below its message', () => {
    const { rows } = rowsOf(recordsOf([{ at: 0, message: 'failed', stack: 'Error: Boom\n    at f (a.js:3:1)' }]));
    assert.equal(rows[0]?.message, 'failed\nError: Boom\n    at f (a.js:3:1)');
    assert.equal(rows[0]?.length, rows[0]?.message.length);
  });

  it('is found again by its id when records of other logs come before it', () => {
    const earlier = recordsOf([{ at: -50, source: '/logs/gateway.log' }]);
    const { trace, rows } = rowsOf([...earlier, ...recordsOf(lines)]);
    assert.deepEqual(
      first.rows.map(({ id }) => recordAt(trace, id)),
      [1, 2, 3],
    );
    assert.equal(new Set(rows.map(({ id }) => id)).size, 4, 'each has its own');
  });

  it('is found again when its log was rotated away', () => {
    const rotated = recordsOf(lines).map(record => ({
      ...record,
      location: { ...record.location, source: sourceId('/logs/api.log.1'), set: { log: '/logs/api.log', index: 0 } },
    }));
    const [next] = recordsOf([{ at: 300, source: '/logs/api.log' }]);
    const live = { ...next!, location: { ...next!.location, set: { log: '/logs/api.log', index: 1 } } };
    const { trace, rows } = rowsOf([...rotated, live]);
    assert.deepEqual(
      first.rows.map(({ id }) => recordAt(trace, id)),
      [0, 1, 2],
    );
    assert.equal(recordAt(trace, rows[3]!.id), 3, 'at the same byte of the newer file');
    assert.equal(recordAt(first.trace, rows[3]!.id), null);
  });
});
