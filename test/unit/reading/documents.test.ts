import assert from 'node:assert/strict';
import fc from 'fast-check';
import { unfold } from '../../../src/common/formats/json/unfold';
import { profileSource } from '../../../src/common/profile/profileSource';
import { attribute, idsOf, iso, nanosOf, pretty, readDocument as readAll, stamp, trace } from './jsonDocument';

/** Three spans of two processes. */
const spansByProcess = {
  spans: ['a', 'b', 'a'].map((process, at) => ({
    traceID: 'a1b2c3d4e5f60718',
    spanID: `span-${at}`,
    startTime: stamp,
    operationName: `op ${at}`,
    processID: process,
  })),
  processes: { a: { serviceName: 'gateway' }, b: { serviceName: 'stock' } },
};

/** The values of a document's parts, parsed. */
const partsOf = (value: unknown, indent?: number): unknown[] | null => {
  const text = JSON.stringify(value, null, indent);
  return unfold(text)?.map(({ start, end }) => JSON.parse(text.slice(start, end))) ?? null;
};
const inheritedBy = (value: unknown): Record<string, string>[] =>
  (unfold(JSON.stringify(value)) ?? []).map(({ inherited }) =>
    Object.fromEntries(inherited.map(field => [field.name, field.value])),
  );

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
    'a Zipkin span': {
      traceId: trace,
      id: 'a1',
      timestamp: stamp,
      duration: 9,
      annotations: [{ timestamp: stamp, value: 'sr' }],
    },
    "the list before the record's own fields": {
      logs: [{ timestamp: iso, message: 'a', traceId: trace }],
      message: 'b',
      level: 'info',
      time: iso,
    },
    'a line with the spans around it, which have no times': {
      timestamp: iso,
      level: 'info',
      fields: { message: 'x' },
      spans: [{ span_id: '1111111111111111', name: 'request' }],
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
    const [first, , third] = unfold(JSON.stringify(spansByProcess)) ?? [];
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
    const text = JSON.stringify(spansByProcess);
    const cut = text.slice(0, text.indexOf('op 2'));
    assert.equal(unfold(cut)?.length, 3);
    assert.deepEqual(
      readAll(cut)
        .records.slice(0, 2)
        .map(({ stepId }) => stepId),
      ['span-0', 'span-1'],
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
