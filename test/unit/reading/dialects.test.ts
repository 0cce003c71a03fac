import assert from 'node:assert/strict';
import { partsOf, recordsOf } from './readLine';

const jsonLines = (records: object[]) => `${records.map(record => JSON.stringify(record)).join('\n')}\n`;
/** The named parts of every record of a source. */
const parts = (text: string, ...names: string[]) =>
  recordsOf(text).map(record => {
    const all = partsOf(record);
    return names.map(name => all[name] ?? null);
  });

const trace = '7ad6b7169203331a4bf92f3577b34da6';

describe('spans of other dialects', () => {
  it('has no exception where an error field says that there is none', () => {
    const span = { trace_id: trace, span_id: 'a1b2c3d4e5f60718', start: 1772446500000000000, duration: 250000000 };
    const records = recordsOf(jsonLines([0, 1].map(error => ({ name: 'cart.load', ...span, error }))));
    assert.deepEqual(
      records.map(({ exception, outcome }) => [exception, outcome]),
      [
        [null, null],
        ['1', 'failed'],
      ],
    );
  });

  it('reads how a span went from a truth in capitals', () => {
    const head = 'startTime,durationMs,traceId,success';
    const rows = ['True', 'False'].map((success, at) => `177244650000${at},12,${trace},${success}`);
    assert.deepEqual(parts(`${head}\n${rows.join('\n')}\n`, 'outcome'), [['ok'], ['failed']]);
  });

  it('takes an `Id` in any case for the step that pointers name', () => {
    const span = { OperationId: trace, AppRoleName: 'shop', time: '2026-03-02T10:15:00.004Z' };
    const text = jsonLines([
      { ...span, Id: 'f1e2d3c4b5a69788', ParentId: '', Name: 'GET /cart', DurationMs: 12.5 },
      { ...span, Id: 'a1b2c3d4e5f60718', ParentId: 'f1e2d3c4b5a69788', Name: 'load', DurationMs: 3.5 },
    ]);
    assert.deepEqual(parts(text, 'stepId', 'stepType', 'milliseconds'), [
      ['f1e2d3c4b5a69788', 'GET /cart', 12.5],
      ['a1b2c3d4e5f60718', 'load', 3.5],
    ]);
    const [, load] = recordsOf(text);
    assert.deepEqual([load?.previous.map(({ id }) => id), load?.timeIs], [['f1e2d3c4b5a69788'], 'start']);
  });

  it('takes a `pid` that is no number for the parent', () => {
    const rows = ['1772446500003,aa17,0,f1e2d3c4', '1772446500010,bb18,aa17,f1e2d3c4'];
    const read = (ids: string[]) =>
      recordsOf(`startTime,id,pid,traceId\n${ids.join('\n')}\n`).map(({ stepId, previous }) => [
        stepId,
        previous[0]?.id ?? null,
      ]);
    assert.deepEqual(read(rows.map(row => row.replace(',0,', ',None,'))), [
      ['aa17', null],
      ['bb18', 'aa17'],
    ]);
    assert.deepEqual(
      read(['1772446500003,aa17,811,f1e2d3c4', '1772446500010,bb18,812,f1e2d3c4']).map(([, parent]) => parent),
      [null, null],
    );
  });

  it('finds the unit of durations by which steps lie within each other', () => {
    const head = 'timestamp,trace_id,span_id,parent_id,duration';
    const rows = (amounts: number[]) =>
      [
        `1772446500100,${trace},a17,,${amounts[0]}`,
        `1772446500140,${trace},b28,a17,${amounts[1]}`,
        `1772446500190,${trace},c39,b28,${amounts[2]}`,
      ].join('\n');
    const read = (amounts: number[]) => {
      const records = recordsOf(`${head}\n${rows(amounts)}\n`);
      return records.map(({ duration, timeIs }) => [duration === null ? null : Number(duration) / 1e6, timeIs]);
    };
    const start = (ms: number) => [ms, 'start'];
    assert.deepEqual(read([250, 120, 9]), [start(250), start(120), start(9)]);
    assert.deepEqual(read([250_000, 120_000, 9500]), [start(250), start(120), start(9.5)]);
    assert.deepEqual(
      read([3, 250, 900]).map(([duration]) => duration),
      [null, null, null],
      'those that lie within each other in no unit',
    );
  });

  it('takes a stamp that is also a start for one, and others for the end', () => {
    const span = { traceId: trace, spanId: 'a1b2c3d4e5f60718', duration_ms: 8 };
    const meaning = (record: object) => recordsOf(jsonLines([{ ...span, ...record }])).map(({ timeIs }) => timeIs);
    assert.deepEqual(meaning({ time: '2026-03-02T10:15:00Z', startTime: '2026-03-02T10:15:00Z' }), ['start']);
    assert.deepEqual(meaning({ ts: '2026-03-02T10:15:03Z', startTime: '2026-03-02T10:15:00Z' }), ['end']);
  });

  it('takes a bare id beside the trace’s for the step of a record with a start and an end', () => {
    const segment = { trace_id: trace, id: 'a1b2c3d4e5f60718', name: 'cart', start_time: 1772446500.25 };
    const text = jsonLines([{ ...segment, end_time: 1772446500.5 }]);
    assert.deepEqual(parts(text, 'stepId', 'stepType', 'milliseconds'), [['a1b2c3d4e5f60718', 'cart', 250]]);
    const record = { trace_id: trace, id: 'a1b2c3d4e5f60718', message: 'x', timestamp: '2026-03-02T10:15:00Z' };
    assert.deepEqual(parts(jsonLines([record]), 'stepId'), [[null]]);
  });

  it('reads the attributes of Go’s console exporter', () => {
    const span = (name: string, id: string, parent: string) => ({
      Name: name,
      SpanContext: { TraceID: trace, SpanID: id },
      Parent: { TraceID: trace, SpanID: parent },
      StartTime: '2026-03-02T10:15:00.1Z',
      EndTime: '2026-03-02T10:15:00.3Z',
      Resource: [{ Key: 'service.name', Value: { Type: 'STRING', Value: 'cart' } }],
    });
    const text = jsonLines([
      span('add', 'a1b2c3d4e5f60718', '0000000000000000'),
      span('load', 'b1b2c3d4e5f60718', 'a1b2c3d4e5f60718'),
    ]);
    assert.deepEqual(parts(text, 'stepType', 'service', 'milliseconds'), [
      ['add', 'cart', 200],
      ['load', 'cart', 200],
    ]);
  });

  it('takes the finer stamp of a start that another one repeats', () => {
    const text = `time,traceID,spanID,startTime,duration\n1772446500,${trace},a1b2c3d4e5f60718,1772446500123456,25012\n`;
    const [record] = recordsOf(text);
    assert.deepEqual([record?.time?.at, record?.duration, record?.timeIs], [1772446500123456000n, 25012000, 'start']);
  });

  it('finds the request in a cell that has no name for it', () => {
    const ids = 'req-6f5a2e41-0b7c-4f7e-9c55-2d1f0f6a7b88 1f2e3d4c5b6a79881f2e3d4c5b6a7988 - - - -';
    const text = `Date,Time,Level,ADDR,Content\n2026-03-02,10:15:00,INFO,${ids},VM Started\n2026-03-02,10:15:01,INFO,-,x\n`;
    assert.deepEqual(parts(text, 'ids', 'userId', 'message'), [
      ['request_id=req-6f5a2e41-0b7c-4f7e-9c55-2d1f0f6a7b88', '1f2e3d4c5b6a79881f2e3d4c5b6a7988', 'VM Started'],
      ['', null, 'x'].map(value => value || null),
    ]);
  });
});

describe('JSON of other dialects', () => {
  it('GELF: the short message, and levels of syslog', () => {
    const gelf = { version: '1.1', host: 'n7', timestamp: 1772446500.25, _traceId: trace };
    const text = jsonLines([3, 4, 6].map(level => ({ ...gelf, short_message: 'cart is empty', level })));
    assert.deepEqual(parts(text, 'message', 'severity'), [
      ['cart is empty', 'error'],
      ['cart is empty', 'warn'],
      ['cart is empty', 'info'],
    ]);
  });

  it('Loguru: what elapsed since the program began is no duration', () => {
    const record = (seconds: number) => ({
      elapsed: { repr: `0:00:0${seconds}`, seconds },
      extra: { request_id: trace },
      message: 'cart loaded',
      time: { timestamp: 1772446500 + seconds },
    });
    const text = jsonLines([
      { text: 'x', record: record(1) },
      { text: 'x', record: record(2) },
    ]);
    assert.deepEqual(parts(text, 'milliseconds', 'time'), [
      [null, '2026-03-02T10:15:01.000Z'],
      [null, '2026-03-02T10:15:02.000Z'],
    ]);
  });

  it('Kubernetes and Cloudflare: the two stamps of a request', () => {
    const audit = { auditID: '6f5a2e41-0b7c-4f7e-9c55-2d1f0f6a7b88', verb: 'list' };
    const [event] = recordsOf(
      jsonLines([
        {
          ...audit,
          requestReceivedTimestamp: '2026-03-02T10:15:00.000000Z',
          stageTimestamp: '2026-03-02T10:15:00.020000Z',
        },
      ]),
    );
    assert.deepEqual([event?.duration, event?.time?.at], [20_000_000, 1772446500000000000n]);
    const edge = { RayID: '6f5a2e410b7c4f7e', EdgeStartTimestamp: '2026-03-02T10:15:00Z' };
    assert.deepEqual(parts(jsonLines([{ ...edge, EdgeEndTimestamp: '2026-03-02T10:15:02Z' }]), 'milliseconds'), [
      [2000],
    ]);
  });

  it('Monolog: its request, and a date that is an object', () => {
    const text = jsonLines([
      {
        message: 'x',
        datetime: { date: '2026-03-02 10:15:00.123456', timezone: 'UTC' },
        extra: { uid: 'a1b2c3d' },
      },
    ]);
    assert.deepEqual(parts(text, 'ids', 'time'), [['extra.uid=a1b2c3d', '2026-03-02T10:15:00.123Z']]);
  });

  it('takes a stamp in a list for the record’s only where it has no other', () => {
    const text = jsonLines([
      {
        sessionId: trace,
        startTime: '2026-03-02T10:15:00Z',
        messages: [{ id: 'm1', timestamp: '2026-03-02T10:15:07Z', content: 'x' }],
      },
    ]);
    assert.deepEqual(parts(text, 'time'), [['2026-03-02T10:15:00.000Z']]);
  });
});

describe('logs of gateways, proxies and runtimes', () => {
  const request = '6f5a2e41-0b7c-4f7e-9c55-2d1f0f6a7b88';

  it('the stamps of nginx’s and API Gateway’s variables', () => {
    const time = '02/Mar/2026:10:15:00 +0000';
    const text = jsonLines([
      { time_local: time, request_time: '0.250', request_id: request },
      { requestTime: time, requestTimeEpoch: 1772446500000, requestId: request, extendedRequestId: 'JJabc1DEFghi=' },
      { time_iso8601: '2026-03-02T10:15:00+00:00', request_id: request },
    ]);
    assert.deepEqual(
      parts(text, 'time', 'ids').map(([at, ids]) => [at, String(ids).split(' ').length]),
      Array.from({ length: 3 }, () => ['2026-03-02T10:15:00.000Z', 1]),
    );
  });

  it('Traefik: the start is its own field', () => {
    const [record] = recordsOf(
      jsonLines([
        { StartUTC: '2026-03-02T10:15:00.25Z', time: '2026-03-02T10:15:00Z', Duration: 5000, DownstreamStatus: 200 },
      ]),
    );
    assert.deepEqual([record?.time?.at, record?.duration, record?.timeIs], [1772446500250000000n, 5000, 'start']);
  });

  it('Cloud Foundry’s router: the pairs behind the request', () => {
    const line = `2026-03-02T10:15:00.12+0000 [RTR/0] OUT shop.example - [2026-03-02T10:15:00.100+0000] "GET /cart HTTP/1.1" 200 0 12 "-" "curl" "10.0.0.1:1" x_forwarded_proto:"https" vcap_request_id:"${request}" response_time:0.012 gorouter_time:0.0001 app_index:"0"`;
    assert.deepEqual(parts(`${line}\n`, 'ids', 'milliseconds'), [[`vcap_request_id=${request}`, null]]);
    const ambiguous = jsonLines([{ time: '2026-03-02T10:15:00Z', response_time: 0.012 }]);
    assert.deepEqual(parts(ambiguous, 'milliseconds'), [[null]]);
  });

  it('Mule: the event that a processor works on', () => {
    const line = `INFO  2026-03-02 10:15:00,123 [[runtime].uber.04: [shop].flow @3c1b] [processor: flow/processors/0; event: ${request}] shop.Cart: loaded`;
    assert.deepEqual(parts(`${line}\n`, 'ids', 'severity'), [[`correlation_id=${request}`, 'info']]);
  });

  it('takes no noun from a path', () => {
    const lines = ['01', '02', '03', '04'].map(
      at => `2026-03-02 10:15:${at} INFO sent to queue://shop/place-order 6f5a2e${at}-0b7c-4f7e-9c55-2d1f0f6a7b88 Cart`,
    );
    const found = recordsOf(`${lines.join('\n')}\n`).map(({ correlationIds }) => correlationIds[0]?.field);
    assert.ok(!found.includes('order #uuid'), String(found));
  });

  it('takes a bare id for the group only where it comes again', () => {
    const id = (at: number) => `6f5a2e4${at}-0b7c-4f7e-9c55-2d1f0f6a7b88`;
    const lines = (ids: number[]) =>
      ids.map((at, index) => `2026-03-02 10:15:0${index} INFO work goes on (Reason='x y', Id=${id(at)})`).join('\n');
    const found = (ids: number[]) => parts(`${lines(ids)}\n`, 'ids').flat();
    assert.deepEqual(
      found([1, 1, 2, 2, 3, 3, 4, 4]),
      [1, 1, 2, 2, 3, 3, 4, 4].map(at => `Id=${id(at)}`),
    );
    assert.deepEqual(
      found([1, 2, 3, 4, 5, 6, 7, 8]),
      Array.from({ length: 8 }, () => null),
    );
  });

  it('a stamp in the words of a line is weaker than what the platform wrote around it', () => {
    const head = '2026-03-02T10:15:00';
    const lines = [
      `${head}.840424+00:00 app[web.1]: [${request}] Started GET "/cart" for 10.0.0.1 at 2026-03-02 10:15:00 +0000`,
      `${head}.850424+00:00 app[web.1]: [${request}] Completed 200 OK in 10ms`,
    ];
    assert.deepEqual(parts(`${lines.join('\n')}\n`, 'time'), [
      ['2026-03-02T10:15:00.840Z'],
      ['2026-03-02T10:15:00.850Z'],
    ]);
    assert.deepEqual(parts('Started GET "/cart" at 2026-03-02 10:15:00 +0000\n', 'time'), [
      ['2026-03-02T10:15:00.000Z'],
    ]);
  });

  it('Lambda: each invocation begins and ends on lines of its own', () => {
    const other = '7a5a2e41-0b7c-4f7e-9c55-2d1f0f6a7b88';
    const text = [
      `START RequestId: ${request} Version: $LATEST`,
      `2026-03-02T10:15:00.402Z\t${request}\tINFO\tcart loaded`,
      'its second line',
      `END RequestId: ${request}`,
      `REPORT RequestId: ${request}\tDuration: 102.25 ms\tBilled Duration: 103 ms`,
      `START RequestId: ${other} Version: $LATEST`,
      `2026-03-02T10:15:01.402Z\t${other}\tINFO\tcart loaded`,
      `REPORT RequestId: ${other}\tDuration: 2.25 ms\tBilled Duration: 3 ms`,
    ].join('\n');
    assert.deepEqual(
      recordsOf(`${text}\n`).map(({ correlationIds, duration }) => [correlationIds[0]?.id, duration]),
      [
        [request, null],
        [request, null],
        [request, null],
        [request, 102_250_000],
        [other, null],
        [other, null],
        [other, 2_250_000],
      ],
    );
  });
});
