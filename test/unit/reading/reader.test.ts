import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { LogRecord } from '../../../src/common/model/logRecord';
import { byteOffset, lineNumber, sourceId } from '../../../src/common/model/units';
import { compileReader } from '../../../src/common/profile/compileReader';
import type { ProfileOverrides } from '../../../src/common/profile/profileOverrides';
import { profileSource } from '../../../src/common/profile/profileSource';
import { serviceFromName } from '../../../src/common/profile/sourceName';
import { framerOf } from '../../../src/common/scan/framer';

const location = { source: sourceId('x.log'), line: lineNumber(1), byteStart: byteOffset(0), byteEnd: byteOffset(0) };

function readAll(text: string, overrides: ProfileOverrides = {}, sourceName = 'orders.log') {
  const profile = profileSource({ sample: text, sourceName, overrides, complete: true, assumedZone: 'Europe/Berlin' });
  const reader = compileReader(profile, { modified: Date.UTC(2026, 11, 31) });
  const records: LogRecord[] = [];
  const framer = framerOf(profile, reader, ({ bytes }) =>
    records.push(...reader.read(new TextDecoder().decode(bytes), location).map(({ record }) => record)),
  );
  framer.push(new TextEncoder().encode(text));
  framer.finish();
  return { profile, records, reader };
}

const readOne = (text: string, overrides?: ProfileOverrides): LogRecord => {
  const [record] = readAll(text, overrides).records;
  assert.ok(record);
  return record;
};
const ids = (record: LogRecord) => record.correlationIds.map(({ id }) => id);
const isoOf = ({ time }: LogRecord) => time && new Date(Number(time.at / 1_000_000n)).toISOString();

const id = '7c2d9f7b-18e7-4c7a-bf8c-4d83d13d9c01';
const seed = `  • [correlationId: ${id}, service: API] API request received
  • [correlationId: ${id}, service: API] Publishing execution message
  • [correlationId: ${id}, service: Worker1] LLM step started
  • [correlationId: ${id}, service: Worker2] Tool execution completed
  • [correlationId: ${id}, service: Worker2] Agent execution finished
`;

describe('reading the seed', () => {
  it('gives its five lines with ID, service, message and phase', () => {
    const { profile, records } = readAll(seed);
    assert.equal(profile.format, 'bracketed');
    assert.deepEqual(
      records.map(record => [ids(record)[0], record.service, record.message, record.phase, record.time]),
      [
        [id, 'API', 'API request received', 'progress', null],
        [id, 'API', 'Publishing execution message', 'progress', null],
        [id, 'Worker1', 'LLM step started', 'start', null],
        [id, 'Worker2', 'Tool execution completed', 'end', null],
        [id, 'Worker2', 'Agent execution finished', 'end', null],
      ],
    );
    assert.deepEqual(profile.idSpellings, { case: 'lower', dashes: 'with' });
  });

  it('understands its StepMessage with its Context', () => {
    const record = readOne(
      `{"time":"2026-03-02T10:15:00.5Z","event":"step.end","stepType":"LLM Inference","durationMs":8400,"context":{"correlationId":"${id}","stepId":"s2","previousStepId":"s1","entityId":"e1","organizationId":"acme","userId":"u1"},"input":{"prompt":"x"}}`,
    );
    assert.deepEqual(
      [
        ids(record),
        record.stepId,
        record.previous,
        record.stepType,
        record.entityId,
        record.organizationId,
        record.userId,
      ],
      [[id], 's2', [{ id: 's1', meaning: 'follows' }], 'LLM Inference', 'e1', 'acme', 'u1'],
    );
    assert.deepEqual(
      [record.phase, record.duration, record.outcome, record.input],
      ['end', 8.4e9, null, '{"prompt":"x"}'],
    );
    assert.equal(isoOf(record), '2026-03-02T10:15:00.500Z');
  });
});

describe('roles of a record', () => {
  it('several group IDs, strongest name first', () => {
    const record = readOne(
      '{"requestId":"r-1","traceId":"4bf92f3577b34da6a3ce929d0e0e4736","correlation_id":"c-1","msg":"x"}',
    );
    assert.deepEqual(record.correlationIds, [
      { id: 'c-1', field: 'correlation_id' },
      { id: '4bf92f3577b34da6a3ce929d0e0e4736', field: 'traceId' },
      { id: 'r-1', field: 'requestId' },
    ]);
  });

  it('beside a ConversationId a CorrelationId groups nothing', () => {
    const record = readOne(
      '{"NServiceBus.MessageId":"m-1","NServiceBus.ConversationId":"conv-1","NServiceBus.CorrelationId":"m-0","NServiceBus.RelatedTo":"m-0"}',
    );
    assert.deepEqual(ids(record), ['conv-1']);
    assert.deepEqual(
      [record.messageId, record.stepId, record.previous],
      ['m-1', 'm-1', [{ id: 'm-0', meaning: 'follows' }]],
    );
  });

  it('a message ID is never the group', () => {
    const record = readOne('{"messageId":"m-1","correlationId":"c-1"}');
    assert.deepEqual([ids(record), record.messageId, record.stepId], [['c-1'], 'm-1', null]);
  });

  it('a traceparent gives the group and the caller', () => {
    const record = readOne(
      '{"traceparent":"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01","span_id":"1111111111111111"}',
    );
    assert.deepEqual(ids(record), ['4bf92f3577b34da6a3ce929d0e0e4736']);
    assert.deepEqual(record.previous, [{ id: '00f067aa0ba902b7', meaning: 'encloses' }]);
  });

  it('no-IDs are none', () => {
    const record = readOne(
      '{"correlationId":"-","traceId":"00000000000000000000000000000000","stepId":null,"userId":"N/A","requestId":"r-1"}',
    );
    assert.deepEqual([ids(record), record.stepId, record.userId], [['r-1'], null, null]);
  });

  it('doubtful names need a clear ID', () => {
    const record = readOne('{"EventId":7,"trace":"at x.y(z)","taskId":"12","correlationId":"c-1"}');
    assert.deepEqual([record.stepId, ids(record)], [null, ['c-1']]);
  });

  it('several previous steps, as a list or in one value', () => {
    const expected = [
      { id: 'a', meaning: 'follows' },
      { id: 'b', meaning: 'follows' },
    ];
    assert.deepEqual(readOne('{"stepId":"s","previousStepIds":["a","b"]}').previous, expected);
    assert.deepEqual(readOne('2026-03-02 10:15:00 INFO x stepId=s previousStepIds=[a,b]').previous, expected);
    assert.deepEqual(readOne('ts=2026-03-02T10:15:00Z stepId=s previousStepId=a,b').previous, expected);
  });

  it('previous steps as objects, and empty ones', () => {
    const record = readOne('{"stepId":"s","previousStepId":[{"stepId":"a","stepType":"LLM"},{"stepId":"b"}]}');
    assert.deepEqual([record.stepId, record.previous.map(({ id }) => id), record.stepType], ['s', ['a', 'b'], null]);
    assert.deepEqual(
      readOne('{"stepId":"s","previousStepIds":[{"id":"a"}]}').previous.map(({ id }) => id),
      ['a'],
    );
    for (const none of ['(none)', '<none>', 'n/a', 'nil', 'root', '(root)', '-', ''])
      assert.deepEqual(readOne(JSON.stringify({ stepId: 's', previousStepId: none })).previous, [], none);
    const text = readOne('2026-03-02 10:15:00 INFO x stepId=s1 previousStepId= stepType=Ctx service=API');
    assert.deepEqual([text.previous, text.stepType, text.service], [[], 'Ctx', 'API']);
  });

  it('one group ID in two cases is one', () => {
    assert.deepEqual(ids(readOne('{"correlationId":"XYZ123","requestId":"xyz123"}')), ['XYZ123']);
  });

  it('ASP.NET scopes: the innermost wins', () => {
    const record = readOne(
      '{"Timestamp":"2026-03-02T10:15:00Z","Scopes":[{"SpanId":"1111111111111111","TraceId":"4bf92f3577b34da6a3ce929d0e0e4736"},{"SpanId":"2222222222222222"}]}',
    );
    assert.deepEqual([record.stepId, ids(record)], ['2222222222222222', ['4bf92f3577b34da6a3ce929d0e0e4736']]);
  });

  it('a session groups only where nothing stronger does', () => {
    assert.deepEqual(ids(readOne('{"sessionId":"s-1","msg":"x"}')), ['s-1']);
    assert.deepEqual(ids(readOne('{"sessionId":"s-1","correlationId":"c-1"}')), ['c-1']);
    assert.equal(readOne('{"sessionId":"s-1","msg":"x"}').sessionId, 's-1');
  });

  it('a session that recurs beats request IDs that never do', () => {
    const lines = Array.from({ length: 12 }, (_, at) =>
      JSON.stringify({ sessionId: 's-1', ...(at % 2 ? { requestId: `r-${at}` } : {}) }),
    );
    assert.equal(
      readAll(lines.join('\n')).records.every(record => ids(record)[0] === 's-1'),
      true,
    );
  });

  it('a bare uuid is the step that parent pointers name', () => {
    const lines = [
      '{"uuid":"u-1","parentUuid":null,"message":{"id":"m-1"}}',
      '{"uuid":"u-2","parentUuid":"u-1","message":{"id":"m-1"}}',
    ];
    const { records } = readAll(lines.join('\n'));
    assert.deepEqual(
      records.map(({ stepId, previous }) => [stepId, previous[0]?.id ?? null]),
      [
        ['u-1', null],
        ['u-2', 'u-1'],
      ],
    );
  });

  it('severity, place, thread, attempt, tokens and the rest', () => {
    const record = readOne(
      '{"level":50,"caller":"a/b.go:12","thread":"t-1","retryCount":2,"inputTokens":10,"outputTokens":5,"cost":0.02,"model":"m","queue":"q","host":"h","tool_call_id":"call_1","x":1}',
    );
    assert.deepEqual(
      [
        record.severity,
        record.codeLocation,
        record.thread,
        record.attempt,
        record.tokens,
        record.cost,
        record.model,
        record.queue,
        record.host,
        record.toolCallId,
      ],
      ['error', { file: 'a/b.go', line: 12, function: null }, 't-1', 3, 15, 0.02, 'm', 'q', 'h', 'call_1'],
    );
    assert.deepEqual(record.attributes, [{ name: 'x', value: '1' }]);
  });
});

describe('phase, duration and outcome of a record', () => {
  const cases: [string, [string, number | null, string | null]][] = [
    ['{"msg":"LLM step started","stepId":"s"}', ['start', null, null]],
    ['{"msg":"LLM step done","stepId":"s","duration":"8.4s"}', ['end', 8.4e9, 'ok']],
    ['{"msg":"x","event":"step.failed","duration_ms":5}', ['end', 5e6, 'failed']],
    ['{"msg":"x","duration_ms":5}', ['end', 5e6, null]],
    ['{"msg":"x","duration":5}', ['progress', null, null]],
    ['{"msg":"request completed","res":{"statusCode":503},"responseTime":7}', ['end', 7e6, 'failed']],
    ['{"msg":"x","status":"completed"}', ['end', null, 'ok']],
    ['{"msg":"POST /orders 201","status":201}', ['end', null, 'ok']],
    ['{"msg":"GET /orders/7","statusCode":502}', ['end', null, 'failed']],
    ['2026-03-02 10:15:00 INFO GET /orders/7 -> 502', ['end', null, 'failed']],
    ['2026-03-02 10:15:00 INFO POST /orders 201 in 35 ms', ['end', null, 'ok']],
    ['2026-03-02 10:15:00 INFO POST /orders - 300 rows', ['progress', null, null]],
    ['2026-03-02 10:15:00 INFO GET http://stock/items/7 -> 200', ['progress', null, null]],
    ['{"msg":"GET http://stock/items/7","status":200}', ['progress', null, 'ok']],
    ['{"msg":"POST /orders received","path":"/orders"}', ['progress', null, null]],
    ['{"msg":"step finished","error":"boom"}', ['end', null, 'failed']],
    ['{"event":"LLM step started","level":"info"}', ['start', null, null]],
    ['2026-03-02 10:15:00 INFO Tool execution completed in 2.1 s', ['end', 2.1e9, 'ok']],
    ['2026-03-02 10:15:00 INFO Tool failed after 30s', ['end', 30e9, 'failed']],
    ['2026-03-02 10:15:00 INFO Publishing step message in 5 ms', ['progress', null, null]],
  ];
  for (const [text, expected] of cases) {
    it(text, () => {
      const { phase, duration, outcome } = readOne(text);
      assert.deepEqual([phase, duration, outcome], expected);
    });
  }

  it('the profile says whether the stamp is the start', () => {
    const { profile, records } = readAll(
      '{"startTime":"2026-03-02T10:15:00Z","durationMs":5,"spanId":"1111111111111111"}',
    );
    assert.deepEqual([profile.stampIs, records[0]?.timeIs, records[0]?.phase], ['start', 'start', 'start']);
  });
});

describe('a duration that stands elsewhere than in a field of its own', () => {
  const cases: [string, number | null][] = [
    ['{"msg":"x","duration":{"seconds":8,"nanos":400000000}}', 8.4e9],
    ['{"msg":"x","duration":{"nanos":400000000,"seconds":"8"}}', 8.4e9],
    ['{"msg":"x","duration":{"seconds":8}}', 8e9],
    ['{"msg":"x","duration":{"nanos":400000000}}', 4e8],
    ['{"msg":"x","elapsed":{"secs":8,"nanos":400000000}}', 8.4e9],
    ['{"msg":"step over elapsed=\\"8.4s\\""}', 8.4e9],
    ['{"msg":"step over duration_ms=8400"}', 8.4e9],
    ['{"message":"step over durationMs: 8400"}', 8.4e9],
    ['2026-03-02 10:15:00 INFO a.B - step over elapsed="8.4s"', 8.4e9],
    ['2026-03-02 10:15:00 INFO a.B - step over duration_ms=8400', 8.4e9],
    ['2026-03-02 10:15:00 INFO a.B - step over durationMs: 8400', 8.4e9],
    ['2026-03-02 10:15:00 INFO a.B - step over duration: long', null],
    ['{"@t":"2026-03-02T10:15:00Z","@mt":"HTTP {Path} in {Elapsed}","Elapsed":12.5}', 12.5e6],
    ['{"Timestamp":"2026-03-02T10:15:00Z","MessageTemplate":"HTTP","Properties":{"Elapsed":12.5}}', 12.5e6],
    ['{"msg":"x","Elapsed":12.5}', null],
    ['{"msg":"x","elapsed":0.001}', null],
    ['{"msg":"done","ctx":{"class":"HardJob","jid":"b4a577edbccf1d805744efa9","elapsed":0.5},"tid":"x1"}', 5e8],
    ['{"msg":"x","duration_ms":1e20}', null],
    ['{"msg":"x","duration":"9999999999999h"}', null],
  ];
  for (const [text, expected] of cases) it(text, () => assert.equal(readOne(text).duration, expected));
});

describe('records behind a bullet', () => {
  const lines = (bullet: string, rest: string) =>
    [0, 1, 2].map(at => `${bullet} 2026-03-02T10:15:0${at}.000Z ${rest} step s${at} took 0.12s\n`).join('');
  const bracket = `[correlationId: ${id}, stepId: s1, service: API]`;
  for (const bullet of ['•', '  •', '\t•', '-', '  *', '◦', '  –', '✅', '▶️']) {
    for (const rest of [bracket, `INFO correlationId=${id}`]) {
      it(`${bullet} stamp ${rest.slice(0, 15)}: each line`, () => {
        const { records } = readAll(lines(bullet, rest));
        assert.deepEqual(
          records.map(record => [ids(record), isoOf(record)]),
          [0, 1, 2].map(at => [[id], `2026-03-02T10:15:0${at}.000Z`]),
        );
        assert.equal(records[0]?.message.startsWith('2026'), false);
      });
    }
  }
});

describe('the syslog head', () => {
  it('names host and service where no field does', () => {
    const plain = readOne('Mar  2 10:15:00 box-1 Worker1[12]: Ctx completed stepId=s1');
    assert.deepEqual(
      [plain.host, plain.service, plain.phase, plain.message],
      ['box-1', 'Worker1', 'end', 'Ctx completed stepId=s1'],
    );
    const stated = readOne('Mar  2 10:15:00 box-1 java[12]: Ctx completed component=Worker1 node=n-1');
    assert.deepEqual([stated.host, stated.service], ['n-1', 'Worker1']);
  });
});

describe('the time of a record', () => {
  it('is none outside of 1970 to 2200, and the line begins a record nevertheless', () => {
    const { records } = readAll(
      '2026-03-02 10:15:00 INFO x\n0001-01-01 00:00:00 WARN y\n9999-12-31 23:59:59 INFO z\n2026-03-02 10:15:01 INFO x\n',
    );
    assert.deepEqual(
      records.map(({ time, message }) => [time !== null, message]),
      [
        [true, 'x'],
        [false, 'y'],
        [false, 'z'],
        [true, 'x'],
      ],
    );
  });

  it('assumes a zone and says so', () => {
    const { profile, records } = readAll('2026-03-02 10:15:00,5 INFO x\n2026-03-02 10:15:01,500 INFO y\n');
    assert.deepEqual(profile.timezone, { value: 'Europe/Berlin', assumed: true, evidence: 'default' });
    assert.equal(isoOf(records[1] as LogRecord), '2026-03-02T09:15:01.500Z');
    assert.equal(records[1]?.time?.zoneAssumed, true);
  });

  it("takes Docker's stamp for a line that tells the time of day only, or no zone", () => {
    const wrap = (log: string) =>
      JSON.stringify({ log: `${log}\n`, stream: 'stdout', time: '2026-03-02T10:15:00.123456789Z' });
    for (const inner of ['18:15:00.123 INFO a.B x', '2026-03-02 18:15:00.123 INFO x']) {
      const record = readOne(wrap(inner));
      assert.equal(record.time?.at, 1772446500123456789n, inner);
      assert.equal(record.time?.zoneAssumed, false);
    }
    assert.equal(isoOf(readOne(wrap('2026-03-02T10:14:59Z INFO x'))), '2026-03-02T10:14:59.000Z');
  });

  it("joins log4j2's instant", () => {
    assert.equal(readOne('{"instant":{"epochSecond":1772446500,"nanoOfSecond":42}}').time?.at, 1772446500000000042n);
  });
});

describe('profiles', () => {
  it("keep a stack trace with its record, also without stamps on the trace's lines", () => {
    const { profile, records } = readAll(
      '2026-03-02 10:15:00 ERROR a.B - boom correlationId=c-1\njava.lang.X: y\n\tat a.B\nCaused by: z\n2026-03-02 10:15:01 INFO a.B - ok\n',
    );
    assert.equal(profile.framing, 'stamp');
    assert.deepEqual(
      records.map(({ severity }) => severity),
      ['error', 'info'],
    );
  });

  it('read each record of a mixed source by the format that it has', () => {
    const { records } = readAll(
      '2026-03-02 10:15:00 INFO a correlationId=c-1\n{"time":"2026-03-02T10:15:01Z","correlationId":"c-2"}\n2026-03-02 10:15:02 INFO b\n  more\n',
    );
    assert.deepEqual(
      records.map(({ format, correlationIds }) => [format, correlationIds[0]?.id]),
      [
        ['text', 'c-1'],
        ['json', 'c-2'],
        ['text', undefined],
      ],
    );
  });

  it("let the user's word win", () => {
    const { profile, records } = readAll('{"order":"345","correlationId":"x-1","time":"2026-03-02 10:15:00"}', {
      fields: { correlationId: ['order'] },
      timezone: 'UTC',
      service: 'kitchen',
      stampIs: 'start',
    });
    assert.deepEqual(ids(records[0] as LogRecord), ['345']);
    assert.deepEqual(profile.roles.correlationId, { fields: ['order'], evidence: 'user' });
    assert.deepEqual(
      [records[0]?.service, isoOf(records[0] as LogRecord), records[0]?.time?.zoneAssumed],
      ['kitchen', '2026-03-02T10:15:00.000Z', false],
    );
  });

  it('show which field carries which role', () => {
    const { profile } = readAll(
      '{"ts":"2026-03-02T10:15:00Z","traceId":"4bf92f3577b34da6a3ce929d0e0e4736","correlationId":"c-1","svc":"a"}',
    );
    assert.deepEqual(profile.roles.correlationId, { fields: ['correlationId', 'traceId'], evidence: 'name' });
    assert.deepEqual(profile.roles.service, { fields: ['svc'], evidence: 'name' });
  });

  it('mark fields with role, evidence and place', () => {
    const { reader } = readAll(seed);
    const text = `• [correlationId: ${id}, service: API] hi`;
    const [field] = reader.read(text, location)[0]?.fields ?? [];
    assert.deepEqual(field, {
      name: 'correlationId',
      value: id,
      start: 18,
      end: 54,
      role: 'correlationId',
      evidence: 'name',
    });
  });

  it('see through colours', () => {
    const record = readOne(
      '\x1b[90m2026-03-02 10:15:00\x1b[0m \x1b[32mINFO\x1b[0m hi \x1b[36mcorrelationId=\x1b[0mc-1',
    );
    assert.deepEqual([record.severity, ids(record)], ['info', ['c-1']]);
  });

  it('recognise encodings', () => {
    const encodingOf = (sample: Uint8Array) => profileSource({ sample, sourceName: 'x' }).encoding;
    assert.equal(encodingOf(Buffer.from('\ufeffhé', 'utf16le')), 'utf-16le');
    assert.equal(encodingOf(Buffer.from('h\xe9 \xe8', 'latin1')), 'latin1');
    assert.equal(encodingOf(Buffer.from('hé')), 'utf-8');
  });

  it('are made of anything, and read anything', () => {
    const part = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('\n', '{"a":1}', '2026-03-02 10:15:00 ', '[a: b]', 'a=b c=d', seed),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), parts => {
        const { profile, records } = readAll(parts.join(''));
        assert.equal(records.length >= profile.sampled, true);
      }),
    );
    fc.assert(fc.property(fc.uint8Array(), sample => void profileSource({ sample, sourceName: '' })));
  });
});

describe('the service of a file name', () => {
  const names: [string, string | null][] = [
    ['logs/orders-api.2026-03-02.log.1.gz', 'orders-api'],
    ['orders-api.log', 'orders-api'],
    ['orders-api-2026-03-02.jsonl', 'orders-api'],
    ['orders-api.log.2026-03-02-17', 'orders-api'],
    ['orders_20260302T1015.log.gz', 'orders'],
    ['worker-2.log', 'worker-2'],
    ['C:\\logs\\billing.txt', 'billing'],
    ['/var/log/pods/ns_pod_uid/web/0.log', 'web'],
    ['app.log', 'app'],
    ['output.log', null],
    ['2026-03-02.log', null],
    ['untitled:Untitled-1', null],
    ['-', null],
    ['', null],
    ['docker:orders.v2', 'orders.v2'],
    ['podman:web-1', 'web-1'],
    ['kubectl:shop/orders-7d9f8c6b5-x2x4z/app', 'orders'],
    ['kubectl:prod/eu@shop/orders-0/proxy.prev', 'proxy'],
    ['journal:unit=orders.service', null],
    ['shop.clef', 'shop'],
    ['logs/billing-log4j.xml', 'billing-log4j'],
  ];
  for (const [name, service] of names) it(`${name} → ${service}`, () => assert.equal(serviceFromName(name), service));
});
