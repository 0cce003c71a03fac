import assert from 'node:assert/strict';
import { kindOfName } from '../../../src/common/trace/records/stepKind';

describe('The kind of a step', () => {
  for (const [name, kind] of [
    ['LLM Inference', 'llm'],
    ['chat gpt-large', 'llm'],
    ['POST /v1/chat/completions', 'llm'],
    ['POST /chat', 'work'],
    ['GET /rooms/7/chat/members', 'work'],
    ['generate_content', 'llm'],
    ['ai.streamText', 'llm'],
    ['ai.embed', 'retrieval'],
    ['ai.toolCall', 'tool'],
    ['Tool: LLM search', 'tool'],
    ['Observability: LLM', 'observability'],
    ['constructor', 'work'],
    [null, 'work'],
  ] as const)
    it(`${name} → ${kind}`, () => assert.equal(kindOfName(name), kind));
});
