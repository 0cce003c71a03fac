import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { SourceProfile } from '../../../src/common/model/sourceProfile';
import { byteOffset, lineNumber, sourceId } from '../../../src/common/model/units';
import { compileReader } from '../../../src/common/profile/compileReader';
import { profileSource } from '../../../src/common/profile/profileSource';
import type { RecordReader } from '../../../src/common/profile/recordReader';
import { recordAround } from '../../../src/common/scan/recordAround';
import { type FramedRecord, RecordFramer } from '../../../src/common/scan/recordFramer';

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const order = '5f1c3a52-7d0e-4a52-9a71-0c5b2e6f7a01';

interface Frame extends Omit<FramedRecord, 'bytes'> {
  text: string;
}

function frames(reader: RecordReader, chunks: Uint8Array[]): Frame[] {
  const found: Frame[] = [];
  const framer = new RecordFramer(reader, ({ bytes, ...rest }) => found.push({ text: decoder.decode(bytes), ...rest }));
  for (const chunk of chunks) framer.push(chunk);
  framer.finish();
  return found;
}

function read(lines: readonly string[]) {
  const sample = `${lines.join('\n')}\n`;
  const profile = profileSource({ sample, sourceName: 'all.log', complete: true });
  const reader = compileReader(profile);
  const records = frames(reader, [encoder.encode(sample)]).flatMap(({ text, line, byteStart, byteEnd }) =>
    reader
      .read(text, {
        source: sourceId('all.log'),
        line: lineNumber(line),
        byteStart: byteOffset(byteStart),
        byteEnd: byteOffset(byteEnd),
      })
      .map(found => ({ ...found, line, text })),
  );
  return { profile, records };
}

/** The first lines of the records, from 1. */
const firstLines = (lines: readonly string[]): number[] => read(lines).records.map(({ line }) => line);

const repeat = (count: number, lines: (index: number) => string[]): string[] =>
  Array.from({ length: count }, (_, index) => lines(index)).flat();
/** Where each of `count` records of so many lines begins. */
const every = (size: number, count: number): number[] => Array.from({ length: count }, (_, index) => 1 + index * size);

const stacks: Record<string, string[]> = {
  Java: [
    'java.lang.IllegalStateException: no stock',
    '\tat shop.Stock.take(Stock.java:42)',
    '\t... 23 more',
    'Caused by: java.io.IOException: gone',
    '\tat shop.Disk.read(Disk.java:7)',
    '\t... 25 common frames omitted',
  ],
  '.NET': [
    'System.InvalidOperationException: no stock',
    ' ---> System.IO.IOException: gone',
    '   at Shop.Stock.Take(Int32 id) in /src/Stock.cs:line 12',
    '   --- End of inner exception stack trace ---',
    '   at Shop.Till.Pay()',
    '--- End of stack trace from previous location ---',
  ],
  Node: [
    'TypeError: no stock',
    '    at take (/app/stock.js:1:2)',
    '    at process.processTicksAndRejections (node:5:1)',
  ],
  Python: [
    'Traceback (most recent call last):',
    '  File "/app/till.py", line 12, in pay',
    '    stock.take(card)',
    'ValueError: no card',
    '',
    'During handling of the above exception, another exception occurred:',
    '',
    'shop.errors.PaymentError: declined',
  ],
  Go: ['goroutine 1 [running]:', 'main.take(0x1, 0x2)', '\t/app/main.go:12 +0x1d', 'created by main.main'],
  Rust: ['stack backtrace:', '   0: rust_begin_unwind', '             at /rustc/library/std/src/panicking.rs:5:5'],
  PHP: ['#0 /app/index.php(12): take()', '#1 {main}'],
  Ruby: ["\tfrom /app/till.rb:12:in `pay'", "\tfrom /app/till.rb:3:in `<main>'"],
};

describe('records of several lines: stack traces', () => {
  for (const [language, stack] of Object.entries(stacks)) {
    it(`of ${language} go on with a line of JSON`, () => {
      const lines = repeat(6, index => [`{"level":"error","traceId":"${order}","msg":"failed ${index}"}`, ...stack]);
      const { records } = read(lines);
      assert.deepEqual(
        records.map(({ line }) => line),
        every(stack.length + 1, 6),
      );
      assert.equal(records[2]?.record.format, 'json');
      assert.equal(records[2]?.record.message, 'failed 2');
      assert.equal(records[2]?.record.correlationIds[0]?.id, order);
    });

    it(`of ${language} go on with a line of logfmt`, () => {
      const lines = repeat(6, index => [`level=error traceId=${order} msg="failed ${index}"`, ...stack]);
      const { records } = read(lines);
      assert.deepEqual(
        records.map(({ line }) => line),
        every(stack.length + 1, 6),
      );
      assert.equal(records[2]?.record.message, 'failed 2');
    });

    it(`of ${language} go on with a line that has a stamp, or a severity only`, () => {
      for (const head of ['2026-03-02 10:15:00,123 ERROR a.b.Till - failed', '[ERROR] failed', 'ERROR: failed']) {
        const { records } = read(repeat(6, () => [head, ...stack]));
        assert.deepEqual(
          records.map(({ line }) => line),
          every(stack.length + 1, 6),
          head,
        );
        assert.equal(records[2]?.record.severity, 'error');
      }
    });
  }

  it('are the exception of their record', () => {
    for (const language of ['Java', '.NET', 'Node', 'Python', 'Go', 'Rust', 'PHP']) {
      const stack = stacks[language] ?? assert.fail();
      const heads = ['{"level":"error","msg":"failed"}', '2026-03-02 10:15:00,123 ERROR a.b.Till - failed'];
      for (const head of heads) {
        const { record } = read(repeat(6, () => [head, ...stack])).records[2] ?? assert.fail();
        assert.equal(record.exception, stack.join('\n'), head);
      }
    }
  });

  it('go on with a line of JSON among lines with stamps', () => {
    const stack = stacks.Java ?? assert.fail();
    const lines = repeat(4, () => [
      '2026-03-02 10:15:00,123 INFO a.b.Till - taken',
      `{"level":"error","traceId":"${order}","msg":"failed"}`,
      ...stack,
    ]);
    const { records } = read(lines);
    assert.equal(records.length, 8);
    assert.deepEqual([records[3]?.record.format, records[3]?.record.exception], ['json', stack.join('\n')]);
    assert.equal(records[3]?.record.correlationIds[0]?.id, order);
  });

  it('leave a line that is no part of them a record of its own', () => {
    const json = '{"level":"info","msg":"taken"}';
    assert.deepEqual(
      firstLines([...repeat(6, () => [json]), 'Listening on port 3000', json, '  {"msg":"indented"}']),
      [1, 2, 3, 4, 5, 6, 7, 8, 9],
    );
  });
});

describe('records of several lines: heads without a stamp', () => {
  it("are those of .NET's console, with scopes on the next line", () => {
    const lines = repeat(5, index => [
      'info: Shop.Controllers.OrderController[14]',
      `      => SpanId:00f067aa0ba902b${index}, TraceId:4bf92f3577b34da6a3ce929d0e0e4736, ParentId:0000000000000000 => ConnectionId:0HN0 => RequestPath:/orders RequestId:0HN0:00000002`,
      `      Order ${index} taken`,
      '      in two lines',
    ]);
    const { records, profile } = read(lines);
    assert.equal(profile.format, 'dotnet');
    assert.deepEqual(
      records.map(({ line }) => line),
      every(4, 5),
    );
    const { record } = records[3] ?? assert.fail();
    assert.equal(record.severity, 'info');
    assert.equal(record.logger, 'Shop.Controllers.OrderController');
    assert.equal(record.message, 'Order 3 taken\nin two lines');
    assert.equal(record.correlationIds[0]?.id, '4bf92f3577b34da6a3ce929d0e0e4736');
    assert.equal(record.stepId, '00f067aa0ba902b3');
  });

  it("are those of .NET's console without scopes, at every level, with an exception", () => {
    const lines = ['trce', 'dbug', 'info', 'warn', 'fail', 'crit'].flatMap(level => [
      `${level}: Shop.Till[0]`,
      '      Payment failed',
      '      System.IO.IOException: gone',
      '         at Shop.Till.Pay() in /src/Till.cs:line 12',
    ]);
    const { records } = read(lines);
    assert.deepEqual(
      records.map(({ record }) => record.severity),
      ['trace', 'debug', 'info', 'warn', 'error', 'fatal'],
    );
    assert.match(records[4]?.record.exception ?? '', /^System\.IO\.IOException: gone\n/);
  });

  it("are those of .NET's console with a stamp before them", () => {
    const { records } = read(
      repeat(4, index => [`2026-03-02 10:15:0${index} info: Shop.Till[0]`, `      Order ${index} taken`]),
    );
    assert.equal(records.length, 4);
    assert.equal(records[2]?.record.message, 'Order 2 taken');
    assert.equal(records[2]?.record.logger, 'Shop.Till');
    assert.notEqual(records[2]?.record.time, null);
  });

  it('are severities, plain or in brackets, where most lines have one', () => {
    for (const head of ['[INFO] started', 'INFO: started', 'WARNING:root:started', 'info: started', '[warn] started']) {
      assert.deepEqual(firstLines(repeat(6, () => [head, 'select *', 'from orders'])), every(1, 18), head);
      const lines = repeat(6, index => [head, ...(index === 3 ? ['select *', 'from orders'] : [])]);
      assert.deepEqual(firstLines(lines), [1, 2, 3, 4, 7, 8], head);
    }
  });

  it('are no words of prose', () => {
    assert.deepEqual(
      firstLines(['#1 [internal] load', '#2 build', ' 3: apples', 'at noon', 'created by Ann']),
      every(1, 5),
    );
    assert.deepEqual(firstLines(['Error handling is done', 'All is well', 'Info desk', 'More of it']), [1, 2, 3, 4]);
  });
});

describe('records of several lines: JSON and XML', () => {
  it('have the fields of a pretty-printed object behind a head', () => {
    const lines = repeat(4, index => [
      `2026-03-02 10:15:0${index} INFO payload {`,
      `  "traceId": "${order}",`,
      '  "step": { "id": "s-1" }',
      '}',
    ]);
    const { records } = read(lines);
    assert.equal(records.length, 4);
    assert.equal(records[2]?.record.correlationIds[0]?.id, order);
  });

  const log4j = (index: number): string[] => [
    `<log4j:event logger="shop.Till" timestamp="177244650${index}000" level="ERROR" thread="main">`,
    '  <log4j:message><![CDATA[failed',
    '2026-03-02 10:15:00 <b> & more]]></log4j:message>',
    '  <log4j:throwable><![CDATA[java.io.IOException: gone]]></log4j:throwable>',
    `  <log4j:properties><log4j:data name="traceId" value="${order}"/><log4j:data name="shop" value="A &amp; B"/></log4j:properties>`,
    '  <log4j:locationInfo class="shop.Till" method="pay" file="Till.java" line="12"/>',
    '</log4j:event>',
  ];

  it('are the events of log4j, one each', () => {
    const { records, profile } = read(repeat(5, log4j));
    assert.deepEqual([profile.format, profile.framing], ['xml', 'head']);
    assert.deepEqual(
      records.map(({ line }) => line),
      every(7, 5),
    );
    const { record } = records[2] ?? assert.fail();
    assert.equal(record.message, 'failed\n2026-03-02 10:15:00 <b> & more');
    assert.equal(record.time?.at, 1_772_446_502_000_000_000n);
    assert.deepEqual([record.severity, record.logger, record.thread], ['error', 'shop.Till', 'main']);
    assert.equal(record.correlationIds[0]?.id, order);
    assert.equal(record.exception, 'java.io.IOException: gone');
    assert.deepEqual(
      [record.codeLocation?.file, record.codeLocation?.line, record.codeLocation?.function],
      ['Till.java', 12, 'pay'],
    );
    assert.deepEqual(record.attributes.find(({ name }) => name === 'shop')?.value, 'A & B');
  });

  it('are the events of log4j 2, java.util.logging and Windows', () => {
    const modern = [
      '<Event timeMillis="1772446500123" thread="main" level="INFO" loggerName="shop.Till">',
      '  <Message>taken</Message>',
      `  <ContextMap><item key="traceId" value="${order}"/></ContextMap>`,
      '</Event>',
    ];
    const jul = [
      '<record>',
      '  <date>2026-03-02T10:15:00.123Z</date>',
      '  <logger>shop.Till</logger>',
      '  <level>INFO</level>',
      '  <message>taken</message>',
      `  <param>traceId=${order}</param>`,
      '</record>',
    ];
    const windows = [
      "<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System>",
      "  <TimeCreated SystemTime='2026-03-02T10:15:00.123Z'/><Level>INFO</Level>",
      `  <Correlation ActivityID='{${order}}'/></System>`,
      "<EventData><Data Name='message'>taken</Data><Data Name='logger'>shop.Till</Data></EventData></Event>",
    ];
    for (const event of [modern, jul, windows]) {
      const { records } = read(repeat(4, () => event));
      assert.equal(records.length, 4, event[0]);
      const { record } = records[2] ?? assert.fail();
      assert.equal(record.time?.at, 1_772_446_500_123_000_000n, event[0]);
      assert.deepEqual([record.message, record.logger, record.severity], ['taken', 'shop.Till', 'info'], event[0]);
    }
  });

  it('are read to the end of a torn event', () => {
    const { records } = read([...repeat(3, log4j), ...log4j(4).slice(0, 2)]);
    assert.equal(records.at(-1)?.record.message, 'failed');
  });
});

const bytesOf = (text: string): Uint8Array => encoder.encode(text);

/** Lines in the style of each kind of source, and what may stand between them. */
const shapes: Record<string, Pick<SourceProfile, 'format' | 'framing' | 'wrapper'> & { formats: string[] }> = {
  'JSON lines': { format: 'json', framing: 'line', wrapper: null, formats: ['json'] },
  logfmt: { format: 'logfmt', framing: 'line', wrapper: null, formats: ['logfmt'] },
  text: { format: 'text', framing: 'stamp', wrapper: null, formats: ['text', 'json'] },
  severities: { format: 'text', framing: 'head', wrapper: null, formats: ['text'] },
  'log4j XML': { format: 'xml', framing: 'head', wrapper: null, formats: ['xml'] },
  'Docker around text': { format: 'text', framing: 'stamp', wrapper: 'docker', formats: ['text'] },
  'Docker around JSON': { format: 'json', framing: 'line', wrapper: 'docker', formats: ['json'] },
  'CRI around text': { format: 'text', framing: 'stamp', wrapper: 'cri', formats: ['text'] },
  'CRI around JSON': { format: 'json', framing: 'line', wrapper: 'cri', formats: ['json'] },
  compose: { format: 'text', framing: 'stamp', wrapper: 'compose', formats: ['text'] },
};

function readerOf({ formats, ...shape }: (typeof shapes)[string]): RecordReader {
  const profile = profileSource({ sample: '', sourceName: 'all.log' });
  return compileReader({ ...profile, ...shape, formats: formats.map(name => ({ name, share: 1 / formats.length })) });
}

const insides = [
  '2026-03-02 10:15:00 INFO taken',
  '{"msg":"taken"}',
  'level=info msg=taken',
  'INFO: taken',
  '\tat a.B.c(B.java:1)',
  'Caused by: x',
  'ValueError: no',
  'plain words',
  '<log4j:event level="INFO">',
  '}',
  '',
  'é',
];
const wraps: ((inside: string) => string)[] = [
  inside => inside,
  inside => JSON.stringify({ log: `${inside}\n`, stream: 'stdout', time: '2026-03-02T10:15:00Z' }),
  inside => JSON.stringify({ log: inside, stream: 'stdout', time: '2026-03-02T10:15:00Z' }),
  inside => JSON.stringify({ log: inside, stream: 'stderr', time: '2026-03-02T10:15:00Z' }),
  inside => `2026-03-02T10:15:00Z stdout F ${inside}`,
  inside => `2026-03-02T10:15:00Z stdout P ${inside}`,
  inside => `2026-03-02T10:15:00Z stderr P ${inside}`,
  inside => `till-1  | ${inside}`,
  inside => `store-1  | ${inside}`,
];
const anyLine = fc
  .tuple(
    fc.constantFrom(...wraps),
    fc.constantFrom(...insides),
    fc.constantFrom('\n', '\n', '\n', '\r\n', '\n\n', ' \n'),
  )
  .map(([wrap, inside, end]) => wrap(inside) + end);
const anyText = fc
  .array(anyLine, { maxLength: 12 })
  .chain(lines => fc.constantFrom('', '\ufeff', '\n').map(lead => lead + lines.join('')));

describe('records of several lines: framing', () => {
  const whole = { startsAtFileStart: true, endsAtFileEnd: true };

  for (const [name, shape] of Object.entries(shapes)) {
    const reader = readerOf(shape);

    it(`${name}: the same however the bytes are cut, and every byte is in one record`, () => {
      fc.assert(
        fc.property(anyText, fc.array(fc.nat(1500), { maxLength: 8 }), (text, places) => {
          const bytes = bytesOf(text);
          const found = frames(reader, [bytes]);
          const cuts = [0, ...places.map(place => place % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
          const chunks = cuts.slice(1).map((to, index) => bytes.slice(cuts[index], to));
          assert.deepEqual(frames(reader, chunks), found);
          const kept = found.map(frame => frame.text).join('');
          assert.equal(kept.replace(/\s/g, ''), text.replace(/[\s\ufeff]/g, ''));
        }),
        { numRuns: 100 },
      );
    });

    it(`${name}: the same from every offset, forwards and backwards`, () => {
      fc.assert(
        fc.property(anyText, text => {
          const bytes = bytesOf(text);
          for (const { byteStart, byteEnd } of frames(reader, [bytes])) {
            for (let at = byteStart; at < byteEnd; at++) {
              assert.deepEqual(recordAround(bytes, at, reader, whole), { start: byteStart, end: byteEnd });
            }
          }
        }),
        { numRuns: 60 },
      );
    });

    it(`${name}: never another in a smaller window`, () => {
      fc.assert(
        fc.property(anyText, fc.nat(2000), fc.nat(2000), fc.nat(2000), (text, a, b, c) => {
          const bytes = bytesOf(text);
          const [from = 0, to = 0] = [a % (bytes.length + 1), b % (bytes.length + 1)].sort((x, y) => x - y);
          if (to === from) return;
          const at = from + (c % (to - from));
          const found = recordAround(bytes.subarray(from, to), at - from, reader, {
            startsAtFileStart: from === 0,
            endsAtFileEnd: to === bytes.length,
          });
          if (typeof found === 'string') return;
          assert.deepEqual(
            { start: found.start + from, end: found.end + from },
            recordAround(bytes, at, reader, whole),
          );
        }),
        { numRuns: 200 },
      );
    });
  }
});

describe('the slow log of MySQL', () => {
  it('has one record per query, from its time on', () => {
    const lines = repeat(3, index => [
      `# Time: 2026-03-02T10:15:0${index}.123456Z`,
      '# User@Host: shop[shop] @ db1 []  Id: 4711',
      '# Query_time: 2.5  Lock_time: 0.0 Rows_sent: 1  Rows_examined: 9',
      'SET timestamp=1772446500;',
      'select *',
      '  from orders;',
    ]);
    assert.deepEqual(firstLines(lines), every(6, 3));
    const [first] = read(lines).records;
    assert.equal(first?.record.time?.digits, 6);
    assert.match(first?.record.message ?? '', /^# User@Host: shop/);
  });
});

describe('lines of AWS Lambda without a stamp', () => {
  it('are records of their own', () => {
    const lines = repeat(2, index => [
      `START RequestId: 0c9b1f2e-3d4a-4b5c-8d6e-7f8091a2b3c${index} Version: 7`,
      `2026-03-02T10:15:0${index}.123Z\t0c9b1f2e-3d4a-4b5c-8d6e-7f8091a2b3c${index}\tINFO\tpaid`,
      '{ total: 7 }',
      `END RequestId: 0c9b1f2e-3d4a-4b5c-8d6e-7f8091a2b3c${index}`,
      `REPORT RequestId: 0c9b1f2e-3d4a-4b5c-8d6e-7f8091a2b3c${index}\tDuration: 12.50 ms\tBilled Duration: 13 ms`,
    ]);
    assert.deepEqual(firstLines(lines), [1, 2, 4, 5, 6, 7, 9, 10]);
    const ids = read(lines).records.map(({ record }) => record.correlationIds.map(({ id }) => id).join(' '));
    assert.equal(new Set(ids).size, 2);
  });
});

describe('JSON within a line of text', () => {
  const head = (second: number) => `[2026-03-02T10:15:0${second},536][INFO ][shop.slow] [node7] `;
  const lines = [
    ...repeat(4, index => [
      `${head(index)}took[9ms], source[{"@timestamp":"2026-03-02T10:14:01.799Z","system":{"net":{"name":"x0"}}}]`,
    ]),
    `${head(5)}took[9ms], source[`,
    '{',
    '  "@timestamp":"2026-03-02T10:14:01.730Z",',
    '    }]',
    `${head(6)}done`,
  ];

  it('goes on with the line that opens it', () => assert.deepEqual(firstLines(lines), [1, 2, 3, 4, 5, 9]));

  it('does not give the record its time or service', () => {
    const [{ record } = { record: null }] = read(lines).records;
    assert.equal(record?.time?.at, BigInt(Date.UTC(2026, 2, 2, 10, 15, 0, 536)) * 1_000_000n);
    assert.equal(record?.service, null);
  });
});
