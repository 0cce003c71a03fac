import assert from 'node:assert/strict';
import { byteOffset, lineNumber, sourceId } from '../../../src/common/model/units';
import { compileReader } from '../../../src/common/profile/compileReader';
import { profileSource } from '../../../src/common/profile/profileSource';
import { stampMeaning } from '../../../src/common/profile/time/stampMeaning';
import { recordsOf } from './readLine';

const location = { source: sourceId('x.log'), line: lineNumber(1), byteStart: byteOffset(0), byteEnd: byteOffset(0) };

/** [duration in ns, start or end, time] of the one record of a text. */
function read(record: object | string) {
  const text = typeof record === 'string' ? record : JSON.stringify(record);
  const profile = profileSource({ sample: `${text}\n`, sourceName: 'orders.log', complete: true });
  const [found] = compileReader(profile).read(text, location);
  assert.ok(found);
  const { duration, timeIs, time } = found.record;
  return { duration, timeIs, time: time && new Date(Number(time.at / 1_000_000n)).toISOString() };
}

const ids = { traceId: '4bf92f3577b34da6a3ce929d0e0e4736', spanId: '00f067aa0ba902b7' };
const at = '2026-03-02T10:15:00.000Z';
const atMs = Date.parse(at);

describe('a record with the stamps of its start and its end', () => {
  const pairs: Record<string, object> = {
    OTLP: { ...ids, startTimeUnixNano: `${atMs}000000`, endTimeUnixNano: `${atMs + 8}400000` },
    Langfuse: { ...ids, startTime: at, endTime: '2026-03-02T10:15:00.0084Z' },
    LangSmith: { start_time: atMs, end_time: '2026-03-02T10:15:00.0084Z', run_type: 'chain' },
    'OpenAI Agents': { started_at: '2026-03-02T10:15:00+00:00', ended_at: '2026-03-02T10:15:00.0084+00:00' },
    Seq: { '@t': '2026-03-02T10:15:00.0084Z', '@st': at, '@mt': 'x' },
    SerilogTracing: { Timestamp: '2026-03-02T10:15:00.0084Z', SpanStartTimestamp: at, MessageTemplate: 'x' },
    ECS: { '@timestamp': '2026-03-02T10:15:01Z', event: { start: at, end: '2026-03-02T10:15:00.0084Z' } },
    'a span in an object': { span: { startTime: at, endTime: '2026-03-02T10:15:00.0084Z' } },
    'a job that logs when it is done': {
      time: '2026-03-02T10:15:00.009Z',
      msg: 'job done',
      started_at: at,
      finished_at: '2026-03-02T10:15:00.0084Z',
    },
  };
  for (const [name, record] of Object.entries(pairs)) {
    it(name, () => assert.deepEqual(read(record), { duration: 8_400_000, timeIs: 'start', time: at }));
  }

  it('is not one whose stamps are of something else', () => {
    const other: Record<string, object> = {
      'a timetable': { time: at, msg: 'train', startTime: '2013-05-04 07:00:00', endTime: '2013-05-04 19:59:52' },
      'a query': { ts: at, msg: 'q', start: '2026-03-02T09:15:00Z', end: at },
      'an end before its start': { time: at, startTime: at, endTime: '2026-03-02T10:14:00Z' },
      'numbers that are no times': { time: at, start: 17, end: 42 },
      'two objects': { time: at, a: { startTime: at }, b: { endTime: '2026-03-02T10:15:01Z' } },
    };
    for (const [name, record] of Object.entries(other))
      assert.deepEqual([read(record).duration, read(record).time], [null, at], name);
  });

  it('keeps the duration that it states', () => {
    assert.equal(read({ startTime: at, endTime: '2026-03-02T10:15:09Z', duration_ms: 8 }).duration, 8_000_000);
  });
});

describe('a duration without a unit', () => {
  const level = { level: 'info' };
  const written: [string, object | string, number | null, 'start' | 'end'][] = [
    ['zap', { ...level, ts: 1772446500.123, caller: 'a/b.go:12', msg: 'done', duration: 0.0084 }, 8_400_000, 'end'],
    [
      'Caddy',
      { ...level, ts: 1772446500.123, logger: 'http.log.access', msg: 'handled request', duration: 2 },
      2e9,
      'end',
    ],
    [
      'zap with a duration as text',
      { ...level, ts: 1772446500.1, caller: 'a.go:1', msg: 'x', duration: '8.4ms' },
      8_400_000,
      'end',
    ],
    ['zerolog', { ...level, duration: 8.4, time: at, message: 'done' }, 8_400_000, 'end'],
    ['slog', { time: at, level: 'INFO', msg: 'done', duration: 8400000 }, 8_400_000, 'end'],
    ['slog, a fraction', { time: at, level: 'INFO', msg: 'done', duration: 8.4 }, null, 'end'],
    [
      'Sidekiq',
      { ts: at, tid: 'abc', lvl: 'INFO', msg: 'done', ctx: { jid: 'b4a577edbccf1d805744efa9', elapsed: 8.4 } },
      8.4e9,
      'end',
    ],
    [
      'Sidekiq at the top',
      { ts: at, tid: 'abc', msg: 'done', jid: 'b4a577edbccf1d805744efa9', elapsed: 8.4 },
      8.4e9,
      'end',
    ],
    ['Serilog', { '@t': at, '@mt': 'done in {Elapsed}', Elapsed: 8.4 }, 8_400_000, 'end'],
    [
      'lograge',
      'method=GET path=/ format=html controller=Home action=index status=200 duration=8.4 view=1.0',
      8_400_000,
      'end',
    ],
    ['Istio', { start_time: at, duration: 8, response_flags: '-', response_code: 200 }, 8_000_000, 'start'],
    ['nginx', { time_local: at, request_time: '0.0084', status: 200 }, 8_400_000, 'end'],
    ['Traefik', { time: at, Duration: 8400000, DownstreamStatus: 200 }, 8_400_000, 'end'],
    [
      'Application Insights',
      { timestamp: at, itemType: 'request', operation_Id: ids.traceId, duration: 8.4 },
      8_400_000,
      'start',
    ],
    [
      'Zipkin',
      { traceId: ids.traceId, id: ids.spanId, timestamp: atMs * 1000, duration: 8400, kind: 'SERVER' },
      8_400_000,
      'start',
    ],
    [
      'Jaeger',
      { traceID: ids.traceId, spanID: ids.spanId, startTime: atMs * 1000, duration: 8400 },
      8_400_000,
      'start',
    ],
    [
      'Datadog',
      `{"trace_id":"1234567890123456789","span_id":"123456789012345678","start":${atMs}000000,"duration":8400000}`,
      8_400_000,
      'start',
    ],
    [
      'IIS',
      { date: '2026-03-02', time: '10:15:00', 'sc-status': 200, 'sc-win32-status': 0, 'time-taken': 8 },
      8_000_000,
      'end',
    ],
    [
      'CloudFront',
      { date: '2026-03-02', time: '10:15:00', 'x-edge-location': 'FRA', 'time-taken': 0.008 },
      8_000_000,
      'end',
    ],
    ['nobody known', { time: at, level: 'info', msg: 'done', duration: 8400 }, null, 'end'],
    ['nobody known, with a trace', { time: at, traceId: ids.traceId, duration: 8400 }, null, 'end'],
  ];
  for (const [name, record, duration, timeIs] of written) {
    it(`of ${name}`, () => {
      const found = read(record);
      assert.deepEqual([found.duration, found.timeIs], [duration, timeIs]);
    });
  }
});

describe('what a stamp means', () => {
  it('is told by the format, or by the name of its field', () => {
    const meanings = [
      ['envoyLog', undefined],
      ['haproxyLog', 'timestamp'],
      ['json', 'startTimeUnixNano'],
      ['albLog', 'request_creation_time'],
      ['accessLog', 'timestamp'],
      ['albLog', 'time'],
      ['json', '@timestamp'],
    ].map(([format, field]) => stampMeaning(format ?? '', field === undefined ? [] : [field]));
    assert.deepEqual(meanings, ['start', 'start', 'start', 'start', 'end', 'end', 'end']);
  });

  it('is read off an audit record as a time', () => {
    const line = 'type=USER_LOGIN msg=audit(1772446500.123:456): pid=29 uid=0 auid=1000 ses=14';
    assert.equal(read(line).time, '2026-03-02T10:15:00.123Z');
  });
});

describe('a date among the words of a message', () => {
  it('is not the day of the stamp before it', () => {
    const inner = '10:15:00.123 INFO Booking [find][date: 2021-07-14, seats: 2]';
    const [record] = recordsOf(
      `${JSON.stringify({ log: `${inner}\n`, stream: 'stdout', time: '2026-03-02T10:15:00.124Z' })}\n`,
    );
    assert.equal(
      record?.time && new Date(Number(record.time.at / 1_000_000n)).toISOString(),
      '2026-03-02T10:15:00.124Z',
    );
  });
});

describe('spans whose stamps count from zero', () => {
  const spans = [
    { traceID: 'made-up-1', spanID: 's1', operationName: 'GET /a', startTime: 0, duration: 1000, processID: 'p1' },
    { traceID: 'made-up-1', spanID: 's2', operationName: 'GET /b', startTime: 209, duration: 100, processID: 'p1' },
  ];
  const processes = { p1: { serviceName: 'shop' } };
  const readSpans = (all: unknown[]) =>
    recordsOf(JSON.stringify({ data: [{ traceID: 'made-up-1', spans: all, processes }] })).map(
      ({ time, duration, timeIs }) => [time && Number(time.at), duration, timeIs],
    );

  it('are in the unit of their document', () => {
    assert.deepEqual(readSpans(spans), [
      [0, 1_000_000, 'start'],
      [209_000, 100_000, 'start'],
    ]);
  });

  it('are no stamps beside one since the epoch', () => {
    const [, second] = readSpans([{ ...spans[0], startTime: 1_772_446_500_000_000 }, spans[1]]);
    assert.equal(second?.[0], null);
  });
});
