import assert from 'node:assert/strict';
import { stepLabel } from '../../../src/common/trace/steps/stepLabel';
import { recordsOf } from './readLine';

const json = (...objects: object[]) => recordsOf(objects.map(object => `${JSON.stringify(object)}\n`).join(''));
const id = '7c2d9f7b-18e7-4c7a-bf8c-4d83d13d9c01';
const label = (message: string) => stepLabel({ stepType: null, stepId: null, key: '~a#1' }, message);

describe('dialects of services', () => {
  it('a message template has its values, as viewers show it', () => {
    const [record] = json({
      '@t': '2026-03-02T10:15:00.0000000Z',
      '@mt': 'HTTP {RequestMethod} {Path,10} responded {StatusCode} in {Elapsed:0.0} ms for {Nobody}, {{so}}',
      '@r': ['900.5'],
      RequestMethod: 'GET',
      Path: '/a',
      StatusCode: 500,
      Elapsed: 900.4999,
      RequestId: id,
    });
    assert.equal(record?.message, 'HTTP GET /a responded 500 in 900.5 ms for {Nobody}, {so}');
    assert.equal(record?.outcome, 'failed');
  });

  it('codes of gRPC say who failed, and a call that is finished as an error has not gone well', () => {
    const of = (fields: object) =>
      json({ ts: 1_772_446_500.1, trace_id: id, msg: 'finished call', ...fields })[0]?.outcome;
    assert.equal(of({ level: 'info', 'grpc.code': 'OK' }), 'ok');
    assert.equal(of({ level: 'warn', 'grpc.code': 'NotFound' }), 'ok');
    assert.equal(of({ level: 'info', 'grpc.code': 'Unavailable' }), 'failed');
    assert.equal(of({ level: 'info', 'rpc.grpc.status_code': 13 }), 'failed');
    assert.equal(of({ level: 'info' }), 'ok');
    assert.equal(of({ level: 'error' }), null);
  });

  it('structlog for a terminal: the logger stands behind the event, which may be one word', () => {
    const line = (level: string, event: string, rest: string) =>
      `2026-03-02T10:15:00.123456Z [${level.padEnd(9)}] ${event.padEnd(30)} [shop.web] ${rest} request_id=${id}\n`;
    const [start, , end] = recordsOf(
      line('info', 'request_started', 'ip=10.1.1.1') +
        line('info', 'order.validated', 'n=1') +
        line('info', 'request_finished', 'code=201'),
    );
    assert.deepEqual([start?.message, start?.logger, start?.phase], ['request_started', 'shop.web', 'start']);
    assert.deepEqual([end?.message, end?.phase, end?.outcome], ['request_finished', 'end', 'ok']);
    const [plain] = recordsOf('2026-03-02T10:15:00Z INFO Connected to [main] id=7\n');
    assert.match(plain?.message ?? '', /^Connected to \[main\]/);
  });

  it('short tags in brackets group, where others write the thread', () => {
    const tags = ['881eae2eb154', 'c6f86d76b07e', '9731506bf2ef'];
    const words = ['Creating invoice', 'Rendering pdf', 'Invoice created in 120 ms'];
    const lines = tags.flatMap((tag, n) =>
      words.map(
        (text, at) =>
          `2026-03-02 10:15:0${n}.${at}00 | ${at === 2 ? 'SUCCESS ' : 'INFO    '} | app.api:create:4${at} - [${tag}] ${text}`,
      ),
    );
    const records = recordsOf(`${lines.join('\n')}\n`);
    assert.deepEqual(
      records.map(({ correlationIds }) => correlationIds[0]?.id),
      tags.flatMap(tag => [tag, tag, tag]),
    );
    assert.deepEqual(
      [records[2]?.message, records[2]?.phase, Number(records[2]?.duration)],
      [words[2], 'end', 120_000_000],
    );
    assert.equal(records[2]?.severity, 'info');
  });

  it('a Rails request that was answered with an error has failed', () => {
    const of = (text: string) => recordsOf(`I, [2026-03-02T10:15:00.1 #7]  INFO -- : [${id}] ${text}\n`)[0]?.outcome;
    assert.equal(of('Completed 500 Internal Server Error in 900ms (ActiveRecord: 3.1ms)'), 'failed');
    assert.equal(of('Completed 302 Found in 90ms (ActiveRecord: 3.1ms)'), 'ok');
    assert.equal(of('Completed 500 items in 90ms'), 'ok');
    assert.deepEqual(
      [of('Sent 201 in 24ms'), of('Sent 503 in 24ms'), of('Sent 500 mails in 24ms')],
      ['ok', 'failed', null],
    );
  });

  it('pairs behind bars are no part of a name', () => {
    assert.equal(label('Order saved |url: https://shop/orders|action: Create|corrId: 17'), 'Order saved');
    assert.equal(label('a | b'), 'a | b');
  });
});
