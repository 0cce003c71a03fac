import type { LogRecord } from '../../model/logRecord';
import { isWeakId, joinKey } from '../../profile/ids';
import type { OrderedRecords } from '../records/orderRecords';
import type { StepDraft } from '../steps/stepDraft';
import { holdersOf, type Join, mayPrecede, writtenBy } from './sharedIds';

/**
 * A tool's run follows the answer of the model that asked for it, and the first step after it that names the call takes
 * its result. The answer may name its calls anywhere: in a field of its own, in a list, in its text. Later steps that
 * name the call again (the whole talk goes to the model each time) say nothing.
 */
export function joinToolCalls(
  open: readonly StepDraft[],
  drafts: readonly StepDraft[],
  ordered: OrderedRecords,
  join: Join,
): void {
  const calls = new Set<string>();
  for (const step of drafts) {
    for (const at of writtenBy(step)) {
      const { toolCallId } = ordered.records[at]!;
      if (toolCallId !== null) calls.add(joinKey(toolCallId));
    }
  }
  if (calls.size === 0) return;
  const isOpen = new Set(open);
  const named = (record: LogRecord, step: StepDraft) => callsNamedBy(record, step, calls);
  for (const [call, holders] of holdersOf(drafts, ordered, named, calls)) {
    const toolAt = holders.findIndex(({ step }, at) => step.kind === 'tool' || (at > 0 && step.kind !== 'llm'));
    const tool = holders[toolAt];
    if (!tool) continue;
    const asker = holders[toolAt - 1];
    // A tool's answer seldom says which tool it was.
    if (asker && tool.step.stepType === 'tool')
      tool.step.stepType = nameOfTool(ordered.records[asker.record]!, call) ?? 'tool';
    if (asker && isOpen.has(tool.step) && mayPrecede(asker, tool, ordered)) join(tool.step, asker.step);
    const taker = holders.slice(toolAt + 1).find(({ step }) => step.kind !== 'tool');
    if (taker && isOpen.has(taker.step) && mayPrecede(tool, taker, ordered)) join(taker.step, tool.step);
  }
}

/** The name that stands beside a call in the answer that asks for it: `tool_calls.0.id`, `tool_calls.0.function.name`. */
function nameOfTool({ attributes }: LogRecord, call: string): string | null {
  const id = attributes.find(({ name, value }) => /(?:\b|_)id$/.test(name) && joinKey(value) === call)?.name;
  // `call_id` names the call beside the object's own `id`.
  const around = id?.replace(/(?:call_)?id$/, '');
  if (around === undefined) return null;
  const names = [`${around}name`, `${around}function.name`];
  return attributes.find(({ name, value }) => names.includes(name) && value !== '')?.value ?? null;
}

/** Longest text of a record that is searched for calls. */
const longestText = 64 * 1024;

function* callsNamedBy(record: LogRecord, { kind }: StepDraft, calls: ReadonlySet<string>): Generator<string> {
  if (record.toolCallId !== null) yield record.toolCallId;
  for (const { value } of record.attributes) {
    if (value.length < 256) yield value;
    else yield* callsInText(value, calls);
  }
  if (kind === 'llm' || kind === 'agent') yield* callsInText(record.message, calls);
}

function* callsInText(text: string, calls: ReadonlySet<string>): Generator<string> {
  for (const [word] of text.slice(0, longestText).matchAll(/[\w-]+/g)) {
    if (!isWeakId(word) && calls.has(joinKey(word))) yield word;
  }
}
