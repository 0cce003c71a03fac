import assert from 'node:assert/strict';
import { assembleTrace } from '../../../src/common/trace/assembleTrace';
import { attribute, idsOf, pretty, readDocument } from './jsonDocument';

const at = (seconds: number) => new Date(Date.UTC(2026, 2, 2, 10, 15, 0) + seconds * 1000).toISOString();

const event = (id: number, seconds: number, type: string, attributes: object = {}) => ({
  eventId: String(id),
  eventTime: at(seconds),
  eventType: `EVENT_TYPE_${type}`,
  taskId: String(1_048_600 + id),
  [`${type.toLowerCase().replace(/_(.)/g, (_, letter: string) => letter.toUpperCase())}EventAttributes`]: attributes,
});

const workflow = {
  events: [
    event(1, 0, 'WORKFLOW_EXECUTION_STARTED', {
      workflowType: { name: 'OrderWorkflow' },
      workflowId: 'order-7781',
      originalExecutionRunId: '0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d',
      parentWorkflowExecution: { workflowId: 'cart-3310', runId: '1a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d' },
    }),
    event(2, 0, 'WORKFLOW_TASK_SCHEDULED', { taskQueue: { name: 'orders' } }),
    event(3, 0.01, 'WORKFLOW_TASK_STARTED', { scheduledEventId: '2', requestId: 'req-11111111-aaaa' }),
    event(4, 0.02, 'WORKFLOW_TASK_COMPLETED', { scheduledEventId: '2', startedEventId: '3' }),
    event(5, 0.02, 'ACTIVITY_TASK_SCHEDULED', { activityType: { name: 'Charge' }, workflowTaskCompletedEventId: '4' }),
    event(6, 0.02, 'TIMER_STARTED', { timerId: '6', workflowTaskCompletedEventId: '4' }),
    event(7, 1.02, 'ACTIVITY_TASK_STARTED', { scheduledEventId: '5', attempt: 2 }),
    event(8, 3.02, 'ACTIVITY_TASK_FAILED', { scheduledEventId: '5', failure: { message: 'card declined' } }),
    event(9, 3.02, 'WORKFLOW_TASK_SCHEDULED', {}),
    event(10, 3.03, 'WORKFLOW_TASK_TIMED_OUT', { scheduledEventId: '9', startedEventId: '0' }),
    event(11, 3.05, 'WORKFLOW_EXECUTION_FAILED', { workflowTaskCompletedEventId: '10' }),
  ],
};

const steps = (text: string) => {
  const { records } = readDocument(text);
  const trace = assembleTrace({ correlationId: 'x', records });
  const named = (key: string) => trace.steps.find(step => step.key === key)?.stepType ?? key;
  return trace.steps.map(({ stepType, start, duration, status, depth, previousSteps }) => {
    const links = previousSteps.map(({ key, meaning }) => `${meaning} ${named(key)}`).join(', ');
    const from = (Number(start ?? 0) - Number(trace.steps[0]?.start ?? 0)) / 1e9;
    return `${depth} ${stepType} ${from}+${duration === null ? '?' : Number(duration) / 1e9} ${status} < ${links}`;
  });
};

describe('the history of a workflow', () => {
  const expected = [
    '0 OrderWorkflow 0+3.05 failed < ',
    '1 workflow task 0.01+0.01 ok < encloses OrderWorkflow',
    '1 timer 0+? unknown < follows workflow task, encloses OrderWorkflow',
    '1 Charge 1.02+2 failed < follows workflow task, encloses OrderWorkflow',
    '1 workflow task 3.02+0.01 failed < follows Charge, encloses OrderWorkflow',
  ];

  it('has a step for all events that name the one which scheduled it, within the workflow', () => {
    assert.deepEqual(steps(pretty(workflow)), expected);
    assert.deepEqual(steps(workflow.events.map(line => `${JSON.stringify(line)}\n`).join('')), expected);
  });

  it('belongs to the workflow that its first event names, not to its parent nor to the polls of its server', () => {
    const { records, profile } = readDocument(pretty(workflow));
    assert.equal(profile.sourceGroup?.id, 'order-7781');
    assert.deepEqual(new Set(idsOf(records.slice(1))), new Set(['order-7781']));
    assert.equal(records[6]?.attempt, 2);
    assert.equal(records[1]?.queue, 'orders');
    assert.match(records[7]?.message ?? '', /FAILED: card declined$/);
  });
});

describe('the history of a state machine', () => {
  const passed = (id: number, before: number, seconds: number, type: string, name?: string) => ({
    timestamp: at(seconds),
    type,
    id,
    previousEventId: before,
    ...(name ? { [`state${type.endsWith('Exited') ? 'Exited' : 'Entered'}EventDetails`]: { name, input: '{}' } } : {}),
  });
  const machine = {
    events: [
      passed(1, 0, 0, 'ExecutionStarted'),
      passed(2, 0, 0.1, 'TaskStateEntered', 'Reserve'),
      passed(3, 2, 0.2, 'LambdaFunctionStarted'),
      passed(4, 3, 1, 'LambdaFunctionSucceeded'),
      passed(5, 4, 1.1, 'TaskStateExited', 'Reserve'),
      passed(6, 5, 1.1, 'ParallelStateEntered', 'Both'),
      passed(7, 6, 1.1, 'ParallelStateStarted'),
      passed(8, 7, 1.2, 'TaskStateEntered', 'Charge'),
      passed(9, 7, 1.2, 'TaskStateEntered', 'Mail'),
      passed(10, 9, 1.3, 'TaskSucceeded'),
      passed(11, 10, 1.4, 'TaskStateExited', 'Mail'),
      passed(12, 8, 3.9, 'TaskFailed'),
      passed(13, 12, 3.9, 'ParallelStateFailed'),
      passed(14, 13, 4, 'ExecutionFailed'),
    ],
  };

  it('has a step for each state, after the one that was left and within the branch that it is in', () => {
    assert.deepEqual(
      steps(pretty(machine)).map(step => step.replace(/^(\d) null/, '$1 execution')),
      [
        '0 execution 0+4 failed < ',
        '1 Reserve 0.1+1 ok < encloses 1',
        '1 Both 1.1+2.8 failed < follows Reserve, encloses 1',
        '2 Charge 1.2+2.7 failed < encloses Both',
        '2 Mail 1.2+0.2 ok < encloses Both',
      ],
    );
  });

  it('keeps what its events say themselves', () => {
    const { records, textOf } = readDocument(pretty(machine));
    assert.equal(attribute(records[5], 'id'), '6');
    assert.equal(attribute(records[6], 'previousEventId (as logged)'), '6');
    assert.equal(JSON.parse(textOf(records[6]!)).previousEventId, 6);
  });
});
