import assert from 'node:assert/strict';
import fc from 'fast-check';
import { bracketed } from '../../../src/common/formats/bracketed';
import { formats } from '../../../src/common/formats/formats';
import { json } from '../../../src/common/formats/json/json';
import { withoutColours } from '../../../src/common/formats/json/offsets';
import type { LogFormat } from '../../../src/common/formats/logFormat';
import { logfmt } from '../../../src/common/formats/logfmt';
import { textFormat } from '../../../src/common/formats/text/text';

/** The fields as `name=value`, and the check that each stands where it says. */
function read(format: LogFormat, text: string): string[] | null {
  const fields = format.read(text);
  return (
    fields?.map(({ name, value, start, end }) => {
      const raw = text.slice(start, end);
      assert.ok(raw === value || raw.includes('\\'), `${name}: ${raw} is not ${value}`);
      return `${name}=${value}`;
    }) ?? null
  );
}

const seedLine = '  • [correlationId: 7c2d9f7b-18e7-4c7a-bf8c-4d83d13d9c01, service: Worker1] LLM step started';

describe('the JSON format', () => {
  it('gives nested fields by dotted names', () => {
    assert.deepEqual(read(json, '{"a":{"b":"x","c.d":1},"e":[{"f":true},{"f":null}],"g":["x","y"]}'), [
      'a.b=x',
      'a.c.d=1',
      'e.0.f=true',
      'g=x',
      'g=y',
    ]);
  });

  it('keeps every digit of a number', () => {
    assert.deepEqual(read(json, '{"id":12345678901234567890,"f":1.50,"e":-1e9}'), [
      'id=12345678901234567890',
      'f=1.50',
      'e=-1e9',
    ]);
  });

  it('decodes escapes and points to the raw text', () => {
    const text = '{"a":"x\\n\\u00e9\\"\\ud83d\\ude00\\/"}';
    assert.deepEqual(json.read(text), [{ name: 'a', value: 'x\né"😀/', start: 6, end: text.length - 2 }]);
  });

  it('takes names like __proto__ for names', () => {
    assert.deepEqual(read(json, '{"__proto__":{"x":1},"constructor":"y"}'), ['__proto__.x=1', 'constructor=y']);
    assert.equal(Object.hasOwn(Object.prototype, 'x'), false);
  });

  it('keeps the payload of a step whole', () => {
    assert.deepEqual(read(json, '{"stepType":"Tool","input":{"q":[1,"}"]}}'), ['stepType=Tool', 'input={"q":[1,"}"]}']);
  });

  it('caps depth and keys', () => {
    const deep = `{"k":${'{"a":'.repeat(500)}1${'}'.repeat(500)}}`;
    assert.equal(json.read(deep)?.length, 1);
    assert.equal(json.read(`{"k":${'['.repeat(100_000)}`)?.length, 0, 'cut off, and no stack overflow');
    assert.equal(json.read(`{${Array.from({ length: 3000 }, (_, at) => `"k${at}":1`).join(',')}}`)?.length, 1000);
  });

  it('reads what is there of a record that was cut', () => {
    assert.deepEqual(read(json, '{"a":"x","b":{"c":1,"d":"ha'), ['a=x', 'b.c=1']);
  });

  it('refuses what is no object', () => {
    for (const text of ['', 'x', '[1]', '{a:1}', '{"a":1} x', '{"a":tru}', '{"a" 1}', '{]'])
      assert.equal(json.read(text), null, text);
  });

  it('unwraps a Docker line around text', () => {
    const text =
      '{"log":"10:15:00.123 INFO  a.B TraceID: 49a51828322183eb20bfe4ace3060000 said \\"x\\"\\n","stream":"stdout","time":"2026-03-02T10:15:00.5Z"}';
    assert.deepEqual(read(json, text)?.slice(0, 4), [
      'timestamp=10:15:00.123',
      'severity=INFO',
      'logger=a.B',
      'message=TraceID: 49a51828322183eb20bfe4ace3060000 said "x"',
    ]);
    assert.ok(read(json, text)?.includes('TraceID=49a51828322183eb20bfe4ace3060000'));
    assert.ok(read(json, text)?.includes('time=2026-03-02T10:15:00.5Z'));
  });

  it('unwraps JSON in JSON in JSON', () => {
    const inner = JSON.stringify({ msg: 'hi', correlationId: 'abc-1' });
    const text = JSON.stringify({ log: `${JSON.stringify({ message: inner, level: 'info' })}\n`, stream: 'stdout' });
    assert.ok(json.read(text)?.some(({ name, value }) => name === 'correlationId' && value === 'abc-1'));
  });

  it('finds IDs in the message', () => {
    assert.ok(read(json, '{"msg":"calling with correlationId=abc-1 and color=red"}')?.includes('correlationId=abc-1'));
    assert.ok(!read(json, '{"msg":"calling with correlationId=abc-1 and color=red"}')?.includes('color=red'));
  });

  it('finds pairs that have a role in the message, unless a field has it', () => {
    assert.deepEqual(read(json, '{"msg":"done in Ctx, duration_ms=8400 colour=red service=API","service":"W"}'), [
      'msg=done in Ctx, duration_ms=8400 colour=red service=API',
      'service=W',
      'duration_ms=8400',
    ]);
  });
});

describe('the logfmt format', () => {
  it('reads bare, quoted and empty values', () => {
    assert.deepEqual(read(logfmt, 'ts=2026-03-02T10:15:00Z level=info msg="a \\"b\\"\\n\\u00e9\\x41" reason= n=5'), [
      'ts=2026-03-02T10:15:00Z',
      'level=info',
      'msg=a "b"\néA',
      'reason=',
      'n=5',
    ]);
  });
  it("takes what Python's repr quotes, and an apostrophe for what it is", () => {
    assert.deepEqual(
      read(logfmt, "timestamp='2026-03-02 10:15:00' event='it\\'s done' request_id='r-1' who=o'neil n='5'x"),
      ['timestamp=2026-03-02 10:15:00', "event=it's done", 'request_id=r-1', "who=o'neil", "n='5'x"],
    );
  });
  it('refuses prose with a pair in it', () => {
    for (const text of ['hello a=b', 'a=b', 'a=b is what he said to c=d and more', '{"a":1}', ''])
      assert.equal(logfmt.read(text), null, text);
  });
});

describe('the bracketed format', () => {
  it('reads the line of the seed', () => {
    assert.deepEqual(read(bracketed, seedLine), [
      'correlationId=7c2d9f7b-18e7-4c7a-bf8c-4d83d13d9c01',
      'service=Worker1',
      'message=LLM step started',
    ]);
  });
  it('lets values hold blanks, colons and commas where commas stand between the pairs', () => {
    const text =
      '2026-03-02 10:15:00 INFO [stepId: s-1, previousStepIds: a,b, stepType: Tool: search, service: W 2] Tool: search started';
    assert.deepEqual(read(bracketed, text)?.slice(2), [
      'stepId=s-1',
      'previousStepIds=a,b',
      'stepType=Tool: search',
      'service=W 2',
      'message=Tool: search started',
    ]);
    const braces = '2026-03-02 10:15:00 INFO a.B {stepId=s-1, stepType=LLM Inference} - done {userId=u 1; orgId=o}';
    assert.deepEqual(read(bracketed, braces)?.slice(3), [
      'stepId=s-1',
      'stepType=LLM Inference',
      'message=done {userId=u 1; orgId=o}',
      'userId=u 1',
      'orgId=o',
    ]);
  });
  const heads = [
    '[correlationId=c-1; service=API] hi',
    '(correlationId: c-1, service: API) hi',
    '{correlationId=c-1, service=API} hi',
    '[correlationId=c-1 service=API] hi',
    '- [correlationId: "c-1", service: \'API\'] hi',
  ];
  for (const text of heads) {
    it(text, () => assert.deepEqual(read(bracketed, text), ['correlationId=c-1', 'service=API', 'message=hi']));
  }
  it('with stamp and severity', () => {
    assert.deepEqual(read(bracketed, '2026-03-02 10:15:00,123 WARN [correlationId: c-1] hi'), [
      'timestamp=2026-03-02 10:15:00,123',
      'severity=WARN',
      'correlationId=c-1',
      'message=hi',
    ]);
  });
  it('refuses text without', () => assert.equal(bracketed.read('2026-03-02 10:15:00 [main] hi'), null));
});

const textLines: [string, string[]][] = [
  [
    '2026-03-02 10:15:00,123 INFO [main] c.a.Orders - started correlationId=c-1',
    [
      'timestamp=2026-03-02 10:15:00,123',
      'severity=INFO',
      'thread=main',
      'logger=c.a.Orders',
      'message=started correlationId=c-1',
      'correlationId=c-1',
    ],
  ],
  ['2026-03-02T10:15:00Z [ERROR] boom', ['timestamp=2026-03-02T10:15:00Z', 'severity=ERROR', 'message=boom']],
  [
    '[2026-03-02 10:15:00] app.INFO: hello {"a":1} {"trace_id":"t-1"}',
    [
      'timestamp=2026-03-02 10:15:00',
      'logger=app',
      'severity=INFO',
      'message=hello {"a":1} {"trace_id":"t-1"}',
      'a=1',
      'trace_id=t-1',
    ],
  ],
  [
    'SEVERE 2026-03-02 10:15:00 Timeout occurred',
    ['severity=SEVERE', 'timestamp=2026-03-02 10:15:00', 'message=Timeout occurred'],
  ],
  [
    '2026-03-02 10:15:00.561  INFO [orders,2485ec27856c56f4,9aa10ee6fbde75fa,true] 68058 --- [nio-1] i.s.App   : Hello',
    [
      'timestamp=2026-03-02 10:15:00.561',
      'severity=INFO',
      'service=orders',
      'traceId=2485ec27856c56f4',
      'spanId=9aa10ee6fbde75fa',
      'pid=68058',
      'thread=nio-1',
      'logger=i.s.App',
      'message=Hello',
    ],
  ],
  ['svc.log:2026-03-02 10:15:00 INFO hi', ['timestamp=2026-03-02 10:15:00', 'severity=INFO', 'message=hi']],
  ['svc.log:12:2026-03-02 10:15:00 INFO hi', ['timestamp=2026-03-02 10:15:00', 'severity=INFO', 'message=hi']],
  ['2026-03-02 10:15:00 INFO a | b', ['timestamp=2026-03-02 10:15:00', 'severity=INFO', 'logger=a', 'message=b']],
  [
    '2026-03-02 10:15:00 done {correlationId=c-1, stepId=s-1}',
    [
      'timestamp=2026-03-02 10:15:00',
      'message=done {correlationId=c-1, stepId=s-1}',
      'correlationId=c-1',
      'stepId=s-1',
    ],
  ],
  [
    '2026-03-02 10:15:00 url: http://a/b took: long',
    ['timestamp=2026-03-02 10:15:00', 'logger=url', 'message=url: http://a/b took: long'],
  ],
  [
    '10.0.0.1 - - [02/Mar/2026:10:15:00 +0000] "GET / HTTP/1.1" 200',
    ['timestamp=02/Mar/2026:10:15:00 +0000', 'message=10.0.0.1 - - [02/Mar/2026:10:15:00 +0000] "GET / HTTP/1.1" 200'],
  ],
  ['just words', ['message=just words']],
  [
    '2026-03-02 10:15:00 x stepId=s1 previousStepId= stepType=Ctx service=API',
    [
      'timestamp=2026-03-02 10:15:00',
      'message=x stepId=s1 previousStepId= stepType=Ctx service=API',
      'stepId=s1',
      'stepType=Ctx',
      'service=API',
    ],
  ],
  [
    '2026-03-02 10:15:00 x stepId: s1 previousStepId: messageId: m-1 causationId= Ctx done n=1',
    [
      'timestamp=2026-03-02 10:15:00',
      'message=x stepId: s1 previousStepId: messageId: m-1 causationId= Ctx done n=1',
      'stepId=s1',
      'messageId=m-1',
      'n=1',
    ],
  ],
  [
    '2026-03-02 10:15:00 x correlationId = c-1 stepId= s1',
    ['timestamp=2026-03-02 10:15:00', 'message=x correlationId = c-1 stepId= s1', 'correlationId=c-1', 'stepId=s1'],
  ],
];

describe('the text format', () => {
  for (const [text, expected] of textLines) it(text, () => assert.deepEqual(read(textFormat, text), expected));

  it('keeps the lines that follow, and names the stack trace among them', () => {
    const fields = textFormat.read(
      '2026-03-02 10:15:00 ERROR boom\njava.lang.IllegalStateException: x\n\tat a.B.c(B.java:1)',
    );
    assert.equal(
      fields?.find(({ name }) => name === 'exception')?.value,
      'java.lang.IllegalStateException: x\n\tat a.B.c(B.java:1)',
    );
    assert.match(fields?.find(({ name }) => name === 'message')?.value ?? '', /^boom\njava/);
  });

  it('finds IDs on the lines that follow', () => {
    assert.ok(
      read(textFormat, '2026-03-02 10:15:00 hi\nScopes: [{ RequestId: 0HN39:00000002, RequestPath: / }]')?.includes(
        'RequestId=0HN39:00000002',
      ),
    );
  });
});

describe('colours', () => {
  it('are left out, and the map leads back', () => {
    const { text, map } = withoutColours('\x1b[32mINFO\x1b[0m a\x1b]8;;http://x\x07b');
    assert.equal(text, 'INFO ab');
    assert.deepEqual(map, { positions: [0, 4, 6], shifts: [5, 9, 23] });
  });
});

describe('every format', () => {
  const logLike = fc
    .array(
      fc.constantFrom(
        '{',
        '}',
        '[',
        ']',
        '"',
        '\\',
        ':',
        '=',
        ',',
        ' ',
        '\n',
        '\t',
        'correlationId',
        'id',
        'a',
        '1',
        '2026-03-02T10:15:00Z',
        'INFO',
        '\\u12',
        '\x1b[1m',
        'é',
        "'",
        '•',
        '<',
        '(',
        ')',
      ),
      { maxLength: 40 },
    )
    .map(parts => parts.join(''));

  for (const { name, read: readText } of formats) {
    it(`${name} throws at no text, and its fields lie within it`, () => {
      fc.assert(
        fc.property(fc.oneof(fc.string({ unit: 'binary' }), logLike), text => {
          for (const field of readText(text) ?? []) {
            assert.ok(field.start >= 0 && field.start <= field.end && field.end <= text.length);
            const raw = text.slice(field.start, field.end);
            assert.ok(raw === field.value || raw.includes('\\'), `${raw} is not ${field.value}`);
          }
        }),
        { numRuns: 2000 },
      );
    });
  }

  it('reads what JSON.stringify writes', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.stringMatching(/^[b-z]\w{0,5}$/), fc.string({ unit: 'binary' })), object => {
        const text = JSON.stringify(object);
        const fields = new Map(json.read(text)?.map(({ name, value }) => [name, value]));
        for (const [name, value] of Object.entries(object))
          if (name !== 'line' && name !== 'msg') assert.equal(fields.get(name), value);
      }),
    );
  });

  it('takes a hostile megabyte in its stride', () => {
    for (const part of ['[', '{"', 'a=', 'a:', '((', 'a.', 'a ', '1:', '"', '\\', '\x1b[', 'x\n']) {
      const text = part.repeat(1_000_000 / part.length);
      const began = performance.now();
      for (const format of formats) format.read(text);
      assert.ok(performance.now() - began < 1500, `${JSON.stringify(part)} took ${performance.now() - began} ms`);
    }
  }).timeout(30_000);
});
