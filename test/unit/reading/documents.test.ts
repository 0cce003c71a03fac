import assert from 'node:assert/strict';
import fc from 'fast-check';
import { unfold } from '../../../src/common/formats/unfold';
import type { LogRecord } from '../../../src/common/model/logRecord';
import { byteOffset, lineNumber, sourceId } from '../../../src/common/model/units';
import { compileReader } from '../../../src/common/profile/compileReader';
import { profileSource } from '../../../src/common/profile/profileSource';
import type { ReadRecord } from '../../../src/common/profile/recordReader';
import { framerOf } from '../../../src/common/scan/framer';

/** Every record of a source, with its bytes. */
function readAll(text: string) {
  const profile = profileSource({ sample: text, sourceName: 'export.json', complete: true });
  const reader = compileReader(profile);
  const read: ReadRecord[] = [];
  const bytes = new TextEncoder().encode(text);
  const framer = framerOf(profile, reader, frame => {
    const location = {
      source: sourceId('export.json'),
      line: lineNumber(frame.line),
      byteStart: byteOffset(frame.byteStart),
      byteEnd: byteOffset(frame.byteEnd),
    };
    read.push(...reader.read(new TextDecoder().decode(frame.bytes), location));
  });
  framer.push(bytes);
  framer.finish();
  const records = read.map(({ record }) => record);
  const textOf = ({ location }: LogRecord) =>
    new TextDecoder().decode(bytes.subarray(location.byteStart, location.byteEnd));
  return { profile, records, read, textOf };
}

const pretty = (value: unknown) => JSON.stringify(value, null, 2);
const idsOf = (records: LogRecord[]) => records.map(({ correlationIds }) => correlationIds[0]?.id ?? null);
const attribute = (record: LogRecord | undefined, name: string) =>
  record?.attributes.find(field => field.name === name)?.value;

/** The values of a document's parts, parsed. */
const partsOf = (value: unknown, indent?: number): unknown[] | null => {
  const text = JSON.stringify(value, null, indent);
  return unfold(text)?.map(({ start, end }) => JSON.parse(text.slice(start, end))) ?? null;
};
const inheritedBy = (value: unknown): Record<string, string>[] =>
  (unfold(JSON.stringify(value)) ?? []).map(({ inherited }) =>
    Object.fromEntries(inherited.map(field => [field.name, field.value])),
  );

const trace = '5b8efff798038103d269b633813fc60c';
const stamp = 1_772_446_500_000_000;
const iso = '2026-03-02T10:15:00.000Z';
const nanosOf = (ms: number) => `${BigInt(stamp) * 1000n + BigInt(ms) * 1_000_000n}`;

const otlpSpans = {
  resourceSpans: [
    {
      resource: {
        attributes: [
          { key: 'service.name', value: { stringValue: 'checkout' } },
          { key: 'host.name', value: { stringValue: 'node-7' } },
        ],
      },
      scopeSpans: [
        {
          scope: { name: 'shop.http', version: '2.1' },
          spans: [
            {
              traceId: trace,
              spanId: '1111111111111111',
              name: 'POST /checkout',
              kind: 2,
              startTimeUnixNano: nanosOf(0),
              endTimeUnixNano: nanosOf(40),
              attributes: [
                { key: 'http.response.status_code', value: { intValue: '503' } },
                { key: 'retry', value: { boolValue: false } },
                { key: 'carts', value: { arrayValue: { values: [{ stringValue: 'a' }, { stringValue: 'b' }] } } },
                {
                  key: 'cart',
                  value: { kvlistValue: { values: [{ key: 'size', value: { doubleValue: 2.5 } }] } },
                },
              ],
              events: [
                {
                  timeUnixNano: nanosOf(9),
                  name: 'exception',
                  attributes: [{ key: 'message', value: { stringValue: 'x' } }],
                },
              ],
              status: { code: 2 },
            },
            {
              traceId: trace,
              spanId: '2222222222222222',
              parentSpanId: '1111111111111111',
              name: 'reserve',
              startTimeUnixNano: nanosOf(5),
              endTimeUnixNano: nanosOf(30),
              links: [
                { traceId: trace, spanId: '3333333333333333' },
                { traceId: 'ffffffffffffffffffffffffffffffff', spanId: '4444444444444444' },
              ],
              status: { code: 'STATUS_CODE_OK' },
            },
          ],
        },
      ],
    },
    {
      resource: { attributes: [{ key: 'service.name', value: { stringValue: 'billing' } }] },
      scopeSpans: [
        {
          spans: [
            {
              traceId: trace,
              spanId: '3333333333333333',
              name: 'charge',
              startTimeUnixNano: nanosOf(1),
              endTimeUnixNano: nanosOf(4),
            },
          ],
        },
      ],
    },
  ],
};

const jaegerSpan = (spanID: string, processID: string, references: unknown[], tags: unknown[] = []) => ({
  traceID: 'a1b2c3d4e5f60718',
  spanID,
  operationName: `op ${spanID}`,
  references,
  startTime: stamp + 1000,
  duration: 2500,
  processID,
  tags,
  logs: [
    {
      timestamp: stamp + 1500,
      fields: [
        { key: 'event', value: 'error' },
        { key: 'message', value: 'oh' },
      ],
    },
  ],
});
const childOf = (spanID: string, traceID = 'a1b2c3d4e5f60718') => ({ refType: 'CHILD_OF', traceID, spanID });
const jaeger = {
  data: [
    {
      traceID: 'a1b2c3d4e5f60718',
      spans: [
        jaegerSpan('aaaaaaaaaaaaaaa1', 'p1', []),
        jaegerSpan(
          'aaaaaaaaaaaaaaa2',
          'p2',
          [childOf('aaaaaaaaaaaaaaa1')],
          [{ key: 'error', type: 'bool', value: true }],
        ),
        jaegerSpan('aaaaaaaaaaaaaaa3', 'p1', [
          { refType: 'FOLLOWS_FROM', traceID: 'A1B2C3D4E5F60718', spanID: 'aaaaaaaaaaaaaaa2' },
          childOf('bbbbbbbbbbbbbbb1', 'ffffffffffffffff'),
          {
            ...childOf('aaaaaaaaaaaaaaa1'),
            span: { spanID: 'aaaaaaaaaaaaaaa1', references: [childOf('ccccccccccccccc1')] },
          },
        ]),
      ],
      processes: {
        p1: { serviceName: 'gateway', tags: [{ key: 'hostname', type: 'string', value: 'gw-1' }] },
        p2: { serviceName: 'stock', tags: [] },
      },
      warnings: null,
    },
  ],
  total: 0,
  errors: null,
};

const zipkinSpan = (id: string, parentId: string | undefined, rest: object = {}) => ({
  traceId: '1e223ff1f80f1c69',
  ...(parentId ? { parentId } : {}),
  id,
  kind: 'SERVER',
  name: `get /${id}`,
  timestamp: stamp,
  duration: 1500,
  localEndpoint: { serviceName: 'front', ipv4: '10.0.0.1' },
  remoteEndpoint: { serviceName: 'back' },
  ...rest,
});

describe('OTLP traces', () => {
  for (const [style, text] of [
    ['pretty-printed', pretty(otlpSpans)],
    ['on one line', JSON.stringify(otlpSpans)],
    ['a batch per line', `${JSON.stringify(otlpSpans)}\n`.repeat(2)],
  ] as const) {
    it(`${style}: the spans are the records, with their resource`, () => {
      const { records, profile, textOf } = readAll(text);
      const copies = style === 'a batch per line' ? 2 : 1;
      assert.deepEqual([profile.format, profile.framing, records.length], ['json', 'json', 3 * copies]);
      assert.deepEqual(
        records.slice(0, 3).map(({ stepId, stepType, service, host }) => [stepId, stepType, service, host]),
        [
          ['1111111111111111', 'POST /checkout', 'checkout', 'node-7'],
          ['2222222222222222', 'reserve', 'checkout', 'node-7'],
          ['3333333333333333', 'charge', 'billing', null],
        ],
      );
      assert.deepEqual(idsOf(records), Array(3 * copies).fill(trace));
      assert.equal(records[0]?.time?.at, BigInt(nanosOf(0)));
      for (const record of records) assert.equal(JSON.parse(textOf(record)).spanId, record.stepId);
      if (copies === 2)
        assert.deepEqual(
          records.map(({ location }) => location.line),
          [1, 1, 1, 2, 2, 2],
        );
    });
  }

  it('parents enclose, links of the same trace follow, others lead out of it', () => {
    const { records } = readAll(pretty(otlpSpans));
    assert.deepEqual(
      records.map(({ previous }) => previous),
      [
        [],
        [
          { id: '3333333333333333', meaning: 'follows' },
          { id: '1111111111111111', meaning: 'encloses' },
        ],
        [],
      ],
    );
  });

  it('attributes are fields by their keys, with their own places', () => {
    const text = pretty(otlpSpans);
    const [first] = readAll(text).read;
    const record = first?.record;
    assert.deepEqual(
      ['attributes.retry', 'attributes.carts', 'attributes.cart.size', 'scope.name', 'scope.version'].map(name =>
        attribute(record, name),
      ),
      ['false', 'a', '2.5', 'shop.http', '2.1'],
    );
    const part = unfold(text)?.[0];
    assert.ok(part && first);
    const own = text.slice(part.start, part.end);
    const status = first.fields.find(({ name }) => name === 'attributes.http.response.status_code');
    assert.equal(own.slice(status?.start, status?.end), '503');
  });

  it("status code 2 is a failure; what events say is not the span's word", () => {
    const { records } = readAll(pretty(otlpSpans));
    assert.deepEqual(
      records.map(({ outcome }) => outcome),
      ['failed', 'ok', null],
    );
    assert.equal(records[0]?.time?.at, BigInt(nanosOf(0)));
  });
});

it('OTLP logs: body, severity, span and resource of each', () => {
  const log = (severityText: string, body: unknown, ms: number) => ({
    timeUnixNano: nanosOf(ms),
    severityText,
    traceId: trace.toUpperCase(),
    spanId: '1111111111111111',
    body,
    attributes: [{ key: 'user.id', value: { stringValue: 'u-1' } }],
  });
  const { records } = readAll(
    pretty({
      resourceLogs: [
        {
          resource: { attributes: [{ key: 'service.name', value: { stringValue: 'mail' } }] },
          scopeLogs: [
            {
              logRecords: [
                log('WARN', { stringValue: 'queue is long' }, 1),
                log('INFO', { kvlistValue: { values: [{ key: 'to', value: { stringValue: 'x@y' } }] } }, 2),
              ],
            },
          ],
        },
      ],
    }),
  );
  assert.deepEqual(
    records.map(({ severity, service, stepId, userId }) => [severity, service, stepId, userId]),
    [
      ['warn', 'mail', '1111111111111111', 'u-1'],
      ['info', 'mail', '1111111111111111', 'u-1'],
    ],
  );
  assert.equal(records[0]?.message, 'queue is long');
  assert.equal(attribute(records[1], 'body.to'), 'x@y');
});

describe('Jaeger traces', () => {
  for (const [style, value] of [
    ['as its interface gives them', jaeger],
    ['one trace alone', jaeger.data[0]],
    [
      'a trace with a time and a duration of its own',
      { ...jaeger.data[0], startTime: stamp, duration: 9000, traceName: 'gateway: x' },
    ],
    [
      'within an object of the page that shows it',
      { data: { ...jaeger.data[0], startTime: stamp }, id: 'x', state: 'FETCH_DONE' },
    ],
  ] as const) {
    it(`${style}: spans with the process they name`, () => {
      const { records, profile } = readAll(pretty(value));
      assert.deepEqual(
        records.map(({ stepId, stepType, service, host, time }) => [stepId, stepType, service, host, time?.at]),
        [
          ['aaaaaaaaaaaaaaa1', 'op aaaaaaaaaaaaaaa1', 'gateway', 'gw-1', BigInt(stamp + 1000) * 1000n],
          ['aaaaaaaaaaaaaaa2', 'op aaaaaaaaaaaaaaa2', 'stock', null, BigInt(stamp + 1000) * 1000n],
          ['aaaaaaaaaaaaaaa3', 'op aaaaaaaaaaaaaaa3', 'gateway', 'gw-1', BigInt(stamp + 1000) * 1000n],
        ],
      );
      assert.deepEqual([profile.stampIs, idsOf(records)], ['start', Array(3).fill('a1b2c3d4e5f60718')]);
    });
  }

  it("references enclose or follow; one into another trace is no previous step, nor is a referenced span's own", () => {
    assert.deepEqual(
      readAll(pretty(jaeger)).records.map(({ previous }) => previous),
      [
        [],
        [{ id: 'aaaaaaaaaaaaaaa1', meaning: 'encloses' }],
        [
          { id: 'aaaaaaaaaaaaaaa2', meaning: 'follows' },
          { id: 'aaaaaaaaaaaaaaa1', meaning: 'encloses' },
        ],
      ],
    );
  });

  it("tags are fields; a log of a span is not the span's message, phase or time", () => {
    const [first, second] = readAll(pretty(jaeger)).records;
    assert.equal(attribute(first, 'logs.0.fields.event'), 'error');
    assert.deepEqual([first?.phase === 'end', first?.message.startsWith('{')], [false, true]);
    assert.deepEqual(second?.exception, 'true');
  });
});

describe('Zipkin v2 traces', () => {
  const spans = [
    zipkinSpan('00000000000000a1', undefined),
    zipkinSpan('00000000000000a2', '00000000000000a1', {
      tags: { error: 'timeout' },
      annotations: [{ timestamp: stamp + 9, value: 'ws' }],
    }),
  ];
  for (const [style, value, line] of [
    ['an array', spans, 2],
    ['an array of arrays', [spans], 3],
  ] as const) {
    it(`${style}: id is the step, parentId encloses, the stamp is the start`, () => {
      const { records, profile } = readAll(pretty(value));
      assert.equal(profile.stampIs, 'start');
      assert.equal(records[0]?.location.line, line);
      assert.deepEqual(
        records.map(({ stepId, stepType, service, previous, timeIs, time }) => [
          stepId,
          stepType,
          service,
          previous,
          timeIs,
          time?.at,
        ]),
        [
          ['00000000000000a1', 'get /00000000000000a1', 'front', [], 'start', BigInt(stamp) * 1000n],
          [
            '00000000000000a2',
            'get /00000000000000a2',
            'front',
            [{ id: '00000000000000a1', meaning: 'encloses' }],
            'start',
            BigInt(stamp) * 1000n,
          ],
        ],
      );
      assert.deepEqual(idsOf(records), Array(2).fill('1e223ff1f80f1c69'));
    });
  }

  it('spans without a parent have steps, too', () => {
    const [record] = readAll(pretty([spans[0]])).records;
    assert.deepEqual([record?.stepId, record?.stepType], ['00000000000000a1', 'get /00000000000000a1']);
  });

  it('the remote end is not the service', () => {
    const [record] = readAll(
      pretty([{ ...zipkinSpan('00000000000000a1', undefined), localEndpoint: undefined }]),
    ).records;
    assert.equal(record?.service, 'export');
  });
});

describe('runs and observations of language models', () => {
  const observation = (id: string, parent: string | null, extra: object = {}) => ({
    id,
    traceId: 'trace-7f3a',
    parentObservationId: parent,
    type: 'GENERATION',
    name: 'answer',
    startTime: iso,
    endTime: '2026-03-02T10:15:08.400Z',
    ...extra,
  });
  it('Langfuse: the observations of a trace that has a time itself', () => {
    const { records } = readAll(
      pretty({
        id: 'trace-7f3a',
        timestamp: iso,
        name: 'chat',
        userId: 'u-9',
        observations: [observation('obs-1', null), observation('obs-2', 'obs-1')],
      }),
    );
    assert.deepEqual(
      records.map(({ stepId, previous, userId }) => [stepId, previous, userId]),
      [
        ['obs-1', [], 'u-9'],
        ['obs-2', [{ id: 'obs-1', meaning: 'encloses' }], 'u-9'],
      ],
    );
  });

  it('LangSmith: runs', () => {
    const run = (id: string, parent: string | null) => ({
      id,
      trace_id: 'c0ffee00-1111-4222-8333-444455556666',
      parent_run_id: parent,
      run_type: 'llm',
      start_time: iso,
    });
    const { records } = readAll(pretty({ runs: [run('run-a', null), run('run-b', 'run-a')], cursors: { next: null } }));
    assert.deepEqual(
      records.map(({ stepId, previous, stepType }) => [stepId, previous[0]?.meaning ?? null, stepType]),
      [
        ['run-a', null, 'llm'],
        ['run-b', 'encloses', 'llm'],
      ],
    );
  });

  it('OpenAI Agents: spans beside the head of their trace', () => {
    const span = (id: string, parent: string | null) => ({
      object: 'trace.span',
      id,
      trace_id: `trace_${trace}`,
      parent_id: parent,
      started_at: iso,
      ended_at: iso,
      span_data: { type: 'function', name: 'search' },
    });
    const { records } = readAll(
      pretty({
        data: [
          { object: 'trace', id: `trace_${trace}`, workflow_name: 'w' },
          span('span_1', null),
          span('span_2', 'span_1'),
        ],
      }),
    );
    assert.deepEqual(
      records.map(({ previous, stepType }) => [previous[0]?.id ?? null, previous[0]?.meaning ?? null, stepType]),
      [
        [null, null, null],
        [null, null, 'function'],
        ['span_1', 'encloses', 'function'],
      ],
    );
  });
});

describe('answers of log engines', () => {
  it('Elasticsearch: the stored document is the record', () => {
    const hit = (id: string) => ({
      _index: 'logs-2026',
      _id: id,
      _score: null,
      _source: {
        '@timestamp': iso,
        message: `order ${id}`,
        log: { level: 'error' },
        trace: { id: trace },
        service: { name: 'shop' },
      },
    });
    const { records } = readAll(
      pretty({ took: 5, timed_out: false, hits: { total: { value: 2 }, hits: [hit('x1'), hit('x2')] } }),
    );
    assert.deepEqual(
      records.map(record => [
        record.message,
        record.severity,
        record.service,
        attribute(record, '_id'),
        attribute(record, '_index'),
      ]),
      [
        ['order x1', 'error', 'shop', 'x1', 'logs-2026'],
        ['order x2', 'error', 'shop', 'x2', 'logs-2026'],
      ],
    );
    assert.deepEqual(idsOf(records), [trace, trace]);
  });

  it("Loki: lines with their labels, whatever the query's own status", () => {
    const { records, textOf } = readAll(
      JSON.stringify({
        status: 'success',
        data: {
          resultType: 'streams',
          result: [
            {
              stream: { service_name: 'cart', level: 'warn' },
              values: [
                [nanosOf(1), `slow traceId=${trace}`],
                [nanosOf(2), '{"msg":"cart \\"x\\"","user_id":"u-3"}', { trace_id: trace }],
              ],
            },
          ],
        },
      }),
    );
    assert.deepEqual(
      records.map(({ service, severity, outcome, time, userId }) => [service, severity, outcome, time?.at, userId]),
      [
        ['cart', 'warn', null, BigInt(nanosOf(1)), null],
        ['cart', 'warn', null, BigInt(nanosOf(2)), 'u-3'],
      ],
    );
    assert.deepEqual(idsOf(records), [trace, trace]);
    assert.equal(records[1]?.message, 'cart "x"');
    assert.ok(records[0] && textOf(records[0]).startsWith(`["${nanosOf(1)}"`));
  });

  for (const [name, batch] of Object.entries({
    CloudWatch: {
      messageType: 'DATA_MESSAGE',
      logGroup: '/aws/x',
      logEvents: [{ id: '1', timestamp: stamp / 1000, message: 'a' }],
    },
    CloudTrail: {
      Records: [{ eventTime: iso, eventName: 'PutObject', eventID: 'c0ffee00-1111-4222-8333-444455556666' }],
    },
    Azure: { records: [{ time: iso, category: 'Action', correlationId: 'c-1' }] },
    GCP: { entries: [{ timestamp: iso, severity: 'INFO', textPayload: 'x' }], nextPageToken: 'y' },
    events: { events: [{ timestamp: iso, message: 'x' }], nextForwardToken: 'f' },
    bulk: { batches: [{ source: 'a', items: [{ ts: iso, level: 'info', msg: 'x' }] }] },
  })) {
    it(`${name}: a batch, whatever its list is called`, () => {
      const parts = partsOf(batch);
      assert.equal(parts?.length, 1);
      assert.deepEqual(partsOf(batch, 3), parts);
    });
  }
});

describe('records that hold lists', () => {
  for (const [name, record] of Object.entries({
    'items of an order': { time: iso, level: 'info', msg: 'order', items: [{ id: 1, createdAt: iso, name: 'x' }] },
    'a span with events and links': {
      traceId: trace,
      spanId: '1111111111111111',
      events: [{ timestamp: iso, name: 'x' }],
      links: [{ traceId: trace, spanId: '2222222222222222' }],
    },
    'a Zipkin span': zipkinSpan('a1', undefined, { annotations: [{ timestamp: stamp, value: 'sr' }] }),
    "the list before the record's own fields": {
      logs: [{ timestamp: iso, message: 'a', traceId: trace }],
      message: 'b',
      level: 'info',
      time: iso,
    },
    'a run with its children': {
      id: 'r',
      run_type: 'chain',
      trace_id: trace,
      start_time: iso,
      child_runs: [{ id: 's', trace_id: trace, start_time: iso }],
    },
    'fields one object deep': { log: { level: 'info', message: 'x' }, attempts: [{ host: 'a' }] },
    'no records at all': { name: 'x', dependencies: [{ name: 'y', version: 1 }], matrix: [[1, 2], [3]] },
    metrics: { status: 'success', data: { result: [{ metric: { job: 'x' }, values: [[1772446500, '0.5']] }] } },
    'calls with times but no IDs': {
      id: 't1',
      root: { service: 'a', start: iso, calls: [{ service: 'b', start: iso, calls: [] }] },
    },
  })) {
    it(`${name}: one record`, () => {
      assert.equal(partsOf(record), null);
      assert.equal(readAll(pretty(record)).records.length, 1);
    });
  }
});

describe('what records inherit', () => {
  it('from the nearest first, by its name there; not what tells of the batch as an event', () => {
    const inherited = inheritedBy({
      tenantId: 't-outer',
      status: 'success',
      id: 'batch-1',
      region: 'eu',
      groups: [{ tenantId: 't-1', meta: { zone: 'a' }, tags: ['x'], records: [{ time: iso, msg: 'x' }] }],
      extra: [{ key: 'build', value: '7' }],
    });
    assert.deepEqual(inherited, [{ tenantId: 't-outer', region: 'eu', 'meta.zone': 'a', 'extra.build': '7' }]);
    const [part] =
      unfold(JSON.stringify({ tenantId: 'far', groups: [{ tenantId: 'near', records: [{ time: iso, msg: 'x' }] }] })) ??
      [];
    assert.deepEqual(
      part?.inherited.map(({ value }) => value),
      ['near', 'far'],
    );
    assert.ok(part?.inherited.every(({ start, end }) => start === 0 && end === 0));
  });

  it('only that entry of a map which the record names, wherever the map stands', () => {
    const batch = (first: object, last: object) => ({
      ...first,
      jobs: [
        { time: iso, msg: 'x', worker_id: 'w2' },
        { time: iso, msg: 'y', worker_id: 'w9' },
      ],
      ...last,
    });
    const workers = { workers: { w1: { zone: 'a' }, w2: { zone: 'b', labels: [{ key: 'rack', value: 7 }] } } };
    for (const value of [batch(workers, {}), batch({}, workers)])
      assert.deepEqual(inheritedBy(value), [{ 'worker.zone': 'b', 'worker.labels.rack': '7' }, {}]);
  });

  it('records with the same surroundings share one list', () => {
    const [first, , third] = unfold(JSON.stringify(jaeger)) ?? [];
    assert.ok(first && first.inherited === third?.inherited);
  });
});

describe('documents of any size and state', () => {
  it('a hundred thousand spans in a document', () => {
    const spans = Array.from({ length: 100_000 }, (_, at) => ({
      traceID: 'a1b2c3d4e5f60718',
      spanID: `s${at}`,
      startTime: stamp + at,
      processID: `p${at % 3}`,
      tags: [{ key: 'n', value: at }],
    }));
    const processes = Object.fromEntries([0, 1, 2].map(at => [`p${at}`, { serviceName: `svc-${at}` }]));
    const parts = unfold(JSON.stringify({ data: [{ traceID: 'a1b2c3d4e5f60718', spans, processes }] }));
    assert.equal(parts?.length, 100_000);
    assert.equal(parts.at(-1)?.inherited[0]?.value, 'svc-0');
  });

  it('nesting without end', () => {
    for (const text of [
      '['.repeat(200_000),
      '{"a":['.repeat(100_000),
      `${'[{"a":'.repeat(50_000)}1${'}]'.repeat(50_000)}`,
    ])
      assert.equal(unfold(text), null);
  });

  it('a document that is cut off gives the records up to there', () => {
    const text = JSON.stringify(jaeger);
    const cut = text.slice(0, text.indexOf('op aaaaaaaaaaaaaaa3'));
    assert.equal(unfold(cut)?.length, 3);
    assert.deepEqual(
      readAll(cut)
        .records.slice(0, 2)
        .map(({ stepId }) => stepId),
      ['aaaaaaaaaaaaaaa1', 'aaaaaaaaaaaaaaa2'],
    );
  });

  it('a batch on one line that is longer than the sample is a document; a first line still being written is none', () => {
    const framing = (sample: string) => profileSource({ sample, sourceName: 'x' }).framing;
    assert.equal(framing(JSON.stringify({ data: { a: 'x'.repeat(70_000), b: [] } }).slice(0, -20)), 'json');
    assert.equal(framing('{"time":"2026-03-02T10:15:00Z","msg":"hal'), 'line');
  });

  it('lines of JSON stay lines, with lists in them or not', () => {
    const line = JSON.stringify({
      time: iso,
      level: 'info',
      msg: 'x',
      tags: [{ key: 'a', value: 'b' }],
      items: [{ id: 1 }],
    });
    const { profile, records } = readAll(`${line}\n${line}\n`);
    assert.deepEqual([profile.framing, records.length, attribute(records[0], 'tags.a')], ['line', 2, 'b']);
  });

  it('objects one after the other over several lines, and an array on one line', () => {
    const record = (msg: string) => ({ time: iso, level: 'warn', msg });
    for (const text of [
      `${pretty(record('a'))}\n${pretty(record('b'))}\n`,
      JSON.stringify([record('a'), record('b')]),
    ]) {
      const { profile, records } = readAll(text);
      assert.deepEqual([profile.framing, records.map(({ message }) => message)], ['json', ['a', 'b']]);
    }
  });

  it('no text makes it throw, and parts are in order and apart', () => {
    const piece = fc.constantFrom(
      '[',
      ']',
      '{',
      '}',
      '"',
      ':',
      ',',
      '"time":"2026-03-02T10:15:00Z"',
      '"msg":"x"',
      '"traceId":"abcdef0123456789"',
      '[{',
      '}]',
      '"a":',
      '1',
      '\\',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), pieces => {
        let at = 0;
        for (const { start, end } of unfold(`{"list":[${pieces.join('')}`) ?? []) {
          assert.ok(start >= at && end > start);
          at = end;
        }
      }),
      { numRuns: 3000 },
    );
  });
});

describe('lists of pairs', () => {
  const fieldsOf = (value: unknown) =>
    Object.fromEntries(
      readAll(JSON.stringify({ time: iso, msg: 'x', ...(value as object) })).read[0]?.fields.map(
        ({ name, value: text }) => [name, text],
      ) ?? [],
    );
  it('headers by name and value', () => {
    const found = fieldsOf({
      headers: [
        { name: 'X-Request-Id', value: 'r-77' },
        { name: 'Accept', value: '*/*' },
      ],
    });
    assert.equal(found['headers.X-Request-Id'], 'r-77');
  });
  it('not where items are more, or less, than pairs', () => {
    const found = fieldsOf({
      people: [{ name: 'a', value: '1', age: 3 }],
      mixed: [{ key: 'a', value: 1 }, 2],
      named: [{ name: 'a', type: 'b' }],
    });
    assert.deepEqual(
      [found['people.0.name'], found['mixed.0.key'], found.mixed, found['named.0.name']],
      ['a', 'a', '2', 'a'],
    );
  });
  it("of both of protobuf's spellings", () => {
    const found = fieldsOf({
      attributes: [{ key: 'a', value: { string_value: 'x' } }, { key: 'b', value: { int_value: 3 } }, { key: 'c' }],
    });
    assert.deepEqual([found['attributes.a'], found['attributes.b']], ['x', '3']);
  });
});
