import assert from 'node:assert/strict';
import type { FieldRole } from '../../../src/common/model/fieldRole';
import { knownName } from '../../../src/common/profile/fieldNames';

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
