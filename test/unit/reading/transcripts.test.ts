import assert from 'node:assert/strict';
import { byteOffset, lineNumber, sourceId } from '../../../src/common/model/units';
import { compileReader } from '../../../src/common/profile/compileReader';
import { profileSource } from '../../../src/common/profile/profileSource';
import { assembleTrace } from '../../../src/common/trace/assembleTrace';
import { correlationId } from '../trace/traceOf';

const location = { source: sourceId('x.log'), line: lineNumber(1), byteStart: byteOffset(0), byteEnd: byteOffset(0) };

function recordsOf(objects: readonly object[]) {
  const lines = objects.map(object => JSON.stringify(object));
  const reader = compileReader(profileSource({ sample: lines.join('\n'), sourceName: 'talk.jsonl', complete: true }));
  return lines.flatMap((line, index) =>
    reader.read(line, { ...location, line: lineNumber(index + 1) }).map(({ record }) => record),
  );
}

/** `step kind, duration bound duration in seconds, outcome` of each step of a talk. */
function stepsOf(objects: readonly object[]): string[] {
  const trace = assembleTrace({ correlationId, records: recordsOf(objects) });
  return trace.steps.map(({ stepType, kind, duration, bound }) => {
    return `${stepType} ${kind} ${bound} ${Number(duration) / 1e9}`;
  });
}

const session = '7d0cb6a2-93e1-4c47-8a55-0f1f35b1c9d4';
const at = (seconds: number) => new Date(Date.UTC(2026, 2, 2, 10, 0, seconds)).toISOString();
/** A line as agents for code keep it. */
const kept = (index: number, seconds: number, role: string, content: unknown) => ({
  uuid: `a000000${index}-1111-4222-8333-444455556666`,
  parentUuid: index === 0 ? null : `a000000${index - 1}-1111-4222-8333-444455556666`,
  sessionId: session,
  type: role,
  timestamp: at(seconds),
  message: { role, content },
});
const talk = [
  kept(0, 0, 'user', 'Why has the build failed?'),
  kept(1, 4, 'assistant', [
    { type: 'text', text: 'Let me see.' },
    { type: 'tool_use', id: 'toolu_01Ab9Xy', name: 'Grep', input: { pattern: 'x' } },
  ]),
  kept(2, 5, 'user', [{ type: 'tool_result', tool_use_id: 'toolu_01Ab9Xy', content: 'no such file', is_error: true }]),
  kept(3, 9, 'assistant', [{ type: 'text', text: 'A file is missing.' }]),
];

describe('transcripts of talks with a model', () => {
  it('are steps of user, model and the tool that was called, each bounded by the one before', () => {
    const [user, ...others] = stepsOf(talk);
    assert.match(user ?? '', /^user work/);
    assert.deepEqual(others, ['assistant llm atMost 4', 'Grep tool atMost 1', 'assistant llm atMost 4']);
  });

  it('say what was said and called, and that a tool failed; what a person says fails nothing', () => {
    const records = recordsOf(talk);
    assert.deepEqual(
      records.map(({ message }) => message),
      ['Why has the build failed?', 'Let me see.\n→ Grep', 'no such file', 'A file is missing.'],
    );
    assert.deepEqual(
      records.map(({ outcome }) => outcome),
      [null, null, 'failed', null],
    );
  });

  it('are read as well where no message names the one before', () => {
    const chat = { conversation_id: 'conv_8a7be21f' };
    const lines = [
      { ts: at(0), ...chat, role: 'user', content: 'weather?' },
      {
        ts: at(2),
        ...chat,
        role: 'assistant',
        tool_calls: [{ id: 'call_9f2c1', type: 'function', function: { name: 'get_weather', arguments: '{}' } }],
      },
      { ts: at(3), ...chat, role: 'tool', tool_call_id: 'call_9f2c1', content: 'sunny' },
      { ts: at(5), ...chat, role: 'assistant', content: 'It is sunny.' },
    ];
    assert.deepEqual(stepsOf(lines).slice(1), [
      'assistant llm atMost 2',
      'get_weather tool atMost 1',
      'assistant llm atMost 2',
    ]);
  });

  it('are read item by item: calls, results and reasoning have no role', () => {
    const chat = { conversation_id: 'conv_8a7be21f' };
    const item = (second: number, payload: object) => ({
      timestamp: at(second),
      ...chat,
      type: 'response_item',
      payload,
    });
    const talk = [
      item(0, { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Why?' }] }),
      item(3, {
        type: 'reasoning',
        summary: [{ type: 'summary_text', text: 'Let me see' }],
        encrypted_content: 'gAAA',
      }),
      item(4, { type: 'function_call', name: 'shell', arguments: '{}', call_id: 'call_7XaQm2Tz' }),
      item(9, { type: 'function_call_output', call_id: 'call_7XaQm2Tz', output: 'no such file' }),
      item(12, { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'Gone.' }] }),
    ];
    assert.deepEqual(stepsOf(talk).slice(1), [
      'assistant llm atLeast 1',
      'shell tool atMost 5',
      'assistant llm atMost 3',
    ]);
    assert.deepEqual(
      recordsOf(talk).map(({ message, toolCallId }) => `${message} ${toolCallId}`),
      ['Why? null', 'Let me see null', '→ shell null', 'no such file call_7XaQm2Tz', 'Gone. null'],
    );
    const [own] = recordsOf([{ ts: at(0), request_id: 'r-77ab01cd', type: 'function_call', msg: 'called' }]);
    assert.equal(own?.stepType, null);
  });

  it('are not seen in the role of a person', () => {
    const [record] = recordsOf([{ ts: at(0), request_id: 'r-77ab01cd', role: 'admin', content: 'x', msg: 'deleted' }]);
    assert.equal(record?.stepType, null);
    const [plain] = recordsOf([{ ts: at(0), request_id: 'r-77ab01cd', role: 'user', msg: 'logged in' }]);
    assert.equal(plain?.stepType, null);
  });
});
