import assert from 'node:assert/strict';
import { recordsOf } from './readLine';

const id = 'c0a8012e-4f3b-4d1a-9e77-5b2f8c6d1a90';

/** One step message as languages print it. */
const printed: Record<string, string> = {
  'Kotlin and Lombok': `StepMessage(stepType=LLM Inference, context=Context(correlationId=${id}, stepId=s-2, previousStepId=s-1, userId=u-42), input=hello)`,
  'a record of Java': `StepMessage[stepType=LLM Inference, context=Context[correlationId=${id}, stepId=s-2, previousStepId=s-1, userId=u-42], input=hello]`,
  'a record of C#': `StepMessage { StepType = LLM Inference, Context = Context { CorrelationId = ${id}, StepId = s-2, PreviousStepId = s-1, UserId = u-42 }, Input = hello }`,
  'a data class of Python': `StepMessage(step_type='LLM Inference', context=Context(correlation_id='${id}', step_id='s-2', previous_step_id='s-1', user_id='u-42'), input='hello')`,
  'Rust’s debug form': `StepMessage { step_type: "LLM Inference", context: Context { correlation_id: "${id}", step_id: "s-2", previous_step_id: Some("s-1"), user_id: "u-42" }, input: "hello" }`,
  'Go’s %+v': `{StepType:LLM Inference Context:{CorrelationID:${id} StepID:s-2 PreviousStepID:s-1 UserID:u-42} Input:hello}`,
  'an object of JavaScript': `{ stepType: 'LLM Inference', context: { correlationId: '${id}', stepId: 's-2', previousStepId: 's-1', userId: 'u-42' }, input: 'hello' }`,
  'a hash of Ruby': `{:step_type=>"LLM Inference", :context=>{:correlation_id=>"${id}", :step_id=>"s-2", :previous_step_id=>"s-1", :user_id=>"u-42"}, :input=>"hello"}`,
};

describe('an object in a line, printed by its language', () => {
  for (const [language, object] of Object.entries(printed))
    it(`${language}: all of it is read, to the right ends`, () => {
      const [record] = recordsOf(`2026-03-02T10:00:00.000Z INFO [llm] c.a.Worker - step started ${object}\n`);
      assert.ok(record);
      const { correlationIds, stepId, previous, stepType, userId, input } = record;
      assert.deepEqual(
        [correlationIds.map(({ id }) => id), stepId, previous.map(({ id }) => id), stepType, userId, input],
        [[id], 's-2', ['s-1'], 'LLM Inference', 'u-42', 'hello'],
      );
    });

  it('without a previous step has none', () => {
    for (const nothing of ['None', 'null', 'nil', 'Optional.empty', '""', '<nil>', '']) {
      const [record] = recordsOf(
        `2026-03-02T10:00:00.000Z INFO start Context(correlationId=${id}, previousStepId=${nothing}, stepId=s-2)\n`,
      );
      assert.deepEqual([record?.stepId, record?.previous], ['s-2', []], nothing);
    }
    const [struct] = recordsOf(`2026/03/02 10:00:00 start {CorrelationID:${id} PreviousStepID: StepID:s-2}\n`);
    assert.deepEqual([struct?.stepId, struct?.previous], ['s-2', []]);
  });

  it('within objects far too deep ends somewhere', () => {
    const deep = `${'a=A('.repeat(3000)}correlationId=${id}${')'.repeat(3000)}`;
    assert.equal(recordsOf(`2026-03-02T10:00:00.000Z INFO go A(${deep})\n`).length, 1);
    assert.equal(recordsOf(`2026-03-02T10:00:00.000Z INFO go {A:${'{A:x B:'.repeat(1000)}\n`).length, 1);
  });
});

it('an element of a program’s own is a record with the words in it', () => {
  const line = (step: string) =>
    `<log time="2026-03-02T10:00:00Z" level="INFO"><context correlationId="${id}" stepId="${step}"/><message>plan made</message></log>\n`;
  const records = recordsOf(line('s-1') + line('s-2'));
  assert.deepEqual(
    records.map(({ format, message, stepId }) => [format, message, stepId]),
    [
      ['xml', 'plan made', 's-1'],
      ['xml', 'plan made', 's-2'],
    ],
  );
});
