import assert from 'node:assert/strict';
import { assembleTrace } from '../../../src/common/trace/assembleTrace';
import { pretty, readDocument } from './jsonDocument';
import { recordsOf } from './readLine';

const json = (...objects: object[]) => recordsOf(objects.map(object => `${JSON.stringify(object)}\n`).join(''));
const ids = ['cb5c7427-2e05-4b2f-ac7a-14f43e7d1bfb', '1b5c7427-2e05-4b2f-ac7a-14f43e7d1bfb'];
const at = (second: number) => new Date(Date.UTC(2026, 2, 2, 10, 15, second)).toISOString();
const idOf = (record: { correlationIds: { id: string }[] } | undefined) => record?.correlationIds[0]?.id;

describe('what clouds and their tools export', () => {
  it("Lambda's lines have their request's ID, whatever it begins with, also within events", () => {
    const lines = ids.map(id => `${at(0)}\t${id}\tERROR\tOrder failed`);
    for (const [index, record] of recordsOf(`${lines.join('\n')}\n`).entries()) {
      assert.deepEqual([idOf(record), record.severity, record.message], [ids[index], 'error', 'Order failed']);
    }
    const events = lines.map((line, index) => ({
      logStreamName: '2026/03/02/[$LATEST]a1b2c3d4e5f60718a1b2c3d4e5f60718',
      timestamp: Date.parse(at(index)),
      message: `${line}\n`,
    }));
    assert.deepEqual(readDocument(pretty({ events })).records.map(idOf), ids);
  });

  it("the log group's last part is the service", () => {
    const table = [
      '@timestamp,@message,@log',
      ...ids.map(id => `2026-03-02 10:15:00.000,START RequestId: ${id},1234:/aws/lambda/orders`),
    ];
    assert.deepEqual(
      recordsOf(`${table.join('\n')}\n`).map(({ service }) => service),
      ['orders', 'orders'],
    );
  });

  it("Google Cloud's own logs of requests have the stamp of their arrival", () => {
    const of = (logName: string) =>
      json({
        insertId: 'a1',
        logName,
        timestamp: at(0),
        trace: `projects/p/traces/${ids[0]!.replaceAll('-', '')}`,
        httpRequest: { requestMethod: 'GET', requestUrl: 'https://x/', status: 200, latency: '2.4s' },
      })[0];
    assert.equal(of('projects/p/logs/run.googleapis.com%2Frequests')?.timeIs, 'start');
    assert.equal(of('projects/p/logs/requests')?.timeIs, 'start');
    assert.equal(of('projects/p/logs/stdout')?.timeIs, 'end');
  });

  it("Splunk's results hold the raw line", () => {
    const [record] = json({
      preview: false,
      result: {
        _raw: `2026-03-02 10:15:00,123 ERROR [http-1] c.s.Orders - failed correlationId=${ids[0]}`,
        _time: at(0),
      },
    });
    assert.deepEqual([idOf(record), record?.severity, record?.logger], [ids[0], 'error', 'c.s.Orders']);
  });

  it("Datadog's status is a level", () => {
    const events = ['info', 'error'].map((status, index) => ({
      id: `AQ${index}`,
      attributes: {
        timestamp: at(index),
        status,
        service: 'orders',
        message: 'x',
        attributes: { dd: { trace_id: '648546719004834298' } },
      },
    }));
    const severities = readDocument(pretty({ data: events })).records.map(({ severity }) => severity);
    assert.deepEqual(severities, ['info', 'error']);
    assert.equal(json({ ts: at(0), trace_id: ids[0], status: 'error' })[0]?.severity, null);
  });

  it("API Gateway's and Envoy's access logs have a name, an outcome and how long it took", () => {
    const [gateway] = json({
      requestId: ids[0],
      requestTimeEpoch: Date.parse(at(0)),
      httpMethod: 'POST',
      resourcePath: '/orders',
      status: '500',
      responseLatency: '120',
    });
    assert.deepEqual(
      [gateway?.message, gateway?.outcome, Number(gateway?.duration)],
      ['POST /orders', 'failed', 120_000_000],
    );
    const [envoy] = json({
      start_time: at(0),
      method: 'POST',
      path: '/orders',
      response_code: 503,
      duration: 90,
      request_id: ids[0],
    });
    assert.deepEqual([envoy?.stepType, envoy?.outcome], ['POST /orders', 'failed']);
  });

  it("rows beside their columns are records (Azure Monitor), as are pairs of fields and values (CloudWatch's queries)", () => {
    const columns = [
      'timestamp',
      'id',
      'operation_Id',
      'operation_ParentId',
      'operation_Name',
      'name',
      'duration',
      'message',
    ];
    const group = ids[0]!.replaceAll('-', '');
    const rows = [
      [at(0), 'a1b2c3d4e5f60710', group, '', 'POST Orders', 'POST Orders', 12.5, null],
      [at(0), 'a1b2c3d4e5f60711', group, 'a1b2c3d4e5f60710', 'POST Orders', 'SQL: shop', 9, null],
      [at(1), '', group, 'a1b2c3d4e5f60710', 'POST Orders', '', null, 'stored'],
    ];
    const document = {
      tables: [{ name: 'PrimaryResult', columns: columns.map(name => ({ name, type: 'string' })), rows }],
    };
    const { records, read } = readDocument(pretty(document));
    assert.deepEqual(
      records.map(({ stepId, stepType, message, previous }) => [stepId, stepType, message, previous[0]?.id]),
      [
        ['a1b2c3d4e5f60710', 'POST Orders', 'POST Orders', undefined],
        ['a1b2c3d4e5f60711', 'SQL: shop', 'SQL: shop', 'a1b2c3d4e5f60710'],
        [null, 'POST Orders', 'stored', 'a1b2c3d4e5f60710'],
      ],
    );
    const [first] = read;
    const field = first?.fields.find(({ name }) => name === 'operation_Id');
    assert.equal(field?.value, group);

    const results = ids.map(id => [
      { field: '@timestamp', value: '2026-03-02 10:15:00.000' },
      { field: '@message', value: `${at(0)}\t${id}\tINFO\tworking` },
      { field: '@log', value: '1234:/aws/lambda/orders' },
    ]);
    assert.deepEqual(
      readDocument(pretty({ results, status: 'Complete' })).records.map(record => [
        idOf(record),
        record.message,
        record.service,
      ]),
      ids.map(id => [id, 'working', 'orders']),
    );
    assert.equal(
      readDocument(
        pretty({
          time: at(0),
          msg: 'x',
          points: [
            [1, 2],
            [3, 4],
          ],
          columns: ['a', 'b'],
        }),
      ).records.length,
      1,
    );
  });

  it('rows of spans are called by what they are spans of', () => {
    const row = (n: number) =>
      `${at(n)},a1b2c3d4e5f6071${n},${ids[0]!.replaceAll('-', '')},${n > 0 ? 'a1b2c3d4e5f60710' : ''},POST Orders,12.5`;
    const rows = ['timestamp,id,operation_Id,operation_ParentId,name,duration', ...[0, 1, 2].map(row)];
    assert.equal(recordsOf(`${rows.join('\n')}\n`)[0]?.message, 'POST Orders');
  });
});

describe('workers, models and agents', () => {
  it("all lines of Celery's task are one step", () => {
    const lines = ids.flatMap(id => [
      `[2026-03-02 10:15:00,000: INFO/MainProcess] Task shop.charge[${id}] received`,
      `[2026-03-02 10:15:00,015: INFO/ForkPoolWorker-1] shop.charge[${id}]: charging card`,
      `[2026-03-02 10:15:02,000: INFO/ForkPoolWorker-1] Task shop.charge[${id}] succeeded in 1.9s: 'ok'`,
    ]);
    const records = recordsOf(`${lines.join('\n')}\n`);
    assert.deepEqual(
      records.map(idOf),
      ids.flatMap(id => [id, id, id]),
    );
    const { steps } = assembleTrace({ correlationId: ids[0]!, records: records.slice(0, 3) });
    assert.deepEqual(
      steps.map(({ stepType, status, records }) => `${stepType} ${status} ${records.length}`),
      ['shop.charge ok 3'],
    );
  });

  it('Sidekiq says `fail` alone', () => {
    const of = (word: string) =>
      recordsOf(`${at(0)} pid=42 tid=ots class=Mail jid=a1b2c3d4e5f6071829304a5b elapsed=0.9 INFO: ${word}\n`)[0]
        ?.outcome;
    assert.deepEqual([of('done'), of('fail')], ['ok', 'failed']);
  });

  it('requests that are counted within a session are grouped by it', () => {
    const session = { mcp_session_id: ids[0] };
    const records = json(
      { ts: at(0), msg: 'session initialized', ...session },
      { ts: at(1), msg: 'tools/call received', requestId: '1', ...session },
      { ts: at(2), msg: 'tools/call received', requestId: '2', ...session },
    );
    assert.deepEqual(records.map(idOf), [ids[0], ids[0], ids[0]]);
  });

  it("a graph's nodes are the steps of its run", () => {
    const event = (second: number, node: string, name: string) => ({
      timestamp: at(second),
      event: name,
      langgraph_node: node,
      run_id: ids[0],
      logger: 'graph',
    });
    const records = json(
      event(0, 'planner', 'on_chain_start'),
      event(2, 'planner', 'on_chain_end'),
      event(2, 'tools', 'on_tool_start'),
      event(3, 'tools', 'on_tool_end'),
    );
    const { steps } = assembleTrace({ correlationId: ids[0]!, records });
    assert.deepEqual(
      steps.map(({ stepType, duration }) => `${stepType} ${Number(duration) / 1e9}`),
      ['planner 2', 'tools 1'],
    );
  });

  it('a day and time without a year count behind a level, too', () => {
    const [record] = recordsOf(
      'INFO 03-02 10:15:00 engine.py:211] Added request chatcmpl-f341e07a83f73f16dbf4a8b2b0c4312d.\n',
    );
    assert.equal(record?.time?.dateAssumed, true);
    assert.match(record?.message ?? '', /^Added request/);
  });

  it('what another service says of a step before its first attempt is no attempt that failed', () => {
    const message = { correlationId: ids[0], messageId: ids[1] };
    const records = json(
      { timestamp: at(0), service: 'orders', event: 'message.published', ...message },
      { timestamp: at(1), service: 'billing', event: 'message.consumed', ...message },
      { timestamp: at(3), service: 'billing', event: 'message.processed', durationMs: 2000, ...message },
      {
        timestamp: at(3),
        service: 'mail',
        event: 'message.consumed',
        correlationId: ids[0],
        messageId: 'm-77ab01cd',
        causationId: ids[1],
        durationMs: 5,
      },
    );
    assert.equal(assembleTrace({ correlationId: ids[0]!, records }).status, 'ok');
  });
});
