import type { LogRecord } from '../../model/logRecord';
import type { StepKind } from '../../model/trace';
import { plainName } from '../../profile/fieldNames';

/** Operation names of OpenTelemetry's semantic conventions for generative AI (`gen_ai.operation.name`). */
const operations: Record<string, StepKind> = {
  chat: 'llm',
  text_completion: 'llm',
  generate_content: 'llm',
  embeddings: 'retrieval',
  retrieval: 'retrieval',
  execute_tool: 'tool',
  invoke_agent: 'agent',
  create_agent: 'agent',
  invoke_workflow: 'agent',
};

/** Words of a step's name, the first that fits wins: "Tool: LLM search" is a tool, "Observability: LLM" is none. */
const words: [RegExp, StepKind][] = [
  [/\b(observability|audit|telemetry|metrics?|monitoring)\b/, 'observability'],
  [/\b(tools?|function[ _-]?call)\b/, 'tool'],
  [/\b(llm|inference|assistant|chat|completions?|generation|gpt|prompt|(generate|stream) (text|object))\b/, 'llm'],
  [/\b(retriev(al|e|er)|embed(dings?)?|rerank|vector|rag)\b/, 'retrieval'],
  [/\bcontext\b/, 'context'],
  [/\bagent\b/, 'agent'],
  [/\b(queue|publish|enqueue|dequeue|ack|heartbeat|health|middleware|serialize|auth)\b/, 'plumbing'],
];

/**
 * Kinds of spans as the makers of agents and their observers write them: OpenInference, MLflow, Traceloop, runs of LangSmith,
 * observations of Langfuse, spans of the OpenAI Agents SDK. `chain`, `task`, `span` and `custom` say nothing.
 */
const spanKinds: Record<string, StepKind> = {
  ...operations,
  llm: 'llm',
  chat_model: 'llm',
  generation: 'llm',
  response: 'llm',
  tool: 'tool',
  function: 'tool',
  mcp_tools: 'tool',
  agent: 'agent',
  handoff: 'agent',
  workflow: 'agent',
  retriever: 'retrieval',
  reranker: 'retrieval',
  embedding: 'retrieval',
  evaluator: 'observability',
  guardrail: 'plumbing',
  prompt: 'plumbing',
  parser: 'plumbing',
};

const kindNames =
  /(?:genaioperationname|openinferencespankind|traceloopspankind|mlflowspantype|runtype|observationtype|spandatatype)$/;
const toolNames = /genaitoolname$/;

/** Whether a field of such a name may say what kind of step it is. */
export const namesKind = (name: string): boolean => {
  const plain = plainName(name);
  return kindNames.test(plain) || toolNames.test(plain);
};

/** What sort of work a record's fields say its step is; `null` where it has none that does. */
export function statedKind({ attributes }: LogRecord): StepKind | null {
  let tool = false;
  for (const { name, value } of attributes) {
    const plain = plainName(name);
    if (kindNames.test(plain)) {
      const kind = kindOf(value);
      if (kind !== null) return kind;
    } else if (toolNames.test(plain) && value !== '') tool = true;
  }
  return tool ? 'tool' : null;
}

function kindOf(word: string): StepKind | null {
  const key = word.toLowerCase();
  return Object.hasOwn(spanKinds, key) ? spanKinds[key]! : null;
}

/** What sort of work the name of a step says that it is. */
export function kindOfName(stepType: string | null): StepKind {
  const operation = stepType === null ? undefined : Object.hasOwn(operations, stepType) && operations[stepType];
  if (operation) return operation;
  const name = (stepType ?? '')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll(/[_.:/-]+/g, ' ')
    .toLowerCase()
    // People chat with each other, too.
    .replace(/^((?:get|post|put|patch|delete) .*)\bchat\b(?! completions?)/, '$1');
  return words.find(([pattern]) => pattern.test(name))?.[1] ?? 'work';
}

/** Side work whose end or failure says nothing of the request's own. */
export const isPlumbing = (kind: StepKind): boolean => kind === 'plumbing' || kind === 'observability';
