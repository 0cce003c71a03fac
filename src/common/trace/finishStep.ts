import type { Attempt, Step } from '../model/trace';
import { type Nanos, nanos } from '../model/units';
import { bindingOf } from './binding';
import type { OrderedRecords } from './orderRecords';
import { selfTime } from './selfTime';
import { type AttemptDraft, entryTime, firstOf, lastSign, type StepDraft, startTime } from './stepDraft';

interface Finish {
  ordered: OrderedRecords;
  depth: number;
  drag: number | null;
  enclosed: readonly StepDraft[];
}

/** The step as the model shows it, from what assembly found out. */
export function finishStep(step: StepDraft, { ordered, depth, drag, enclosed }: Finish): Step {
  const { records } = ordered;
  const releasing = step.releasing;
  const first = <Value>(pick: (record: (typeof records)[number]) => Value | null) => firstOf(step, records, pick);
  const entry = entryTime(step);
  const binding = bindingOf(step, ordered);
  const previousStart = binding && (entryTime(binding.link.to) ?? null);
  return {
    key: step.key,
    stepId: step.stepIds[0] ?? null,
    stepType: step.stepType,
    kind: step.kind,
    service: first(record => record.service),
    host: first(record => record.host),
    thread: first(record => record.thread),
    messageId: first(record => record.messageId),
    previousSteps: step.links.map(({ to, meaning, evidence }) => ({
      key: to.key,
      stepId: to.stepIds[0] ?? null,
      meaning,
      evidence,
    })),
    start: maybe(releasing?.start),
    end: maybe(releasing?.end),
    duration: durationOf(releasing),
    durationKind: releasing?.kind ?? 'unknown',
    bound: releasing?.bound ?? null,
    wait: binding && entry !== null && binding.gap !== 'elapsed' ? nanos(entry - binding.releasedAt) : null,
    sincePrevious: entry !== null && previousStart !== null ? nanos(entry - previousStart) : null,
    self: selfOf(step, enclosed, ordered),
    drag: maybe(drag),
    status: releasing?.status ?? 'unknown',
    attempts: step.attempts.map(attempt => finishAttempt(attempt, attempt === releasing, ordered)),
    depth,
    input: first(record => record.input),
    attributes: attributesOf(step, ordered),
    tokens: first(record => record.tokens),
    cost: first(record => record.cost),
    codeLocation: first(record => record.codeLocation),
    records: [...step.handoffs, ...step.records].sort((a, b) => a - b),
    handoffs: step.handoffs,
  };
}

const maybe = (value: number | null | undefined): Nanos | null => (value == null ? null : nanos(value));

function durationOf(attempt: AttemptDraft | null): Nanos | null {
  if (!attempt || attempt.kind === 'unknown') return null;
  if (attempt.stated !== null) return nanos(attempt.stated);
  return attempt.start === null || attempt.end === null ? null : nanos(attempt.end - attempt.start);
}

function selfOf(step: StepDraft, enclosed: readonly StepDraft[], ordered: OrderedRecords): Nanos | null {
  const duration = durationOf(step.releasing);
  const start = startTime(step);
  if (duration === null || start === null) return duration;
  const intervals = enclosed.map(child => {
    const from = entryTime(child) ?? 0;
    return { start: from, end: lastSign(child, ordered) ?? from };
  });
  return nanos(selfTime(start, start + duration, intervals));
}

function finishAttempt(attempt: AttemptDraft, releasing: boolean, { records }: OrderedRecords): Attempt {
  const record = records[attempt.records[0]!]!;
  return {
    service: record.service,
    host: record.host,
    thread: record.thread,
    start: maybe(attempt.start),
    end: maybe(attempt.end),
    status: attempt.status,
    releasing,
  };
}

/** Attributes of the step's own records, the first value of a name wins: records of one step repeat their context. */
function attributesOf(step: StepDraft, { records }: OrderedRecords): Record<string, string> {
  const attributes = new Map<string, string>();
  for (const index of step.records.length > 0 ? step.records : step.handoffs) {
    for (const { name, value } of records[index]!.attributes) if (!attributes.has(name)) attributes.set(name, value);
  }
  return Object.fromEntries(attributes);
}
