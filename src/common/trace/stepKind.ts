import type { LogRecord } from '../model/logRecord';
import type { StepKind } from '../model/trace';

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
  [/\b(llm|inference|chat|completions?|generation|gpt|prompt)\b/, 'llm'],
  [/\b(retriev(al|e|er)|embeddings?|rerank|vector|rag)\b/, 'retrieval'],
  [/\bcontext\b/, 'context'],
  [/\bagent\b/, 'agent'],
  [/\b(queue|publish|enqueue|dequeue|ack|heartbeat|health|middleware|serialize|auth)\b/, 'plumbing'],
];

/** Whether a field of such a name may say what kind of step it is. */
export const namesKind = (name: string): boolean => name.includes('gen_ai.');

/** What sort of work a record's `gen_ai.*` fields say its step is; `null` where it has none that does. */
export function statedKind({ attributes }: LogRecord): StepKind | null {
  let operation: string | null = null;
  let tool: string | null = null;
  for (const { name, value } of attributes) {
    if (!namesKind(name)) continue;
    if (name.endsWith('gen_ai.operation.name')) operation ??= value;
    else if (name.endsWith('gen_ai.tool.name')) tool ??= value;
  }
  return (
    (operation !== null && Object.hasOwn(operations, operation) ? operations[operation] : null) ??
    (tool ? 'tool' : null)
  );
}

/** What sort of work the name of a step says that it is. */
export function kindOfName(stepType: string | null): StepKind {
  const name = (stepType ?? '')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll(/[_.:/-]+/g, ' ')
    .toLowerCase();
  return words.find(([pattern]) => pattern.test(name))?.[1] ?? 'work';
}

/** Side work whose end or failure says nothing of the request's own. */
export const isPlumbing = (kind: StepKind): boolean => kind === 'plumbing' || kind === 'observability';
