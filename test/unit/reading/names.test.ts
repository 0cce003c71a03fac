import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isIdKey, knownName } from '../../../src/common/profile/fieldNames';
import { outcomeOf, phaseOfMessage, phaseOfValue } from '../../../src/common/profile/phase';
import { severityOf } from '../../../src/common/profile/severity';

const roles: [string, string | null][] = [
  ...[
    'correlationId',
    'correlation_id',
    'X-Correlation-ID',
    'CorrelationID',
    'correlation.id',
    'contextMap.correlationId',
    'mdc.correlation_id',
    'message.context.correlationId',
    'traceId',
    '@tr',
    'dd.trace_id',
    'trace.id',
    'traceparent',
    'requestId',
    'Scopes.2.RequestId',
    'req.id',
    'operation_Id',
    'ConversationId',
    'NServiceBus.ConversationId',
    'jid',
    'workflowId',
    'logging.googleapis.com/trace',
    'headers.x-request-id',
  ].map((name): [string, string] => [name, 'correlationId']),
  ...['stepId', 'step_id', 'context.stepId', 'span_id', '@sp', 'span.id', 'Scopes.0.SpanId', 'run_id'].map(
    (name): [string, string] => [name, 'stepId'],
  ),
  ...[
    'previousStepId',
    'previous_step_id',
    'previousStepIds',
    'context.previousStepId',
    'causationId',
    'parentSpanId',
    '@ps',
    'parent_id',
    'Properties.ParentSpanId',
    'parent_run_id',
    'NServiceBus.RelatedTo',
    'previous.stepId',
    'parent.span_id',
    'previousStepId.0.stepId',
    'previousStepIds.1.id',
    'context.previous_step_ids.0.step_id',
    'links.0.spanId',
  ].map((name): [string, string] => [name, 'previousStepId']),
  ...['messageId', 'message-id', 'message.id', 'messaging.message.id'].map((name): [string, string] => [
    name,
    'messageId',
  ]),
  ['tool_call_id', 'toolCallId'],
  ['stepType', 'stepType'],
  ['service', 'service'],
  ['service.name', 'service'],
  ['kubernetes.container_name', 'service'],
  ['userId', 'userId'],
  ['user.id', 'userId'],
  ['usr.id', 'userId'],
  ['sessionId', 'sessionId'],
  ['session.id', 'sessionId'],
  ['entityId', 'entityId'],
  ['organizationId', 'organizationId'],
  ['tenant_id', 'organizationId'],
  ['orgID', 'organizationId'],
  ['@timestamp', 'timestamp'],
  ['ts', 'timestamp'],
  ['@t', 'timestamp'],
  ['timeUnixNano', 'timestamp'],
  ['t.$date', 'timestamp'],
  ...[
    'durationMicros',
    'durationNanos',
    'duration_nanos',
    'durationSec',
    'duration_sec',
    'durationInMs',
    'duration_in_millis',
    'processing_ms',
    'time_ms',
    'tookNanos',
    'duration.seconds',
    'duration.nanos',
  ].map((name): [string, string] => [name, 'duration']),
  ['duration_ms', 'duration'],
  ['event.duration', 'duration'],
  ['responseTime', 'duration'],
  ['msg', 'message'],
  ['@m', 'message'],
  ['level', 'severity'],
  ['log.level', 'severity'],
  ['@l', 'severity'],
  ['caller', 'codeLocation'],
  ['code.filepath', 'codeLocation'],
  ['gen_ai.usage.total_tokens', 'tokens'],
  ['attempt', 'attempt'],
  ['queue', 'queue'],
  ['event', 'phase'],
  ['status', 'status'],
  ['err.stack', 'exception'],
  // False friends, and names that say nothing where they stand.
  ...[
    'ConnectionId',
    'clientId',
    'processId',
    'id',
    'uuid',
    'name',
    'trace_flags',
    'trace_sampled',
    'idempotencyKey',
    'order.name',
    'payload.answer.status',
    'links.0.traceId',
    'user.agent',
    'x',
  ].map((name): [string, null] => [name, null]),
];

describe('field names', () => {
  for (const [name, role] of roles)
    it(`${name} is ${role ?? 'nothing'}`, () => assert.equal(knownName(name)?.role ?? null, role));

  it('have a precedence', () => {
    const order = [
      'ConversationId',
      'correlationId',
      'traceId',
      'traceparent',
      'rootId',
      'requestId',
      'workflowId',
      'jid',
    ];
    const ranks = order.map(name => knownName(name)?.rank ?? -1);
    assert.deepEqual(
      ranks,
      [...ranks].sort((a, b) => a - b),
    );
    assert.equal(new Set(ranks).size, ranks.length);
  });

  it('say what a pointer means', () => {
    const meanings = [
      'previousStepId',
      'causationId',
      'RelatedTo',
      'parentSpanId',
      'parentId',
      'links.0.spanId',
      'parent.id',
    ];
    assert.deepEqual(
      meanings.map(name => knownName(name)?.meaning),
      ['follows', 'follows', 'follows', 'encloses', 'either', 'follows', 'either'],
    );
  });

  it('tell ID keys from other keys', () => {
    for (const key of ['TraceID', 'orderId', 'order_id', 'Session ID', 'X-Request-Id', 'uuid', 'id'])
      assert.ok(isIdKey(key), key);
    for (const key of ['url', 'paid', 'grid', 'valid', 'color', 'message']) assert.ok(!isIdKey(key), key);
  });

  it('throw at nothing', () => {
    fc.assert(fc.property(fc.string(), name => void [knownName(name), isIdKey(name)]));
    for (const name of ['__proto__', 'constructor', 'toString', 'a.__proto__.b']) assert.equal(knownName(name), null);
  });
});

describe('the phase of a message', () => {
  const messages: [string, string, string | null][] = [
    ['LLM step started', 'start', null],
    ['Starting context management', 'start', null],
    ['Executing tool', 'start', null],
    ['Tool execution completed', 'end', 'ok'],
    ['Agent execution finished', 'end', 'ok'],
    ['Tool execution failed', 'end', 'failed'],
    ['Step failed: connection refused', 'end', 'failed'],
    ['Tool call failed after 30s', 'end', 'failed'],
    ['LLM step completed with errors', 'end', 'failed'],
    ['Completed 200 OK', 'end', 'ok'],
    ['API request received', 'progress', null],
    ['Publishing execution message', 'progress', null],
    ['Published step started event', 'progress', null],
    ['Message enqueued', 'progress', null],
    ['Tool call failed, retrying in 5s', 'progress', null],
    ['failed to parse header', 'progress', null],
    ['Request not completed', 'progress', null],
    ['Waiting until step finished', 'progress', null],
    ['Timeout occurred', 'progress', 'failed'],
    ['Calling external API', 'progress', null],
    ['About to start the tool', 'progress', null],
    ['Reply to the user finished', 'end', 'ok'],
    ['Ctx begin', 'start', null],
    ['Begin context management', 'start', null],
    ['LLM step begins', 'start', null],
    ['LLM step begun', 'start', null],
    ['LLM step ended', 'end', 'ok'],
    ['LLM step ends', 'end', 'ok'],
    ['LLM step end', 'end', 'ok'],
    ['LLM step start', 'start', null],
    ['start', 'start', null],
    ['LLM end, took 8.4s', 'end', 'ok'],
    ['LLM end took 8.4s stepId=s1', 'end', 'ok'],
    ['LLM start stepId=s1', 'start', null],
    ['start the engine', 'progress', null],
    ['Calling the front end', 'progress', null],
    ['end user logged in', 'progress', null],
    [
      'correlationId=C stepId=s1 previousStepId=s0 stepType="Tool call failed" service=API host=h thread=t-1 queue=q attempt=1 sessionId=x entityId=e orgId=o, userId=u-42 Ctx completed',
      'end',
      'ok',
    ],
    [
      'correlationId: C stepId: s1 parentId: s0 userId: u1 sessionId: x entityId: e orgId: o Ctx started',
      'start',
      null,
    ],
    ['Ctx completed retryCount=0', 'end', 'ok'],
    ['Ctx completed status=failed', 'end', 'failed'],
    ['Calling external API timeout=30', 'progress', null],
    ['', 'progress', null],
  ];
  for (const [text, phase, outcome] of messages) {
    it(`${JSON.stringify(text)} is ${phase}`, () =>
      assert.deepEqual([phaseOfMessage(text).phase, phaseOfMessage(text).outcome], [phase, outcome]));
  }
  it('ends with more verbs where a time was taken', () => {
    assert.equal(phaseOfMessage('Request processed successfully in 147 ms', true).phase, 'end');
    assert.equal(phaseOfMessage('Request processed successfully').phase, 'progress');
  });
});

describe('the phase of an event field', () => {
  const values: [string, string | null][] = [
    ['start', 'start'],
    ['started', 'start'],
    ['step.start', 'start'],
    ['LLM_STARTED', 'start'],
    ['StepStarted', 'start'],
    ['RetrievalStartEvent', 'start'],
    ['LLMChatEndEvent', 'end'],
    ['Event', null],
    ['begin', 'start'],
    ['received', 'start'],
    ['end', 'end'],
    ['step.completed', 'end'],
    ['done', 'end'],
    ['failed', 'end'],
    ['tool-execution-finished', 'end'],
    ['published', 'progress'],
    ['retry', 'progress'],
    ['user-login', null],
    ['INFO', null],
    ['', null],
  ];
  for (const [value, phase] of values)
    it(`${value} is ${phase}`, () => assert.equal(phaseOfValue(value)?.phase ?? null, phase));
});

describe('outcomes and severities', () => {
  it('outcomes', () => {
    const cases: [string, string, string | null][] = [
      ['status', 'failed', 'failed'],
      ['status', 'ok', 'ok'],
      ['status', '200', 'ok'],
      ['statuscode', '503', 'failed'],
      ['status', '404', 'ok'],
      ['success', 'true', 'ok'],
      ['success', 'false', 'failed'],
      ['outcome', 'failure', 'failed'],
      ['status', 'timeout', 'failed'],
      ['status', 'pending', null],
      ['status', 'blue', null],
    ];
    for (const [name, value, outcome] of cases) assert.equal(outcomeOf(name, value), outcome, `${name}=${value}`);
  });
  it('severities', () => {
    const cases: [string, string, string | null][] = [
      ['level', 'INFO', 'info'],
      ['level', 'wrn', 'warn'],
      ['level', '30', 'info'],
      ['level', '60', 'fatal'],
      ['severitynumber', '17', 'error'],
      ['priority', '3', 'error'],
      ['level', 'SEVERE', 'error'],
      ['l', 'Information', 'info'],
      ['level', '3', null],
      ['level', 'blue', null],
      ['level', '17', 'error'],
      ['level', '9', 'info'],
      ['level', '35', 'info'],
    ];
    for (const [name, value, severity] of cases) assert.equal(severityOf(name, value), severity, `${name}=${value}`);
  });
  it('throw at no text', () => {
    fc.assert(
      fc.property(
        fc.string(),
        text => void [phaseOfMessage(text), phaseOfValue(text), outcomeOf('status', text), severityOf('level', text)],
      ),
    );
  });
});
