import assert from 'node:assert/strict';
import { stepLabel } from '../../../src/common/trace/steps/stepLabel';

const label = (message: string) => stepLabel({ stepType: null, stepId: null, key: '~1' }, message);

describe('The name of a step that has no type', () => {
  it('is what it logged first, without the IDs that every line begins with', () => {
    assert.equal(
      label('TraceID: 4bf92f3577b34da6a3ce929d0e0e4736 SpanID: 00f067aa0ba902b7 begin booking'),
      'begin booking',
    );
    assert.equal(label('trace_id=4bf92f35-77b3-4da6-a3ce-929d0e0e4736 | payment refused'), 'payment refused');
  });

  it('is what stands behind pairs that bars end', () => {
    assert.equal(label('step_id=s-1|previous_step_id=-|user=bob|StepMessage Plan started'), 'StepMessage Plan started');
    assert.equal(label('step=a | user=b | c=d'), 'c=d');
    assert.equal(label('rate=5 of 7|a'), 'rate=5 of 7|a');
  });

  it('leaves out IDs that are named anywhere, and pairs that go on to the end', () => {
    assert.equal(label('BEGIN RequestId: 6f3d9a12-1111-4222-8333-abcdefabcdef Version: 7'), 'BEGIN Version: 7');
    assert.equal(label('Received OrderPlaced msg.id=8a1b2c3d attempt="1 of 3"'), 'Received OrderPlaced');
    assert.equal(label('slow query, took=0.9, trace=4bf92f3577b34da6a3ce929d0e0e4736'), 'slow query');
  });

  it('leaves out the object that was handed over, as the program prints it', () => {
    for (const object of [
      'ctx={"correlationId":"c-1","stepId":"s-1"}',
      '{:correlation_id=>"c-1", :step_id=>"s-1"}',
      'StepMessage(stepType=LLM, context=Context(stepId=s-1))',
      'Context { step_id: "s-1", previous: None }',
      '{"step_id":"s-1"} []',
      '{StepType:LLM Context:{StepID:s-1}}',
    ]) {
      assert.equal(label(`search started ${object}`), 'search started');
      assert.equal(label(`search started: ${object}`), 'search started');
    }
    for (const message of ['{"a":1}', 'render (fast)', 'f(x=1) + 2', 'sum [1, 2]'])
      assert.equal(label(message), message);
  });

  it('keeps pairs that are part of what is said', () => {
    for (const message of [
      'rows=1 cached=no',
      'select a where id=5',
      'set x=1 y=2 for you',
      'GET /a?x=1&y=2 status=200',
    ])
      assert.equal(label(message), message);
  });

  it('is all of that where nothing else is said, or what begins it is no ID', () => {
    for (const message of [
      'TraceID: 4bf92f3577b34da6a3ce929d0e0e4736',
      'status: accepted by the gate',
      'order: 12345 packed',
      'accepted the order',
    ])
      assert.equal(label(message), message);
  });
});
