import { append } from '../../base/groupBy';
import type { LogRecord } from '../../model/logRecord';
import type { ModelUsage, Usage } from '../../model/trace';
import { nothingUsed, roundCost, sumOf, type UsedTokens, usedTogether } from '../../model/usedTokens';
import { plainName } from '../../profile/fieldNames';
import { uint8Column } from '../columns';
import type { OrderedRecords } from '../records/orderRecords';
import { uses } from '../records/recordSigns';
import { type AttemptDraft, attemptsOf, encloserOf, type StepDraft } from './stepDraft';

/** What one go at a step says that a model used. */
interface Call {
  step: StepDraft;
  attempt: AttemptDraft;
  /** Index of its first record. */
  first: number;
  model: string | null;
  tokens: number | null;
  cost: number | null;
  /** Names of the answer, each of which stands for one and the same call wherever it is logged. */
  names: string[];
}

/** What a sum is made of; `repeats` counts the statements that tell of a call that another one tells of. */
interface Sum {
  calls: Call[];
  repeats: number;
}

/** Names of the ID that a provider gives its answer, by the last part or the last two parts of a field's name. */
const answerNames = new Set('genairesponseid responseid llmresponseid completionid chatcompletionid'.split(' '));
/** The shape of such IDs: Anthropic's, OpenAI's two, OpenRouter's. */
const answerShape = /^(?:msg_|chatcmpl-|resp_|gen-)[\w-]{6,200}$/;

/**
 * Tokens and cost of a trace, each call once: every attempt was paid for, but start, progress and end of one tell of the
 * same, as do both sides of a call, records of one answer, and steps that report on others (observability, the sum at the
 * end). What encloses other calls states their total: it counts only for what they leave over.
 *
 * @param drafts all steps, each at its index
 * @returns `null` where no record states any
 */
export function usageOf(drafts: readonly StepDraft[], { records, signs }: OrderedRecords): Usage | null {
  if ((signs.any & uses) === 0) return null;
  const stated = drafts.flatMap(step => attemptsOf(step).flatMap(attempt => [...callsOf(step, attempt, records)]));
  if (stated.length === 0) return null;
  const counted = leaveOutReports(oncePerAnswer({ calls: stated, repeats: 0 }));
  const { calls, repeats } = leaveOutTotals(counted, drafts.length);
  const byModel = new Map<string | null, ModelUsage>();
  const bySteps = new Map<string, UsedTokens>();
  for (const { step, model, ...used } of calls) {
    const sum = byModel.get(model) ?? { model, calls: 0, ...nothingUsed };
    byModel.set(model, { model, calls: sum.calls + 1, ...usedTogether(sum, used) });
    bySteps.set(step.key, usedTogether(bySteps.get(step.key) ?? nothingUsed, used));
  }
  return {
    calls: calls.length,
    tokens: total(calls, 'tokens'),
    cost: total(calls, 'cost'),
    repeats,
    models: [...byModel.values()].sort((a, b) => (b.tokens ?? 0) - (a.tokens ?? 0) || (b.cost ?? 0) - (a.cost ?? 0)),
    bySteps,
  };
}

/** The calls that one attempt tells of: one, but for a made-up step, which is all that a lane wrote. */
function* callsOf(step: StepDraft, attempt: AttemptDraft, records: readonly LogRecord[]): Generator<Call> {
  for (const indexes of step.stepId !== null ? [attempt.records] : callsOfLane(attempt.records, records)) {
    const call: Call = { step, attempt, first: indexes[0]!, model: null, tokens: null, cost: null, names: [] };
    // What was used is known at the end.
    for (const index of indexes) {
      const record = records[index]!;
      call.tokens = record.tokens ?? call.tokens;
      call.cost = record.cost ?? call.cost;
      call.model = record.model ?? call.model;
    }
    if (call.tokens === null && call.cost === null) continue;
    call.names = namesOf(indexes, call, records);
    yield call;
  }
}

/** Without step IDs a call is what stands from a start to its end; elsewhere each record that states usage is one. */
function callsOfLane(indexes: readonly number[], records: readonly LogRecord[]): number[][] {
  const calls: number[][] = [];
  let open: number[] | null = null;
  for (const index of indexes) {
    const { phase, duration, tokens, cost } = records[index]!;
    if (phase === 'start' || (!open && (tokens !== null || cost !== null))) calls.push([]);
    if (phase === 'start') open = calls.at(-1)!;
    if (open || tokens !== null || cost !== null) calls.at(-1)!.push(index);
    if (phase === 'end' || duration !== null) open = null;
  }
  return calls;
}

function namesOf(indexes: readonly number[], { model, tokens, cost }: Call, records: readonly LogRecord[]): string[] {
  const names = new Set<string>();
  for (const index of indexes) {
    const { messageId, attributes } = records[index]!;
    // A message may be handed on from call to call: only with the same values beside it is it the same one.
    if (messageId !== null)
      names.add(answerShape.test(messageId) ? messageId : JSON.stringify([messageId, model, tokens, cost]));
    for (const { name, value } of attributes) if (isAnswerName(name) || answerShape.test(value)) names.add(value);
  }
  return [...names];
}

function isAnswerName(name: string): boolean {
  const [last = '', before = ''] = name.split('.').reverse();
  return answerNames.has(plainName(last)) || answerNames.has(plainName(before + last));
}

/** Of several statements about one answer the last counts: while it is streamed, they grow. */
function oncePerAnswer({ calls, repeats }: Sum): Sum {
  const byName = new Map<string, Call[]>();
  for (const call of calls) for (const name of call.names) append(byName, name, call);
  const dropped = new Set<Call>();
  for (const same of byName.values()) {
    const left = same.filter(call => !dropped.has(call));
    // The two sides of a call may stand too far apart to be one attempt.
    const last = left.reduce((a, b) => (b.first > a.first ? b : a), left[0]!);
    for (const call of left) if (call !== last) dropped.add(call);
  }
  return { calls: calls.filter(call => !dropped.has(call)), repeats: repeats + dropped.size };
}

/**
 * Steps that are no call themselves: observability that states what another step does, and a step of another kind that
 * states the sum of all calls of models.
 */
function leaveOutReports({ calls, repeats }: Sum): Sum {
  const main = calls.filter(({ step }) => step.kind !== 'observability' && step.kind !== 'plumbing');
  const known = new Set(main.map(({ tokens, cost }) => `${tokens} ${cost}`));
  const models = main.filter(isModels);
  const all = { tokens: total(models, 'tokens'), cost: total(models, 'cost') };
  const left = calls.filter(call => {
    const { step, tokens, cost } = call;
    if (step.kind === 'observability' || step.kind === 'plumbing')
      return !known.has(`${tokens} ${cost}`) && !(models.length > 0 && isSum(call, all));
    return isModels(call) || models.length === 0 || !isSum(call, all);
  });
  return { calls: left, repeats: repeats + calls.length - left.length };
}

const isModels = ({ step }: Call): boolean => step.kind === 'llm' || step.kind === 'retrieval';

const isSum = (call: Call, all: Pick<Call, 'tokens' | 'cost'>): boolean =>
  (call.tokens === null ? call.cost !== null : call.tokens === all.tokens) &&
  (call.cost === null || all.cost === null || Math.abs(call.cost - all.cost) < 1e-9);

/**
 * A step that encloses calls states their total, or the same call from outside. Where it states more than they do, the
 * difference is what was not logged of them.
 */
function leaveOutTotals({ calls, repeats }: Sum, steps: number): Sum {
  if (!calls.some(({ step }) => encloserOf(step))) return { calls: [...calls], repeats };
  const stating = uint8Column(steps);
  for (const { step } of calls) stating[step.index] = 1;
  // The nearest enclosing step that states anything takes what is inside off its own.
  const inside = new Map<StepDraft, { tokens: number; cost: number }>();
  const nearest = new Map<StepDraft, StepDraft | null>();
  for (const { step, tokens, cost } of calls) {
    const climbed: StepDraft[] = [];
    let outer = encloserOf(step);
    while (outer && !stating[outer.index] && !nearest.has(outer)) {
      climbed.push(outer);
      outer = encloserOf(outer);
    }
    if (outer && !stating[outer.index]) outer = nearest.get(outer) ?? null;
    for (const passed of climbed) nearest.set(passed, outer);
    if (!outer) continue;
    const sum = inside.get(outer) ?? { tokens: 0, cost: 0 };
    inside.set(outer, { tokens: sum.tokens + (tokens ?? 0), cost: sum.cost + (cost ?? 0) });
  }
  const left = calls.flatMap(call => {
    const sum = inside.get(call.step);
    if (!sum || call.attempt !== call.step.releasing) return [call];
    inside.delete(call.step);
    const rest = { ...call, tokens: minus(call.tokens, sum.tokens), cost: minus(call.cost, sum.cost) };
    return rest.tokens === null && rest.cost === null ? [] : [rest];
  });
  return { calls: left, repeats: repeats + calls.length - left.length };
}

const minus = (value: number | null, taken: number): number | null =>
  value === null || value - taken <= 1e-9 ? null : roundCost(value - taken);

const total = (calls: readonly Call[], of: 'tokens' | 'cost'): number | null =>
  calls.reduce<number | null>((sum, call) => sumOf(sum, call[of]), null);
