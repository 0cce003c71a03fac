import assert from 'node:assert/strict';
import { lineFormats } from '../../../src/common/formats/lineFormats';
import { attributesOf, chosenParts, recordsOf } from './readLine';

const uuid = '9c8d7e6f-1a2b-4c3d-8e9f-0a1b2c3d4e5f';
const hex = '3c1f7be2a90d4e5f8a6b7c8d9e0f1a2b';
const at = '[02/Mar/2026:10:15:00 +0000]';
const noon = '2026-03-02T10:15:00.000Z';

const unique = 'ZeT2VH8AAQEAAB@xK4sAAAAj-Q1';

const lines: [string, Record<string, unknown>][] = [
  [
    `192.0.2.7 - bob ${at} "GET /orders?id=5 HTTP/1.1" 200 59`,
    {
      format: 'accessLog',
      time: noon,
      userId: 'bob',
      stepType: 'GET /orders',
      message: 'GET /orders?id=5 HTTP/1.1',
      outcome: 'ok',
      ids: null,
    },
  ],
  [
    `192.0.2.7 - - ${at} "POST /orders HTTP/1.1" 500 59 "-" "curl/8.0" 0.123 0.100 "${uuid}"`,
    { format: 'accessLog', milliseconds: 123, outcome: 'failed', ids: `request_id=${uuid}`, userId: null },
  ],
  [
    `shop.example:443 192.0.2.7 - - ${at} "GET / HTTP/2.0" 200 59 "-" "curl/8.0" ${hex} 00f067aa0ba902b7`,
    { format: 'accessLog', ids: `trace_id=${hex}`, stepId: '00f067aa0ba902b7' },
  ],
  [
    `192.0.2.7 - - ${at} "GET /a HTTP/1.1" 502 9 "-" "curl/8.0" 91 0.210 [shop-web-80] [] 10.2.0.5:8080, 10.2.0.6:8080 0, 9 0.001, 0.209 502, 502 ${hex}`,
    { format: 'accessLog', milliseconds: 210, outcome: 'failed', ids: `request_id=${hex}` },
  ],
  [
    `192.0.2.7 - - ${at} "GET /a HTTP/1.1" 200 9 "-" "curl/8.0" rt=0.250 uct="0.001" request_id=${uuid}`,
    { format: 'accessLog', milliseconds: 250, ids: `request_id=${uuid}` },
  ],
  [
    `192.0.2.7 - - ${at} "GET /a HTTP/1.1" 200 9 "-" "curl/8.0" "Root=1-5da09954-2c342a443bfb96249aa50ed7"`,
    { ids: 'trace_id=1-5da09954-2c342a443bfb96249aa50ed7' },
  ],
  [
    `192.0.2.7 - - ${at} "GET /a HTTP/1.1" 200 9 "-" "curl/8.0" 33 "web@docker" "http://10.0.0.2:80" 4ms`,
    { format: 'accessLog', milliseconds: 4 },
  ],
  [
    `192.0.2.7 - - ${at} "\\x16\\x03\\x01" 400 166 "-" "-"`,
    { format: 'accessLog', stepType: null, message: '\\x16\\x03\\x01' },
  ],
  [
    'INFO:     192.0.2.7:5055 - "GET /a HTTP/1.1" 503 Service Unavailable',
    { format: 'accessLog', severity: 'info', stepType: 'GET /a', outcome: 'failed' },
  ],
  [
    '2026-03-02T10:15:00+00:00 192.0.2.7 "GET /a HTTP/1.1" 200 0.120',
    { format: 'accessLog', time: noon, milliseconds: 120 },
  ],
  [
    `${at} ${unique} 2723 "GET /a?b=1 HTTP/1.1" 504 ${unique}`,
    { format: 'accessLog', time: noon, stepType: 'GET /a', outcome: 'failed', ids: `request_id=${unique}` },
  ],
  [
    `2026-03-02T10:15:00.000Z ${uuid} 192.0.2.7 "GET /a HTTP/1.1" 200 38.430 38.981`,
    {
      format: 'accessLog',
      time: noon,
      milliseconds: null,
      stepType: 'GET /a',
      outcome: 'ok',
      ids: `request_id=${uuid}`,
    },
  ],
  [
    `${uuid} POST /a?b=1 201 38.43 ms - 25`,
    { format: 'accessLog', stepType: 'POST /a', outcome: 'ok', milliseconds: 38.43, ids: `request_id=${uuid}` },
  ],
  ['GET /a 503 1 ms - -', { format: 'accessLog', stepType: 'GET /a', outcome: 'failed', milliseconds: 1 }],
  [`${uuid} asked for GET /a 200 times`, { format: 'text', stepType: null }],
  ['GET /a 200 times', { format: 'text', stepType: null }],
  [
    `{"time":"2026-03-02T10:15:00+00:00","request_id":"${uuid}","request":"GET /a?b=1 HTTP/1.1","status":502,"request_time":0.107}`,
    { format: 'json', message: 'GET /a?b=1', stepType: 'GET /a', outcome: 'failed', milliseconds: 107 },
  ],
  [
    `time=2026-03-02T10:15:00+00:00 request_id=${uuid} method=PUT uri="/a?b=1" status=200`,
    { format: 'logfmt', message: 'PUT /a?b=1', stepType: 'PUT /a', code: null },
  ],
  [
    `{"level":"info","ts":1772446500.25,"request":{"method":"GET","host":"a.example","uri":"/a"},"status":200}`,
    { format: 'json', stepType: 'GET /a', host: null, code: null },
  ],
  [
    `{"level":"info","msg":"asked","ts":1772446500.25,"req":{"method":"GET","url":"/a","host":"a.example"}}`,
    { message: 'asked', stepType: null, host: null, code: null },
  ],
  [
    `[2026-03-02T10:15:00.000Z] "GET /a HTTP/2" 503 UF,URX 0 91 34 - "192.0.2.7" "curl/8.0" "${uuid}" "orders:80" "10.0.0.5:80"`,
    {
      format: 'envoyLog',
      time: noon,
      milliseconds: 34,
      outcome: 'failed',
      stepType: 'GET /a',
      ids: `request_id=${uuid}`,
    },
  ],
  [
    `[2026-03-02T10:15:00.000Z] "GET /a HTTP/2" 200 - via_upstream - "-" 0 135 4 3 "-" "curl/8.0" "${uuid}" "orders:80" "10.0.0.5:80" inbound|80|| 127.0.0.6:40 10.1.1.1:80 10.1.1.2:33 - default`,
    { format: 'envoyLog', milliseconds: 4, ids: `request_id=${uuid}` },
  ],
  [
    `https 2026-03-02T10:15:00.000000Z app/lb/50dc6c495c0c9188 192.0.2.7:28 10.0.0.1:80 0.086 0.048 0.037 502 502 0 57 "GET https://a.example:443/a HTTP/1.1" "curl/8.0" ECDHE TLSv1.2 arn:aws:x "Root=1-58337281-1d84f3d73c47ec4e58577259" "a.example" "arn:aws:acm:x" 1 2026-03-02T10:14:59.364000Z "forward" "-" "-"`,
    {
      format: 'albLog',
      time: '2026-03-02T10:14:59.364Z',
      milliseconds: 636,
      outcome: 'failed',
      ids: 'trace_id=1-58337281-1d84f3d73c47ec4e58577259',
    },
  ],
  [
    'http 2026-03-02T10:15:00.000000Z app/lb/50dc6c495c0c9188 192.0.2.7:28 - -1 -1 -1 504 - 0 57 "GET http://a.example:80/a HTTP/1.1" "curl/8.0" - - - "-" "-" "-" - 2026-03-02T10:14:59.364000Z "-" "-" "-"',
    { format: 'albLog', milliseconds: 636, outcome: 'failed', ids: null },
  ],
  [
    '2026-03-02T10:15:00.000000Z old-lb 192.0.2.7:28 10.0.0.1:80 0.000073 0.002 0.000057 200 200 0 29 "GET http://a.example:80/ HTTP/1.1" "curl/8.0" - -',
    { format: 'albLog', time: noon, milliseconds: 2 },
  ],
  [
    '10.0.1.2:333 [02/Mar/2026:10:15:00.000] in~ app/s1 0/0/1/5/6 503 27 - - ---- 1/1/1/1/0 0/0 {a.example|x} "POST /a HTTP/1.1" 0A000102:8225_0A000101:01BB_65E2F5A4_0012:0D05',
    {
      format: 'haproxyLog',
      time: noon,
      milliseconds: 6,
      outcome: 'failed',
      ids: 'request_id=0A000102:8225_0A000101:01BB_65E2F5A4_0012:0D05',
    },
  ],
  [
    `10.0.1.2:333 [02/Mar/2026:10:15:00.000] in app/s1 0/0/1/5/+6 200 27 - - ---- 1/1/1/1/0 0/0 {a.example|${uuid}} {} "GET /a HTTP/1.1"`,
    { format: 'haproxyLog', milliseconds: 6, ids: `request_id=${uuid}` },
  ],
  [
    '10.0.1.2:333 [02/Mar/2026:10:15:00.443] tcp bck/s1 0/0/5007 212 -- 0/0/0/0/3 0/0',
    { format: 'haproxyLog', milliseconds: 5007 },
  ],
  [
    '-:333 [02/Mar/2026:10:15:00.000] in~ app/s1 shop.example 0/0/1/5/6 404 27 - - ---- 1/1/1/1/0 0/0 "GET /a HTTP/1.1"',
    { format: 'haproxyLog', time: noon, milliseconds: 6, stepType: 'GET /a', outcome: 'ok' },
  ],
  [
    '10.0.1.2:333 [02/Mar/2026:10:15:00.000] in/https: Timeout during SSL handshake',
    { format: 'haproxyLog', time: noon, message: 'Timeout during SSL handshake', milliseconds: null },
  ],
  [
    `${hex}${hex} bkt ${at} 192.0.2.3 bob 3E57427F33A59F07 REST.GET.OBJECT a.jpg "GET /bkt/a.jpg HTTP/1.1" 200 - 113 266 70 10 "-" "S3/1" - h= SigV4`,
    {
      format: 's3Log',
      time: noon,
      milliseconds: 70,
      stepType: 'REST.GET.OBJECT',
      userId: 'bob',
      ids: 'request_id=3E57427F33A59F07',
    },
  ],
  [
    '1772446500.000    110 192.0.2.7 TCP_MISS/503 1234 GET http://a.example/z bob HIER_DIRECT/10.0.0.9 text/html',
    { format: 'squidLog', time: noon, milliseconds: 110, outcome: 'failed', userId: 'bob' },
  ],
  [
    '[pid: 1|app: 0|req: 5/5] 192.0.2.7 (bob) {38 vars in 696 bytes} [Mon Mar  2 10:15:00 2026] GET /a?id=1 => generated 5 bytes in 3 msecs (HTTP/1.1 200) 2 headers in 79 bytes',
    { format: 'uwsgiLog', time: noon, milliseconds: 3, stepType: 'GET /a', userId: 'bob', outcome: 'ok' },
  ],
  [
    'type=SYSCALL msg=audit(1772446500.000:456): arch=c000003e success=yes auid=1000 uid=0 ses=14 comm="cat" exe="/bin/cat"\x1dARCH=x86_64 AUID="bob"',
    { format: 'auditd', time: noon, sessionId: '14', stepId: '1772446500.000:456', ids: 'session_id=14' },
  ],
  [
    'node=box-1 type=USER_LOGIN msg=audit(1772446500.000:457): pid=12 ses=4294967295 msg=\'op=login acct="bob" hostname=? addr=192.0.2.7 res=failed\'',
    { format: 'auditd', host: 'box-1', stepType: 'login', outcome: 'failed', sessionId: null, ids: null },
  ],
];

describe('access and audit logs', () => {
  for (const [line, expected] of lines) it(line, () => assert.deepEqual(chosenParts(line, expected), expected));

  it('keep client, method, path, query, bytes, referer and user agent', () => {
    assert.deepEqual(
      attributesOf(`192.0.2.7 - - ${at} "GET /a?b=1 HTTP/1.1" 200 59 "http://a.example/?request_id=x1" "curl/8.0"`),
      {
        client: '192.0.2.7',
        'http.request.method': 'GET',
        'url.path': '/a',
        'url.query': 'b=1',
        bytes: '59',
        referer: 'http://a.example/?request_id=x1',
        userAgent: 'curl/8.0',
      },
    );
  });

  it('values of the audit log may hold blanks, and stand in quotes within quotes', () => {
    const line =
      'type=ADD_GROUP msg=audit(1772446500.000:584): pid=1 ses=9 msg=\'op=adding group to /etc/group id=104 exe="/usr/sbin/x" res=success\'';
    assert.deepEqual(attributesOf(line), { type: 'ADD_GROUP', pid: '1', id: '104', exe: '/usr/sbin/x' });
    assert.deepEqual(chosenParts(line, { stepType: '', outcome: '' }), {
      stepType: 'adding group to /etc/group',
      outcome: 'ok',
    });
  });

  it('are read within what a runtime puts around them', () => {
    const log = `192.0.2.7 - - ${at} "GET /a HTTP/1.1" 500 59 "-" "curl/8.0" ${hex}`;
    const line = JSON.stringify({ log: `${log}\n`, stream: 'stdout', time: '2026-03-02T10:15:00.5Z' });
    const expected = { format: 'accessLog', stepType: 'GET /a', outcome: 'failed', ids: `request_id=${hex}` };
    assert.deepEqual(chosenParts(line, expected), expected);
  });

  it('lines among stamped text are records of their own', () => {
    const text = `2026-03-02 10:15:00 INFO up\n192.0.2.7 - - ${at} "GET / HTTP/1.1" 200 5\n2026-03-02 10:15:01 INFO one\n  two\ntype=LOGIN msg=audit(1772446500.000:4): ses=3\n`;
    assert.deepEqual(
      recordsOf(text).map(({ format }) => format),
      ['text', 'accessLog', 'text', 'auditd'],
    );
  });

  it('no such format claims what only looks like it', () => {
    for (const text of [
      '2026-03-02 10:15:00 INFO handled "GET /a HTTP/1.1" 200 in 5 ms',
      '192.0.2.7 said "GET /a" 200 times',
      'he wrote "x" 404',
      '[2026-03-02T10:15:00Z] "quoted" 200 words - 1 2 3',
      '10.0.0.1:80 [main] a b/c 1/2/3/4/5 200',
      '[pid: 1] hello',
      '1772446500.123 words and more words',
      'https 2026 is the year',
    ])
      for (const { name, read } of lineFormats) assert.equal(read(text), null, `${name}: ${text}`);
  });

  it('get through hostile lines', () => {
    for (const part of ['"', '[', '{', '\\"', 'a=', "a='", ' -', '1.2.3.4 ', '"GET ', '1/', '[a x="', 'a b=']) {
      const text = part.repeat(1_000_000 / part.length);
      const heads = [
        '',
        '1.2.3.4 - - [02/Mar/2026:10:15:00 +0000] "',
        'type=A msg=audit(1772446500.000:4): ',
        '[pid: 1|app: ',
      ];
      for (const head of heads)
        for (const { read } of lineFormats)
          for (const { end } of read(head + text) ?? []) assert.ok(end <= head.length + text.length);
    }
  }).timeout(30_000);
});
