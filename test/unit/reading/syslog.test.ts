import assert from 'node:assert/strict';
import { syslog } from '../../../src/common/formats/servers/syslog';
import { attributesOf, chosenParts, recordsOf } from './readLine';

const trace = '3c1f7be2a90d4e5f8a6b7c8d9e0f1a2b';

const lines: [string, Record<string, unknown>][] = [
  [
    `<165>1 2026-03-02T10:15:00.003Z box-1 orders 8710 ID47 [origin@32473 x="1" y="a\\"b"][opentelemetry trace_id="${trace}" span_id="00f067aa0ba902b7"] \ufeffOrder placed`,
    {
      format: 'syslog',
      time: '2026-03-02T10:15:00.003Z',
      severity: 'info',
      service: 'orders',
      host: 'box-1',
      ids: `opentelemetry.trace_id=${trace}`,
      stepId: '00f067aa0ba902b7',
      message: 'Order placed',
    },
  ],
  [
    "<34>1 2026-03-02T10:15:00.003Z box-1 su - ID47 - 'su root' denied",
    { format: 'syslog', severity: 'fatal', service: 'su', message: "'su root' denied" },
  ],
  ['<34>1 - - - - - - nothing but words', { format: 'syslog', time: null, host: null, message: 'nothing but words' }],
  [
    '2026-03-02T10:15:00+01:00 edge.example gw 31 - [req@7 request_id="r-55ab01"] forwarded',
    { format: 'syslog', time: '2026-03-02T09:15:00.000Z', ids: 'req.request_id=r-55ab01', message: 'forwarded' },
  ],
  [
    '<11>Mar  2 10:15:00 box-1 orders[12]: level=info msg="order placed" request_id=r-55ab01',
    { format: 'syslog', severity: 'info', message: 'order placed', ids: 'request_id=r-55ab01' },
  ],
  [
    `<13>Mar  2 10:15:00 box-1 orders[12]: @cee: {"msg":"order placed","trace_id":"${trace}"}`,
    { format: 'syslog', severity: 'info', message: 'order placed', ids: `trace_id=${trace}` },
  ],
  [
    'Mar  2 10:15:00 box-1 orders[12]: [main] WARN c.a.Orders - late correlationId=c-55ab01',
    {
      severity: 'warn',
      thread: 'main',
      logger: 'c.a.Orders',
      message: 'late correlationId=c-55ab01',
      ids: 'correlationId=c-55ab01',
    },
  ],
  [
    '<34>Mar  2 10:15:00 box-1 sshd(pam_unix): hi there',
    { format: 'syslog', host: 'box-1', service: 'sshd', message: 'hi there' },
  ],
  [
    '2026-03-02T10:15:00+0000 box-1 systemd[1]: Started Session 4.',
    { format: 'syslog', service: 'systemd', message: 'Started Session 4.' },
  ],
  [
    'Mar  2 10:15:00 box-1 kernel: [12345.678901] eth0: link up',
    { service: 'kernel', thread: null, message: 'eth0: link up' },
  ],
  [
    'Mar  2 10:15:00 lb-1 haproxy[99]: 10.0.1.2:333 [02/Mar/2026:10:15:00.655] web app/s1 1/0/3/9/13 502 27 - - ---- 1/1/1/1/0 0/0 "GET /a?x=1 HTTP/1.1"',
    {
      format: 'syslog',
      time: '2026-03-02T10:15:00.655Z',
      milliseconds: 13,
      stepType: 'GET /a',
      outcome: 'failed',
      host: 'lb-1',
    },
  ],
  [
    '2026-03-02T10:15:00.123456+00:00 heroku[router]: at=info method=GET path="/a" request_id=9c8d7e6f-1a2b-4c3d-8e9f-0a1b2c3d4e5f dyno=web.1 connect=0ms service=18ms status=503',
    {
      service: 'router',
      milliseconds: 18,
      outcome: 'failed',
      ids: 'request_id=9c8d7e6f-1a2b-4c3d-8e9f-0a1b2c3d4e5f',
    },
  ],
  [
    '2026-03-02T10:15:00.123456+00:00 app[web.1]: [9c8d7e6f-1a2b-4c3d-8e9f-0a1b2c3d4e5f] Started GET "/a"',
    {
      service: 'web',
      host: 'web.1',
      message: 'Started GET "/a"',
      ids: 'request_id=9c8d7e6f-1a2b-4c3d-8e9f-0a1b2c3d4e5f',
    },
  ],
];

describe('syslog', () => {
  it('finds its fields where they stand', () => {
    assert.deepEqual(
      syslog
        .read('Mar  2 10:15:00 box-1 Worker1[12]: hi stepId=s1')
        ?.map(({ name, value, start }) => [name, value, start]),
      [
        ['timestamp', 'Mar  2 10:15:00', 0],
        ['syslogHost', 'box-1', 16],
        ['syslogTag', 'Worker1', 22],
        ['pid', '12', 30],
        ['message', 'hi stepId=s1', 35],
        ['stepId', 's1', 45],
      ],
    );
  });

  for (const [line, expected] of lines) it(line, () => assert.deepEqual(chosenParts(line, expected), expected));

  it('keeps facility, process, message type and structured data', () => {
    assert.deepEqual(attributesOf('<165>1 2026-03-02T10:15:00Z box-1 orders 87 ID47 [a@1 x="1" y="p\\"q\\]"] hi'), {
      syslogFacility: 'local4',
      pid: '87',
      syslogMsgid: 'ID47',
      'a.x': '1',
      'a.y': 'p"q]',
    });
  });

  it("the message's own severity and stamp win over those of the head", () => {
    const line = '<14>Mar  2 10:15:00 box-1 a[1]: {"time":"2026-03-02T10:14:59.5Z","level":"error","msg":"boom"}';
    const expected = { severity: 'error', time: '2026-03-02T10:14:59.500Z' };
    assert.deepEqual(chosenParts(line, expected), expected);
  });

  it('continues a record on lines without a head', () => {
    const records = recordsOf('Mar  2 10:15:00 b a[1]: one:\n\ttwo\nMar  2 10:15:01 b a[1]: three\n');
    assert.deepEqual(
      records.map(({ message }) => message),
      ['one:\n\ttwo', 'three'],
    );
  });

  it('claims no other text', () => {
    for (const text of [
      '2026-03-02 10:15:00 INFO worker: hi',
      '2026-03-02 10:15:00 - acme.orders - WARNING - late',
      '2026-03-02 10:15:00 INFO worker[12]: hi',
      '2026-03-02T10:15:00Z a b c d e',
      '<999>1 2026-03-02T10:15:00Z a b c d - hi',
      '<a>1 hello',
      'Mar 2 hello',
    ])
      assert.equal(syslog.read(text), null, text);
  });

  it('reads structured data that never ends', () => {
    const text = `<1>1 - - - - - [a x="${'\\"'.repeat(250_000)}${'a'.repeat(250_000)}`;
    assert.equal(syslog.read(text)?.at(-1)?.end, text.length);
  }).timeout(10_000);
});
