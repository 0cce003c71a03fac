import assert from 'node:assert/strict';
import type { FieldRole } from '../../../src/common/model/fieldRole';
import type { LogRecord } from '../../../src/common/model/logRecord';
import { byteOffset, lineNumber, sourceId } from '../../../src/common/model/units';
import { compileReader } from '../../../src/common/profile/compileReader';
import { knownName } from '../../../src/common/profile/fieldNames';
import { joinKey, spellingsOf } from '../../../src/common/profile/ids';
import { profileSource } from '../../../src/common/profile/profileSource';
import { serviceFromName, serviceOfPod } from '../../../src/common/profile/sourceName';

/** Ecosystems of field-names §1.1 and §1.2: what their fields are called, nested ones joined by dots, and what they mean. */
const ecosystems: Record<string, Partial<Record<FieldRole, string>>> = {
  'OTLP logs': {
    correlationId: 'traceId',
    stepId: 'spanId',
    message: 'body.stringValue',
    severity: 'severityText severityNumber',
    timestamp: 'timeUnixNano observedTimeUnixNano',
    service: 'resource.service.name',
  },
  'OTLP traces': { previousStepId: 'parentSpanId', timestamp: 'startTimeUnixNano' },
  'OTel in other logs': { correlationId: 'trace_id', stepId: 'span_id' },
  'OTel conventions': {
    correlationId:
      'messaging.message.conversation_id faas.invocation_id aws.request_id azure.service.request.id jsonrpc.request.id cicd.pipeline.run.id',
    stepId: 'cicd.pipeline.task.run.id',
    messageId: 'messaging.message.id log.record.uid',
    sessionId: 'session.id gen_ai.conversation.id',
    toolCallId: 'gen_ai.tool.call.id',
    stepType: 'messaging.operation.name messaging.operation.type http.route gen_ai.operation.name code.function.name',
    service: 'service.name',
    host: 'service.instance.id',
    userId: 'user.id enduser.id',
    codeLocation: 'code.file.path code.line.number code.filepath code.lineno code.function',
    queue: 'messaging.destination.name',
  },
  'W3C Trace Context': { correlationId: 'traceparent' },
  'Elastic ECS': {
    correlationId: 'trace.id http.request.id labels.correlation_id',
    stepId: 'span.id transaction.id event.id',
    previousStepId: 'parent.id',
    service: 'service.name',
    severity: 'log.level',
    timestamp: '@timestamp event.start',
    duration: 'event.duration',
    userId: 'user.id',
    organizationId: 'organization.id',
    codeLocation: 'log.origin.file.name log.origin.file.line log.origin.function',
  },
  'Serilog CLEF': {
    correlationId: '@tr',
    stepId: '@sp',
    previousStepId: '@ps',
    severity: '@l',
    timestamp: '@t',
    message: '@m @mt',
    service: '@ra Application',
    exception: '@x',
  },
  'Serilog classic': {
    correlationId: 'TraceId Properties.CorrelationId',
    stepId: 'SpanId',
    previousStepId: 'Properties.ParentSpanId',
    severity: 'Level',
    timestamp: 'Timestamp SpanStartTimestamp',
    message: 'RenderedMessage MessageTemplate',
  },
  'ASP.NET console': {
    correlationId: 'Scopes.0.TraceId Scopes.1.RequestId',
    stepId: 'Scopes.0.SpanId',
    previousStepId: 'Scopes.0.ParentId',
    severity: 'LogLevel',
    logger: 'Category',
  },
  'Azure App Insights': {
    correlationId: 'operation_Id OperationId',
    previousStepId: 'operation_ParentId ParentId',
    stepType: 'operation_Name',
    service: 'cloud_RoleName AppRoleName',
    severity: 'severityLevel',
    timestamp: 'timestamp TimeGenerated',
    duration: 'duration DurationMs',
    userId: 'user_Id user_AuthenticatedId user_AccountId',
    sessionId: 'session_Id',
  },
  AWS: {
    correlationId:
      'X-Amzn-Trace-Id requestId @requestId @xrayTraceId xray_trace_id correlation_id function_request_id RequestId',
    stepId: '@xraySegmentId',
    timestamp: '@timestamp',
    duration: '@duration',
    organizationId: 'tenant_id',
  },
  GCP: {
    correlationId: 'logging.googleapis.com/trace trace logging.googleapis.com/operation.id',
    stepId: 'logging.googleapis.com/spanId',
    messageId: 'insertId',
    duration: 'httpRequest.latency',
    message: 'textPayload jsonPayload.message',
    codeLocation: 'sourceLocation.file sourceLocation.line sourceLocation.function',
  },
  Spring: {
    correlationId: 'traceId X-B3-TraceId',
    stepId: 'spanId X-B3-SpanId',
    previousStepId: 'X-B3-ParentSpanId',
    service: 'spring.application.name',
  },
  'logback and log4j2': {
    correlationId:
      'contextMap.correlationId mdc.requestId labels.trace_id thread_context.traceId context.correlation_id ctx.request_id',
    logger: 'loggerName logger_name',
    thread: 'thread_name threadName',
    timestamp: 'instant.epochSecond instant.nanoOfSecond',
    codeLocation: 'source.file source.line source.method line_number',
  },
  'Node.js': {
    correlationId: 'req.id reqId req_id trace_id',
    stepId: 'span_id',
    duration: 'responseTime',
    message: 'msg',
    severity: 'level',
    timestamp: 'time',
    codeLocation: 'src.file src.line src.func',
  },
  Go: {
    timestamp: 'ts T',
    severity: 'L',
    message: 'M',
    codeLocation: 'caller source.function source.file source.line',
    logger: 'logger',
  },
  Python: {
    correlationId: 'correlation_id root_id',
    stepId: 'celery_current_id task_id',
    previousStepId: 'celery_parent_id',
    stepType: 'task',
  },
  Proxies: {
    correlationId:
      'request_id x-request-id x-client-trace-id http_x_request_id http_traceparent unique_id X-Unique-ID Kong-Request-ID',
    stepId: 'x-b3-spanid',
    previousStepId: 'x-b3-parentspanid',
    duration: 'request_time latencies.request',
  },
  Sidekiq: { correlationId: 'jid ctx.jid', thread: 'tid', stepType: 'class', duration: 'elapsed' },
  Airflow: { correlationId: 'dag_run_id', stepId: 'task_id' },
  Temporal: {
    correlationId: 'workflowId WorkflowID',
    stepType: 'activityType ActivityType',
    queue: 'taskQueue TaskQueue',
  },
  Datadog: { correlationId: 'dd.trace_id', stepId: 'dd.span_id', service: 'dd.service', userId: 'usr.id' },
  'New Relic': { correlationId: 'trace.id', stepId: 'span.id', duration: 'duration.ms', service: 'entity.name' },
  Zipkin: { correlationId: 'traceId', previousStepId: 'parentId', service: 'localEndpoint.serviceName' },
  Jaeger: {
    correlationId: 'traceID',
    stepId: 'spanID',
    previousStepId: 'references.0.spanID',
    stepType: 'operationName',
    service: 'process.serviceName',
    timestamp: 'startTime',
  },
  LangSmith: {
    correlationId: 'trace_id dotted_order',
    stepId: 'run_id',
    previousStepId: 'parent_run_id',
    stepType: 'run_type',
    timestamp: 'start_time',
  },
  Langfuse: { previousStepId: 'parentObservationId', userId: 'userId', sessionId: 'sessionId' },
  'OpenAI Agents': {
    correlationId: 'trace_id',
    previousStepId: 'parent_id',
    stepType: 'span_data.type',
    timestamp: 'started_at',
  },
  'systemd journal': {
    correlationId: 'CORRELATION_ID REQUEST_ID',
    service: 'SYSLOG_IDENTIFIER _SYSTEMD_UNIT',
    severity: 'PRIORITY',
    message: 'MESSAGE',
    host: '_HOSTNAME',
    timestamp: '__REALTIME_TIMESTAMP',
    codeLocation: 'CODE_FILE CODE_LINE CODE_FUNC',
  },
  'Log stores': { service: 'service_name', severity: 'level detected_level', message: '_msg', timestamp: '_time' },
  ClickHouse: {
    correlationId: 'TraceId LogAttributes.correlation_id',
    previousStepId: 'ParentSpanId',
    stepType: 'SpanName',
    service: 'ServiceName',
    severity: 'SeverityText',
    message: 'Body',
  },
  CloudEvents: { correlationId: 'correlationid', previousStepId: 'causationid' },
  NServiceBus: {
    correlationId: 'NServiceBus.ConversationId',
    messageId: 'NServiceBus.MessageId',
    previousStepId: 'NServiceBus.RelatedTo',
    timestamp: 'NServiceBus.TimeSent',
  },
  MassTransit: {
    correlationId: 'ConversationId MT-ConversationId',
    messageId: 'MessageId',
    previousStepId: 'InitiatorId MT-InitiatorId',
  },
  'AMQP and Service Bus': {
    messageId: 'message-id messageId',
    correlationId: 'correlation-id CorrelationId Diagnostic-Id',
    queue: 'routing_key',
  },
  Kafka: { correlationId: 'headers.traceparent', queue: 'topic' },
};

describe('known names', () => {
  for (const [ecosystem, roles] of Object.entries(ecosystems)) {
    it(`tell the roles of ${ecosystem}`, () => {
      const told = Object.fromEntries(
        Object.entries(roles).map(([role, names]) => [
          role,
          names
            .split(' ')
            .map(name => (knownName(name)?.role === role ? name : `${name} (${knownName(name)?.role ?? 'none'})`))
            .join(' '),
        ]),
      );
      assert.deepEqual(told, roles);
    });
  }
});

describe('names that end with a known one', () => {
  it('have its role, behind every name that is known as a whole', () => {
    for (const [name, role] of [
      ['invapptracingrequestid', 'correlationId'],
      ['myapp_trace_id', 'correlationId'],
      ['http.server.request_id', 'correlationId'],
      ['labels.com_acme_correlation_id', 'correlationId'],
      ['upstreamSpanId', 'stepId'],
      ['acme_parent_span_id', 'previousStepId'],
      ['parent_trace_id', undefined],
      ['last_request_id', undefined],
      ['_SYSTEMD_INVOCATION_ID', undefined],
      ['MESSAGE_ID', undefined],
      ['record.elapsed.seconds', undefined],
      ['elapsed.seconds', 'duration'],
      ['request.host', undefined],
      ['host', 'host'],
    ] as const)
      assert.equal(knownName(name)?.role, role, name);
    assert.ok((knownName('myapp_trace_id')?.rank ?? 0) > (knownName('request_id')?.rank ?? 99));
  });
});

const location = { source: sourceId('x.log'), line: lineNumber(1), byteStart: byteOffset(0), byteEnd: byteOffset(0) };

function readObjects(objects: object[]): LogRecord[] {
  const lines = objects.map(object => JSON.stringify(object));
  const profile = profileSource({ sample: lines.join('\n'), sourceName: 'x.jsonl', complete: true });
  const reader = compileReader(profile);
  return lines.flatMap(line => reader.read(line, location).map(({ record }) => record));
}
const ids = ({ correlationIds }: LogRecord) => correlationIds.map(({ id }) => id);
const causes = ({ previous }: LogRecord) => previous.map(({ id }) => id);

describe('roles in company', () => {
  it('take a correlation-id that names another message for what is answered', () => {
    const [ask, answer] = readObjects([
      { msg: 'sent', 'message-id': 'm-0000001' },
      { msg: 'sent', 'message-id': 'm-0000002', 'correlation-id': 'm-0000001' },
      { msg: 'sent', 'message-id': 'm-0000003', 'correlation-id': 'm-0000002' },
    ]);
    assert.ok(ask && answer);
    assert.deepEqual([ids(answer), answer.stepId, causes(answer)], [[], 'm-0000002', ['m-0000001']]);
    assert.deepEqual([ask.stepId, causes(ask)], ['m-0000001', []]);
  });

  it('take one that several messages share for their group', () => {
    const records = readObjects(
      ['m-1000001', 'm-1000002', 'm-1000003', 'm-1000004'].map(id => ({
        'message-id': id,
        'correlation-id': 'm-1000001',
      })),
    );
    assert.deepEqual(records.map(ids), Array(4).fill(['m-1000001']));
  });

  it('take a conversation before the correlation that matches replies', () => {
    const [record] = readObjects([
      {
        'NServiceBus.MessageId': 'a0000001',
        'NServiceBus.CorrelationId': 'a0000000',
        'NServiceBus.ConversationId': 'c0000001',
        'NServiceBus.RelatedTo': 'a0000009',
      },
    ]);
    assert.ok(record);
    assert.deepEqual([ids(record), record.stepId, causes(record)], [['c0000001'], 'a0000001', ['a0000009']]);
  });

  it('take the activities of a workflow for its steps', () => {
    const [record] = readObjects([
      {
        workflowId: 'order-17',
        runId: 'b4d2a5e0-77aa-4c1c-9d55-6a1b2c3d4e5f',
        activityId: 'act-000003',
        msg: 'charge',
      },
    ]);
    assert.ok(record);
    assert.deepEqual([ids(record)[0], record.stepId], ['order-17', 'act-000003']);
  });

  it('take a run for the whole where the workflow’s ID is a mere name, or several runs share it', () => {
    const run = (workflowId: string, ...runIds: string[]) =>
      readObjects(runIds.map(runId => ({ workflowId, runId, msg: 'x' }))).map(record => ids(record)[0]);
    assert.deepEqual(run('checkout', 'run_77aa01-1'), ['run_77aa01-1']);
    assert.deepEqual(run('flow-17', 'run_77aa01-1', 'run_77aa01-2'), ['run_77aa01-1', 'run_77aa01-2']);
  });

  it('follow the events of an execution (AWS Step Functions), each called by its sort where none has words', () => {
    const event = (id: number, type: string) => ({
      id: String(id),
      type,
      previous_event_id: String(id - 1),
      event_timestamp: String(1_772_446_515_000 + 1000 * id),
      execution_arn: 'arn:aws:states:eu-west-1:123456789012:execution:Order:7d1f9b60',
    });
    const records = readObjects([
      event(1, 'ExecutionStarted'),
      event(2, 'TaskStateEntered'),
      event(3, 'TaskStateExited'),
    ]);
    assert.deepEqual(
      records.map(({ stepId, message }) => [stepId, message]),
      [
        ['1', 'ExecutionStarted'],
        ['2', 'TaskStateEntered'],
        ['3', 'TaskStateExited'],
      ],
    );
    assert.deepEqual(records.map(causes), [[], ['1'], ['2']]);
    assert.deepEqual(new Set(records.flatMap(ids)).size, 1);
  });

  it('find the trace in what has its shape, by whatever name', () => {
    const group = '7d2c3b4a5f6e7d8c9b0a1f2e3d4c5b6a';
    const records = readObjects(
      ['1', '2'].map(digit => ({ id: `00-${group}-b7ad6b716920333${digit}-01`, msg: 'called' })),
    );
    assert.deepEqual(records.map(ids), [[group], [group]]);
    assert.deepEqual(readObjects([{ id: 'b7ad6b7169203331', msg: 'called' }]).map(ids), [[]]);
  });

  it('take short names for a request only with what is clearly an ID', () => {
    const [own, other] = readObjects([
      { req: '3f9a1c2b77de', corr: '0.93', msg: 'called' },
      { req: 'GET /cart', corr: 'ORD-2026-000117', msg: 'called' },
    ]);
    assert.ok(own && other);
    assert.deepEqual([ids(own), ids(other)], [['3f9a1c2b77de'], ['ORD-2026-000117']]);
  });

  it('find root and parent in the path of a run', () => {
    const [root, parent, own] = [1, 2, 3].map(digit => `1b64098b-4ab7-43f6-afee-99230${digit}f198d8`);
    const order = [root, parent, own].map((id, at) => `20260302T10000012345${at}Z${id}`).join('.');
    const [record] = readObjects([{ name: 'call', run_id: own, dotted_order: order }]);
    assert.ok(record);
    assert.deepEqual([ids(record), record.stepId, causes(record)], [[root], own, [parent]]);
  });

  it('let a task or run group where nothing else does', () => {
    const run = 'manual__2026-03-02';
    assert.deepEqual(readObjects([{ run_id: run, msg: 'x' }]).map(ids), [[run]]);
    assert.deepEqual(readObjects([{ run_id: run, parent_run_id: 'r-0000001', msg: 'x' }]).map(ids), [[]]);
    assert.deepEqual(readObjects([{ run_id: run, trace_id: 't-7000001', msg: 'x' }]).map(ids), [['t-7000001']]);
  });

  it('let a session group only where nothing stronger does, and never from deep inside another object', () => {
    const session = 's-8f3a77c1';
    assert.deepEqual(readObjects([{ session_id: session, msg: 'x' }]).map(ids), [[session]]);
    assert.deepEqual(
      readObjects([
        { session_id: session, msg: 'x' },
        { session_id: session, request_id: 'r-77ab01cd', msg: 'y' },
      ]).map(ids),
      [[], ['r-77ab01cd']],
    );
    assert.deepEqual(readObjects([{ storage: { session: { id: session } }, msg: 'x' }]).map(ids), [[]]);
    assert.deepEqual(readObjects([{ session_id: 'BAh7CSIKZmxhc2hJQzonQWN0aW9uQ29udHJvbGxlcjo6', msg: 'x' }]).map(ids), [
      [],
    ]);
    assert.deepEqual(readObjects([{ ses: '4294967295', msg: 'x' }]).map(ids), [[]]);
  });
});

describe('IDs of sixteen bytes in base64', () => {
  it('are the same as in hex', () => {
    const hex = '5b8efff798038103d269b633813fc60c';
    const base64 = Buffer.from(hex, 'hex').toString('base64');
    assert.equal(joinKey(base64), hex);
    assert.ok(spellingsOf(hex).includes(base64));
  });
});

describe('the service', () => {
  it('is told by paths and names of container runtimes', () => {
    const digest = '0123456789abcdef'.repeat(4);
    for (const [path, service] of [
      ['/var/log/pods/shop_orders-7d9f8c6b5-x2x4z_3c1a2b3c-0000-4000-a000-0123456789ab/orders/0.log', 'orders'],
      ['/var/log/pods/shop_billing-7d9f8c6b5-x2x4z_3c1a2b3c-0000-4000-a000-0123456789ab/app/0.log', 'billing'],
      [`/var/log/containers/orders-7d9f8c6b5-x2x4z_shop_istio-proxy-${digest}.log`, 'istio-proxy'],
      [`/var/log/containers/kafka-0_infra_server-${digest}.log`, 'kafka'],
      [`/var/lib/docker/containers/${digest}/${digest}-json.log`, null],
      ['logs/dag_id=etl/run_id=manual__2026-03-02/task_id=load/attempt=1.log', 'etl.load'],
      ['logs/dag_id=etl/processor.log', 'etl'],
      ['orders-7d9f8c6b5-x2x4z.log', 'orders'],
      ['order-service.log', 'order-service'],
    ] as const)
      assert.equal(serviceFromName(path), service, path);
  });

  it('is that of the pod where no field names it', () => {
    for (const [pod, service] of [
      ['orders-7d9f8c6b5-x2x4z', 'orders'],
      ['kube-proxy-lhxgd', 'kube-proxy'],
      ['kafka-0', 'kafka'],
      ['report-28467360-7zkdn', 'report'],
      ['web', 'web'],
    ] as const)
      assert.equal(serviceOfPod(pod), service);
    const [record] = readObjects([{ kubernetes: { pod_name: 'orders-7d9f8c6b5-x2x4z' }, msg: 'x' }]);
    assert.deepEqual([record?.service, record?.host], ['orders', 'orders-7d9f8c6b5-x2x4z']);
    const [named] = readObjects([{ kubernetes: { pod_name: 'a-0', container_name: 'ledger' }, msg: 'x' }]);
    assert.equal(named?.service, 'ledger');
    const [anyName] = readObjects([{ kubernetes: { pod_name: 'a-0', container_name: 'server' }, msg: 'x' }]);
    assert.equal(anyName?.service, 'a');
  });
});
