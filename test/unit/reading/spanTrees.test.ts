import assert from 'node:assert/strict';
import { unfold } from '../../../src/common/formats/json/unfold';
import { attribute, idsOf, iso, nanosOf, pretty, readDocument as readAll, stamp, trace } from './jsonDocument';

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

  it('OpenAI Agents: spans by their names, beside the head of their trace', () => {
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
        [null, null, 'search'],
        ['span_1', 'encloses', 'search'],
      ],
    );
  });
});

describe('what a pointer names', () => {
  it('the ID whose name it has, where no value tells', () => {
    const message = (uuid: string, parentUuid: string | null) => ({
      uuid,
      parentUuid,
      message: { id: `m-${uuid}` },
      time: iso,
    });
    const { records } = readAll(pretty([message('u-1', 'from-elsewhere'), message('u-2', null)]));
    assert.deepEqual(
      records.map(({ stepId }) => stepId),
      ['u-1', 'u-2'],
    );
  });

  it('a parentId encloses in a span only: elsewhere it does not say', () => {
    const meaningBeside = (rest: object) =>
      readAll(pretty([{ traceId: trace, id: 'n-2', parentId: 'n-1', timestamp: iso, ...rest }])).records[0]?.previous;
    assert.deepEqual(meaningBeside({}), [{ id: 'n-1', meaning: 'either' }]);
    assert.deepEqual(meaningBeside({ duration: 12 }), [{ id: 'n-1', meaning: 'encloses' }]);
    assert.deepEqual(meaningBeside({ endTime: iso }), [{ id: 'n-1', meaning: 'encloses' }]);
  });

  it('a span is called by its name rather than its route or class', () => {
    const span = (attributes: object) =>
      readAll(
        pretty([{ traceId: trace, spanId: 's-2', parentSpanId: 's-1', name: 'charge', startTime: iso, attributes }]),
      );
    for (const attributes of [{ 'http.route': '/pay/{id}' }, { class: 'PayController' }])
      assert.equal(span(attributes).records[0]?.stepType, 'charge');
    assert.equal(span({ stepType: 'Payment' }).records[0]?.stepType, 'Payment');
  });
});
