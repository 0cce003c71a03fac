import assert from 'node:assert/strict';
import { byteOffset, lineNumber, sourceId } from '../../../src/common/model/units';
import { compileReader } from '../../../src/common/profile/compileReader';
import { profileSource } from '../../../src/common/profile/profileSource';
import { assembleTrace } from '../../../src/common/trace/assembleTrace';
import { correlationId } from '../trace/traceOf';

const location = { source: sourceId('x.log'), line: lineNumber(1), byteStart: byteOffset(0), byteEnd: byteOffset(0) };
const trace = '5b8efff798038103d269b633813fc60c';

/** The steps of one trace of spans, below a first one called Planner, each a line of JSON. */
function stepsOf(spans: readonly object[]) {
  const lines = spans.map((fields, index) =>
    JSON.stringify({
      trace_id: trace,
      span_id: `00000000000000a${index}`,
      parent_span_id: index === 0 ? null : '00000000000000a0',
      start_time: new Date(Date.UTC(2026, 2, 2, 10, 0, index)).toISOString(),
      end_time: new Date(Date.UTC(2026, 2, 2, 10, 0, index === 0 ? 9 : index + 1)).toISOString(),
      ...fields,
    }),
  );
  const reader = compileReader(profileSource({ sample: lines.join('\n'), sourceName: 'x.jsonl', complete: true }));
  const records = lines.flatMap(line => reader.read(line, location).map(({ record }) => record));
  return assembleTrace({ correlationId, records });
}
const named = (spans: readonly object[]) => stepsOf(spans).steps.map(({ stepType, kind }) => `${stepType} ${kind}`);

describe('spans of agents', () => {
  it('are called by their name, and are of the kind that a field beside it says', () => {
    for (const [field, agent, llm, tool] of [
      ['gen_ai.operation.name', 'invoke_agent', 'generate_content', 'execute_tool'],
      ['openinference.span.kind', 'AGENT', 'LLM', 'TOOL'],
      ['traceloop.span.kind', 'workflow', 'llm', 'tool'],
      ['mlflow.spanType', 'AGENT', 'CHAT_MODEL', 'TOOL'],
      ['run_type', 'agent', 'llm', 'tool'],
      ['observation_type', 'AGENT', 'GENERATION', 'TOOL'],
      ['span_data.type', 'agent', 'response', 'function'],
    ] as const)
      assert.deepEqual(
        named([
          { name: 'Planner', [field]: agent },
          { name: 'gpt-large', [field]: llm },
          { name: 'search', [field]: tool },
          { name: 'GET /health' },
        ]),
        ['Planner agent', 'gpt-large llm', 'search tool', 'GET /health plumbing'],
        field,
      );
  });

  it('without a name are called by their kind', () => {
    assert.deepEqual(named([{ run_type: 'chain' }, { run_type: 'llm' }]), ['chain work', 'llm llm']);
  });

  it('keep the name where a step type is stated on some of them only', () => {
    assert.deepEqual(named([{ name: 'a', step_type: 'Plan' }, { name: 'b' }]), ['Plan work', 'b work']);
  });

  it('add up what their makers call tokens', () => {
    for (const use of [
      { 'llm.token_count.prompt': 70, 'llm.token_count.completion': 30 },
      { 'llm.token_count.prompt': 70, 'llm.token_count.completion': 30, 'llm.token_count.total': 100 },
      { usage: { input: 70, output: 30, total: 100 } },
      { usage: { input: 70, output: 30 } },
      { 'ai.usage.promptTokens': 70, 'ai.usage.completionTokens': 30 },
    ])
      assert.equal(stepsOf([{ name: 'a' }, { name: 'b', ...use }]).usage?.tokens, 100, JSON.stringify(use));
  });

  it('are not grouped by the name of a function', () => {
    const fields = { 'ai.operationId': 'ai.generateText' };
    assert.deepEqual(named([{ name: 'a' }, { name: 'ai.generateText', ...fields }]), ['a work', 'ai.generateText llm']);
    const notes = stepsOf([{ name: 'a' }, { name: 'ai.generateText', ...fields }]).notes;
    assert.deepEqual(notes, []);
  });
});
