import assert from 'node:assert/strict';
import { stepLabel } from '../../../src/common/trace/stepLabel';

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
