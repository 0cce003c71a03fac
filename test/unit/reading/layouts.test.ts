import assert from 'node:assert/strict';
import { textFormats } from '../../../src/common/formats/textFormats';
import { profileSource } from '../../../src/common/profile/profileSource';
import { attributesOf, chosenParts, recordsOf } from './readLine';

const uuid = '9c8d7e6f-1a2b-4c3d-8e9f-0a1b2c3d4e5f';
const hex = '3c1f7be2a90d4e5f8a6b7c8d9e0f1a2b';
const span = '00f067aa0ba902b7';
/** As HAProxy writes it. */
const unique = 'C0A80107:D3F2_0A00020F:01BB_65E4F6D4_0A2B:7C1D';
const day = '2026-03-02 10:15:00.123';

type Parts = Record<string, unknown>;

/** A line, and what a person would say of it. */
const lines: Record<string, [string, Parts][]> = {
  'words before the stamp': [
    [
      'WARN  [ReadStage-4] 2026-03-02 10:15:00,123 Reader.java:77 - slow read',
      { severity: 'warn', thread: 'ReadStage-4', code: 'Reader.java:77', message: 'slow read' },
    ],
    ['[7] 2026/03/02 10:15:00.123456 [ERR] no route', { severity: 'error', thread: null, message: 'no route' }],
    ['[2112] 02 Mar 10:15:00 * Ready', { severity: 'info', message: 'Ready' }],
    [
      `glance-api.log.3.2026-03-02_09:58:41 ${day} 411 INFO glance.api [req-${uuid} ${hex} ${hex} - - -] listed`,
      { severity: 'info', logger: 'glance.api', ids: `request_id=req-${uuid}`, userId: hex, message: 'listed' },
    ],
    ['ERROR | bob asked /pay at 02-03-2026 10:15:00,123 | qtp-4', { severity: 'error' }],
  ],
  'OpenStack with domains': [
    [
      `${day} 411 INFO glance.api [req-${uuid} ${hex} ${hex} - default default] listed`,
      { ids: `request_id=req-${uuid}`, userId: hex, organizationId: hex, message: 'listed' },
    ],
  ],
  'loggers with brackets': [
    [
      `${day}  INFO 71 --- [nio-9090-exec-2] o.a.c.c.C.[Tomcat].[shop].[/api]     : Initializing`,
      { logger: 'o.a.c.c.C.[Tomcat].[shop].[/api]', thread: 'nio-9090-exec-2', message: 'Initializing' },
    ],
  ],
  'log4j and logback': [
    [
      `${day} INFO  [http-nio-1] [corrId=c-77f1] com.acme.Orders - Placed`,
      { severity: 'info', thread: 'http-nio-1', logger: 'com.acme.Orders', message: 'Placed', ids: 'corrId=c-77f1' },
    ],
    [
      `${day} [main] INFO  c.a.Repo [REQ-6f5a2e4160b5558c,SESS-1ff3649a3a98b359] - done it`,
      {
        thread: 'main',
        logger: 'c.a.Repo',
        message: 'done it',
        ids: 'request_id=REQ-6f5a2e4160b5558c',
        sessionId: 'SESS-1ff3649a3a98b359',
      },
    ],
    [
      `${day} [main] INFO  c.a.Repo [trace-${hex}|USR-55120|-] - done it`,
      { ids: `trace_id=trace-${hex}`, userId: 'USR-55120', message: 'done it' },
    ],
    [`${day} [worker-12] INFO  c.a.Repo - done`, { thread: 'worker-12', ids: null }],
    [`${day} [${uuid}] INFO c.a.Orders - placed`, { ids: `request_id=${uuid}`, thread: null, message: 'placed' }],
    [
      `${day} [${unique}] INFO c.a.Orders - placed`,
      { ids: `request_id=${unique}`, thread: null, logger: 'c.a.Orders', message: 'placed' },
    ],
    [
      `2026-03-02 10:15:00,123 billing INFO [Thread-1 (process_request)] paid`,
      { severity: 'info', logger: 'billing', thread: 'Thread-1 (process_request)', message: 'paid' },
    ],
    [`{"event":"order.paid","level":"info","request_id":"${uuid}"}`, { format: 'json', message: 'order.paid' }],
    [`{"event":"start","text":"go","request_id":"${uuid}"}`, { format: 'json', message: 'go' }],
    [`${day} root WARNING low on ink`, { severity: 'warn', logger: 'root', message: 'low on ink' }],
    [`${day} No ERROR was found`, { severity: null, logger: null, message: 'No ERROR was found' }],
    [
      `${day} [info     ] order.paid                     amount=5 request_id=${uuid}`,
      { severity: 'info', logger: null, message: `order.paid                     amount=5 request_id=${uuid}` },
    ],
    [`${day} [info     ] order.paid`, { logger: null, message: 'order.paid' }],
    [
      `${day} UTC [77] 65e4f6d4.1a2b bob@shop ERROR:  no such table`,
      { severity: 'error', sessionId: '65e4f6d4.1a2b', userId: 'bob', message: 'no such table' },
    ],
    [`${day} UTC [77] 65e4f6d4.1a2b LOG:  ready`, { severity: 'info', message: 'ready' }],
    [
      `${day} | INFO  | ZeT2VH8AAQEAAB@xK4sAAAAj-Q1 | main:run:7 - placed`,
      { ids: 'request_id=ZeT2VH8AAQEAAB@xK4sAAAAj-Q1', message: 'placed' },
    ],
    [
      `${day} INFO  [main] request ZeT2VH8AAQEAAB@xK4sAAAAj-Q1 placed`,
      { ids: 'request_id=ZeT2VH8AAQEAAB@xK4sAAAAj-Q1' },
    ],
    [
      `${day} INFO [trace=${hex},span=${span}] [main] c.a.Orders - hi`,
      { thread: 'main', logger: 'c.a.Orders', ids: `trace=${hex}`, message: 'hi' },
    ],
    [
      `${day} INFO [dd.trace_id=1234567890123456789 dd.span_id=987654321] c.a.Orders - hi`,
      { ids: 'dd.trace_id=1234567890123456789', stepId: '987654321', message: 'hi' },
    ],
    [
      `${day} INFO [main] [TID: ${hex}.67.17724465] c.a.Orders : hi`,
      { thread: 'main', ids: `trace_id=${hex}.67.17724465` },
    ],
    [
      '[2026-03-02 10:15:00,123][INFO ][o.e.n.Node     ] [node-1] up',
      { logger: 'o.e.n.Node', thread: 'node-1', message: 'up' },
    ],
    [
      `${day} [main] INFO c.a.Server (Server.java:run(123)) - up`,
      { logger: 'c.a.Server', code: 'Server.java:123', message: 'up' },
    ],
    [
      '[2026-03-02 10:15:00,123] INFO [Server id=0] up (kafka.server.KafkaServer)',
      { logger: 'kafka.server.KafkaServer', message: 'up' },
    ],
    [
      `${day} [myid:1] - INFO  [Peer[myid=1]/0:0:2181:Election@774] - time out`,
      { severity: 'info', logger: 'Election', message: 'time out' },
    ],
  ],
  'Spring Boot': [
    [
      `${day}  INFO 1 --- [orders] [nio-8080-exec-1] [${hex}-${span}] c.a.Orders : Created`,
      {
        service: 'orders',
        thread: 'nio-8080-exec-1',
        logger: 'c.a.Orders',
        ids: `traceId=${hex}`,
        stepId: span,
        message: 'Created',
      },
    ],
    [
      `${day}  INFO 1 --- [nio-8080-exec-1] [                 ] c.a.Orders : Created`,
      { service: null, thread: 'nio-8080-exec-1', ids: null, message: 'Created' },
    ],
    [
      `${day}  INFO 1 --- [  main] [${hex}-${span}] c.a.Orders : Created`,
      { service: null, thread: 'main', stepId: span },
    ],
    [
      `${day}  INFO [orders,${hex},${span}] 1 --- [main] c.a.Orders : Created`,
      { service: 'orders', ids: `traceId=${hex}` },
    ],
    [`${day}  INFO [${hex},${span}] 1 --- [main] c.a.Orders : Created`, { ids: `traceId=${hex}`, stepId: span }],
  ],
  'other programs on the JVM': [
    [
      `${day} INFO  traceId=${hex}, parentId=, spanId=${span}, sampled=true [o.a.r.Res] (executor-thread-0) hello`,
      { logger: 'o.a.r.Res', thread: 'executor-thread-0', ids: `traceId=${hex}`, stepId: span, message: 'hello' },
    ],
    [
      '10:15:00,123 INFO  [org.jboss.as] (Controller Boot Thread) up',
      { thread: 'Controller Boot Thread', message: 'up' },
    ],
    [
      '2026-03-02 10:15:00,123 [INFO] from play.api.Play in main - Ready',
      { severity: 'info', logger: 'play.api.Play', thread: 'main', message: 'Ready' },
    ],
    [
      '[INFO] [02/03/2026 10:15:00.123] [sys-akka.actor.default-dispatcher-5] [akka://sys/user/a] got it',
      { severity: 'info', thread: 'sys-akka.actor.default-dispatcher-5', message: 'got it' },
    ],
    [
      `${day}+0000 [id=42]\tINFO\thudson.Main$3#run: Ready`,
      { severity: 'info', logger: 'hudson.Main$3#run', message: 'Ready' },
    ],
  ],
  '.NET': [
    ['[10:15:00 INF] Order placed', { severity: 'info', message: 'Order placed' }],
    [
      '2026-03-02 10:15:00.1234|0|WARN|Acme.Orders|Late|url: http://a/',
      { severity: 'warn', logger: 'Acme.Orders', message: 'Late|url: http://a/' },
    ],
    [
      '2026-03-02 10:15:00,123 [12] INFO  Acme.Orders - Placed',
      { thread: '12', logger: 'Acme.Orders', message: 'Placed' },
    ],
  ],
  Python: [
    [
      '2026-03-02 10:15:00,123 - acme.orders - WARNING - late',
      { logger: 'acme.orders', severity: 'warn', message: 'late' },
    ],
    ['WARNING:root:disk almost full', { severity: 'warn', logger: 'root', message: 'disk almost full' }],
    [`${day} | INFO     | acme.orders:place:12 - placed`, { logger: 'acme.orders', message: 'placed' }],
    ['[2026-03-02 10:15:00 +0000] [1234] [INFO] Booting worker', { severity: 'info', message: 'Booting worker' }],
    [
      '[2026-03-02T10:15:00.123+0000] {taskinstance.py:1157} INFO - All met',
      { severity: 'info', code: 'taskinstance.py:1157', thread: null, message: 'All met' },
    ],
    [
      `[2026-03-02 10:15:00,123: INFO/MainProcess] Task shop.add[${uuid}] succeeded in 0.5s: 4`,
      { thread: 'MainProcess', ids: `task_id=${uuid}`, stepType: 'shop.add', milliseconds: 500, outcome: 'ok' },
    ],
    [
      `${day} 12345 INFO nova.api [req-${uuid} ${hex} ${hex} - - -] GET ok`,
      {
        severity: 'info',
        logger: 'nova.api',
        ids: `request_id=req-${uuid}`,
        userId: hex,
        organizationId: hex,
        message: 'GET ok',
      },
    ],
  ],
  'Ruby and PHP': [
    [
      'I, [2026-03-02T10:15:00.123456 #1234]  INFO -- : Started',
      { severity: 'info', logger: null, message: 'Started' },
    ],
    [
      'E, [2026-03-02T10:15:00.123456 #1234] ERROR -- shop: Broke',
      { severity: 'error', logger: 'shop', message: 'Broke' },
    ],
    [
      `[${uuid}] Started GET "/a" for ::1 at 2026-03-02 10:15:00 +0000`,
      { ids: `request_id=${uuid}`, time: '2026-03-02T10:15:00.000Z' },
    ],
    [
      '2026-03-02T10:15:00.123Z pid=12 tid=abc class=HardJob jid=9c8d7e6f1a2b4c3d8e9f0a1b elapsed=0.012 INFO: done',
      {
        severity: 'info',
        thread: 'abc',
        stepType: 'HardJob',
        ids: 'jid=9c8d7e6f1a2b4c3d8e9f0a1b',
        milliseconds: 12,
        message: 'done',
      },
    ],
    [
      '2026-03-02T10:15:00.123Z 12 TID-abc HardJob JID-9c8d7e6f1a2b4c3d8e9f0a1b INFO: done: 0.012 sec',
      { severity: 'info', thread: 'abc', ids: 'jid=9c8d7e6f1a2b4c3d8e9f0a1b', message: 'done: 0.012 sec' },
    ],
    [
      `[2026-03-02 10:15:00] production.ERROR: Payment refused {"order":5} {"trace_id":"${hex}"}`,
      { severity: 'error', logger: 'production', ids: `trace_id=${hex}` },
    ],
    [
      '[02-Mar-2026 10:15:00 UTC] PHP Fatal error:  boom in /x.php:3',
      { severity: 'fatal', message: 'boom in /x.php:3' },
    ],
  ],
  'Go, Rust, C++': [
    ['2026/03/02 10:15:00.123456 main.go:23: up', { code: 'main.go:23', logger: null, message: 'up' }],
    ['E0302 10:15:00.123456    1234 server.go:42] down', { severity: 'error', code: 'server.go:42', message: 'down' }],
    ['[2026-03-02T10:15:00Z INFO  shop::server] up', { severity: 'info', logger: 'shop::server', message: 'up' }],
    ['[2026-03-02T10:15:00Z ERROR shop] down', { severity: 'error', logger: 'shop', message: 'down' }],
    [
      '2026-03-02T10:15:00.123456Z  INFO request{method=GET request_id=r-123}:query{user_id=u1}: shop::orders: placed total=5',
      { severity: 'info', logger: 'shop::orders', ids: 'request_id=r-123', userId: 'u1', message: 'placed total=5' },
    ],
  ],
  'Elixir and Erlang': [
    [
      '10:15:00.123 request_id=F5zXq1mTLy8b2Zk [info] Sent 200',
      { severity: 'info', ids: 'request_id=F5zXq1mTLy8b2Zk', message: 'Sent 200' },
    ],
    ['2026-03-02T10:15:00.123+00:00 notice: up', { severity: 'info', message: 'up' }],
  ],
  'servers and databases': [
    [
      '2026/03/02 10:15:00 [error] 12#34: *5678 open() failed, client: 192.0.2.7',
      { severity: 'error', thread: '34', message: 'open() failed, client: 192.0.2.7', ids: null },
    ],
    [
      '[Mon Mar 02 10:15:00.123456 2026] [core:error] [pid 12:tid 140] [client 192.0.2.7:55] AH00126: Invalid',
      { severity: 'error', thread: '140', message: 'AH00126: Invalid', time: '2026-03-02T10:15:00.123Z' },
    ],
    ['2026-03-02T10:15:00.123456Z 42 [Warning] [MY-010055] [Server] late', { severity: 'warn', message: 'late' }],
    ['2026-03-02T10:15:00.123456Z\t   42 Query\tSELECT 1', { thread: '42', message: 'Query\tSELECT 1' }],
    [
      `${day} UTC [1234] app@orders LOG:  duration: 12.5 ms  statement: SELECT 1`,
      { severity: 'info', userId: 'app', milliseconds: 12.5, message: 'duration: 12.5 ms  statement: SELECT 1' },
    ],
    [
      '1234:M 02 Mar 2026 10:15:00.123 # Low memory',
      { severity: 'warn', message: 'Low memory', time: '2026-03-02T10:15:00.123Z' },
    ],
    [
      '2026-03-02T10:15:00.123+0000 I NETWORK  [conn12] accepted',
      { severity: 'info', thread: 'conn12', logger: 'NETWORK', message: 'accepted' },
    ],
  ],
  systems: [
    [
      '03-02 10:15:00.123  1702  2395 D WindowManager: opening',
      { severity: 'debug', thread: '2395', logger: 'WindowManager', message: 'opening' },
    ],
    [`${day}456+0000 0x1f2 Default 0x0 123 0 kernel: hello`, { thread: '0x1f2', service: 'kernel', message: 'hello' }],
    [
      '2026-03-02 10:15:00, Info                  CBS    Loaded',
      { severity: 'info', logger: 'CBS', message: 'Loaded' },
    ],
  ],
  'AWS Lambda': [
    [
      `2026-03-02T10:15:00.123Z\t${uuid}\tINFO\tplaced`,
      { severity: 'info', ids: `request_id=${uuid}`, message: 'placed' },
    ],
    [
      `[WARN]\t2026-03-02T10:15:00.123Z\t${uuid}\tlate`,
      { severity: 'warn', ids: `request_id=${uuid}`, message: 'late' },
    ],
    [
      `REPORT RequestId: ${uuid}\tDuration: 12.5 ms\tBilled Duration: 13 ms\tInit Duration: 99 ms`,
      { ids: `RequestId=${uuid}`, milliseconds: 12.5 },
    ],
  ],
};

describe('heads of text lines', () => {
  for (const [family, cases] of Object.entries(lines)) {
    describe(family, () => {
      for (const [line, expected] of cases) it(line, () => assert.deepEqual(chosenParts(line, expected), expected));
    });
  }

  it('few lines of another format do not make plain text that format', () => {
    const plain = Array.from({ length: 20 }, (_, index) => `plain words of line ${index}\n`).join('');
    const audit = 'type=CWD msg=audit(1772446500.000:456): cwd="/root"\n';
    const profile = profileSource({ sample: plain + audit, sourceName: 'x.log', complete: true });
    assert.deepEqual([profile.format, profile.framing], ['text', 'line']);
    assert.equal(recordsOf(plain + audit).at(-1)?.format, 'auditd');
  });

  it('a record may begin with a label before its stamp', () => {
    const lines = [
      '- 1772446500 R0 ok',
      'DISKFULL 1772446501 R1 no space',
      'NODE_DOWN 2026-03-02 10:15:02 R2 gone',
      '  at rack 7',
    ];
    assert.deepEqual(recordsOf(`${'- 1772446499 R0 ok\n'.repeat(20)}${lines.join('\n')}\n`).length, 23);
  });

  it('a stamp of Ruby and of Redis begins a record', () => {
    for (const [first, second] of [
      ['I, [2026-03-02T10:15:00.123456 #1]  INFO -- : one', 'W, [2026-03-02T10:15:01.123456 #1]  WARN -- : two'],
      ['12:M 02 Mar 2026 10:15:00.123 * one', '12:M 02 Mar 2026 10:15:01.123 # two'],
    ])
      assert.deepEqual(
        recordsOf(`${first}\n  more\n${second}\n`).map(({ severity, message }) => [severity, message]),
        [
          ['info', 'one\n  more'],
          ['warn', 'two'],
        ],
      );
  });

  it('a task that nothing else groups is a group, but not beside a trace', () => {
    const line = (rest: string) => `[2026-03-02 10:15:00,123: INFO/W-1] Task a.b[${uuid}] received${rest}\n`;
    assert.deepEqual(recordsOf(line(''))[0]?.correlationIds, [{ id: uuid, field: 'task_id' }]);
    assert.deepEqual(recordsOf(line(` trace_id=${hex}`))[0]?.correlationIds, [{ id: hex, field: 'trace_id' }]);
  });
});

describe('pairs in every dress', () => {
  const cases: [string, Record<string, string>][] = [
    ['a="b \\" c" d=\'e f\', g=h', { a: 'b " c', d: 'e f', g: 'h' }],
    ['order_id -> 5512, item_id => 7, batchId := 9', { order_id: '5512', item_id: '7', batchId: '9' }],
    ['Order ID#5512 is ready', { 'Order ID': '5512' }],
    ['(order_id: 5512) <item_id=7> [batchId: 9]', { order_id: '5512', item_id: '7', batchId: '9' }],
    ['order id 55120 for grid 12345', { 'order id': '55120' }],
  ];
  for (const [text, expected] of cases)
    it(text, () => assert.deepEqual(attributesOf(`2026-03-02 10:15:00 INFO it says ${text}`), expected));

  const ids: [string, string | null][] = [
    [`【correlationId：c-778899，userId：u-1】 placed`, 'correlationId=c-778899'],
    ['placed，correlationId：c-778899，完成', 'correlationId=c-778899'],
    ['{correlationId: c-12; userId: u-2} placed', 'correlationId=c-12'],
    ['<correlationId=c-12 userId=u-2> placed', 'correlationId=c-12'],
    ['placed with requestId#ab12cd34ef', 'requestId=ab12cd34ef'],
    [`the request id ${hex} is done`, `request id=${hex}`],
    [`closed session 0x14ed93111f20027`, 'session_id=0x14ed93111f20027'],
    [`for request ${uuid}.`, `request_id=${uuid}`],
    ['GET https://a.b/c?request_id=abc-123&id=5 done', 'request_id=abc-123'],
    [`[correlationId: c-778899] Reusing what request ${uuid} left`, 'correlationId=c-778899'],
    [`reusing what request ${uuid} left, correlationId=c-778899`, 'correlationId=c-778899'],
  ];
  for (const [text, expected] of ids)
    it(text, () =>
      assert.deepEqual(chosenParts(`2026-03-02 10:15:00 INFO ${text}`, { ids: expected }), { ids: expected }),
    );
});

describe('prose', () => {
  const message = (text: string) => ({ message: text, ids: null, logger: null, thread: null });
  for (const text of [
    'error: 3 retries',
    'meeting at 12:00 in 10:15:30 hours',
    'https://a.b/c: down',
    'C:\\app\\x.cs broke at 12:00',
    'correlationId - none given',
    'correlationId= placed',
    'correlationId=null requestId=- traceId=(none)',
    'retrying request 12 of 50, session expired, trace follows',
    'payload {not json} {"a": }',
    '5 ERROR rows were found',
    'a valid 4000 units, a grid 12345',
    'if a == b then c',
    'shipped to [Bob] (5)',
  ])
    it(text, () => {
      const expected = message(text);
      assert.deepEqual(chosenParts(`2026-03-02 10:15:00 WARN ${text}`, expected), expected);
    });

  it('the query of a URL gives no attributes', () =>
    assert.deepEqual(attributesOf('2026-03-02 10:15:00 INFO GET https://a.b/c?id=5&q=x done'), {}));
});

describe('text formats', () => {
  it('get through hostile lines', () => {
    const parts = [
      'a{',
      'a{}:',
      'a=b ',
      'a=',
      '[a-1,',
      'id 1',
      'request ',
      'a::',
      'a.b:',
      '1 ',
      'I ',
      '#1',
      '->',
      '：',
      '【',
      ', a=',
    ];
    for (const head of [
      '',
      '2026-03-02 10:15:00 ',
      '2026-03-02 10:15:00 INFO [',
      '<1>1 - - - - - ',
      'Mar  2 10:15:00 h t[1]: ',
    ]) {
      for (const part of parts) {
        const text = head + part.repeat(500_000 / part.length);
        for (const { read } of textFormats) for (const { end } of read(text) ?? []) assert.ok(end <= text.length);
      }
    }
  }).timeout(40_000);
});
