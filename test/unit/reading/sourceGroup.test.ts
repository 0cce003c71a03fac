import assert from 'node:assert/strict';
import { profileSource } from '../../../src/common/profile/profileSource';

const session = '0199a213-81c0-7800-8aa1-bbab2a035a53';
const line = (second: number, fields: object) =>
  JSON.stringify({ timestamp: new Date(Date.UTC(2026, 2, 2, 10, 0, second)).toISOString(), ...fields });

const groupOf = (sourceName: string, lines: readonly string[]) =>
  profileSource({ sample: `${lines.join('\n')}\n`, sourceName, complete: true }).sourceGroup;

const talk = [
  line(0, { type: 'session_meta', payload: { id: session, cwd: '/home/u' } }),
  line(1, { type: 'event_msg', payload: { type: 'user_message', message: 'Why?' } }),
  line(4, { type: 'response_item', payload: { type: 'function_call', name: 'shell', call_id: 'call_7XaQm2Tz' } }),
  line(9, { type: 'response_item', payload: { type: 'function_call_output', call_id: 'call_7XaQm2Tz', output: 'no' } }),
];

describe('the group of a whole source', () => {
  it('is what a field of its first records and its name say', () => {
    const expected = { id: session, field: 'payload.id', evidence: 'file' };
    assert.deepEqual(groupOf(`/logs/rollout-2026-03-02T10-00-00-${session}.jsonl`, talk), expected);
    assert.deepEqual(groupOf(`/logs/${session.replaceAll('-', '')}.jsonl`, talk), expected);
  });

  it('is no bare id that the name does not have, nor a part of a longer word of the name', () => {
    assert.equal(groupOf('/logs/talk.jsonl', talk), undefined);
    const short = [line(0, { type: 'start', run: { id: 'run-1234' } }), line(1, { msg: 'a' }), line(2, { msg: 'b' })];
    assert.equal(groupOf('/logs/run-12345.jsonl', short), undefined);
    assert.equal(groupOf('/logs/run-1234.jsonl', short)?.id, 'run-1234');
  });

  it('is the only run that the source names, in its first record', () => {
    const head = line(0, { msg: 'training begins', run_id: 'run-8f3c21ab' });
    const rest = [line(1, { msg: 'epoch 1', loss: 0.5 }), line(2, { msg: 'epoch 2', loss: 0.4 })];
    const expected = { id: 'run-8f3c21ab', field: 'run_id', evidence: 'head' };
    assert.deepEqual(groupOf('/logs/training.log', [head, ...rest]), expected);
    assert.equal(groupOf('/logs/training.log', [...rest, head]), undefined);
    const second = line(9, { msg: 'training begins', run_id: 'run-11aa22bb' });
    assert.equal(groupOf('/logs/training.log', [head, ...rest, second]), undefined);
  });

  it('is what the name alone says, where records name each other and no group', () => {
    const linked = [0, 1, 2].map(at => line(at, { uuid: `m-${at}a71`, parentUuid: at > 0 ? `m-${at - 1}a71` : null }));
    assert.deepEqual(groupOf(`/logs/${session}.jsonl`, linked), { id: session, field: 'file name', evidence: 'file' });
    assert.equal(groupOf('/logs/session-12345678.jsonl', linked), undefined);
    const free = [0, 1, 2].map(at => line(at, { msg: `m ${at}` }));
    assert.equal(groupOf(`/logs/${session}.jsonl`, free), undefined);
  });

  it('is the run that a folder is named after', () => {
    const lines = [0, 1, 2].map(at => line(at, { msg: `m ${at}` }));
    const file = (folder: string) => `/logs/dag_id=etl/${folder}/task_id=load/attempt=1.log`;
    assert.equal(
      groupOf(file('run_id=manual__2026-03-02T10:15:00+00:00'), lines)?.id,
      'manual__2026-03-02T10:15:00+00:00',
    );
    assert.equal(groupOf(file('date=2026-03-02'), lines), undefined);
    assert.equal(groupOf(file('user_id=u-12345678'), lines), undefined);
  });

  it('is none where records name their own groups, nor a request, a user or a host', () => {
    const own = [0, 1, 2, 3].map(at => line(at, { requestId: `req-00${at >> 1}-aa71`, msg: 'x' }));
    assert.equal(groupOf('/logs/x.log', [line(0, { msg: 'up', session_id: 's-8f3c21ab' }), ...own]), undefined);
    for (const name of ['request_id', 'user_id', 'host_id', 'tenant_id']) {
      const lines = [line(0, { msg: 'up', [name]: 'x-8f3c21ab' }), line(1, { msg: 'a' }), line(2, { msg: 'b' })];
      assert.equal(groupOf('/logs/x.log', lines), undefined, name);
    }
  });
});
