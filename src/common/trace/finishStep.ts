import { sortFew } from '../base/sortFew';
import type { CodeLocation } from '../model/logRecord';
import type { Attempt, AttemptSide, Step, StepLink } from '../model/trace';
import { type Nanos, nanos } from '../model/units';
import { type Buckets, isEmpty } from './buckets';
import type { Rows } from './links/rowOrder';
import type { StepGraph } from './links/stepGraph';
import type { Drags } from './path/drag';
import type { OrderedRecords } from './records/orderRecords';
import { annotated, details } from './records/recordSigns';
import { attributesOf, noAttributes } from './records/stepAttributes';
import { enclosedByStart, selfTime } from './selfTime';
import { type AttemptDraft, attemptsOf, type LinkDraft, linksOf, type StepDraft, startTime } from './steps/stepDraft';

/** What assembly found out of all steps. */
interface Findings {
  graph: StepGraph;
  rows: Rows;
  /** `null` where the trace has no critical path. */
  drags: Drags | null;
  ordered: OrderedRecords;
  /** What was taken off the stamp of a record, by its index. */
  offsetOf: (index: number) => Nanos | null;
}

/**
 * The steps as the model shows them, in row order. They are made in causal order, in which they and their records lie in
 * memory: to jump between them takes longer than to make them.
 */
export function finishSteps(findings: Findings): Step[] {
  const { graph, rows, drags } = findings;
  const { steps } = graph;
  const saved = drags === null ? null : drags.saved;
  const enclosed = enclosedByStart(graph);
  const finished = new Array<Step>(steps.length);
  for (let index = 0; index < steps.length; index++) {
    const drag = saved && saved[index]!;
    finished[rows.rowOf[index]!] = finishStep(steps[index]!, rows.depthOf[index]!, drag, enclosed, findings);
  }
  return finished;
}

/** Shared by all that have none: most steps. */
const none: readonly never[] = [];

/**
 * Its thread, input and the like are what the records of the releasing attempt say first. Tokens and cost are those that
 * they say last: start, progress and end tell of one and the same call, and what was used is known at its end.
 */
function finishStep(
  step: StepDraft,
  depth: number,
  drag: number | null,
  enclosed: Buckets,
  { graph, ordered, offsetOf }: Findings,
): Step {
  const { key, stepId, stepType, kind, releasing } = step;
  const duration = durationOf(releasing);
  let thread: string | null = null;
  let messageId: string | null = null;
  let input: string | null = null;
  let tokens: number | null = null;
  let cost: number | null = null;
  let codeLocation: CodeLocation | null = null;
  for (const index of releasing?.records ?? step.records) {
    thread ??= threadAt(index, ordered);
    if ((ordered.signs.of[index]! & details) === 0) continue;
    const record = ordered.records[index]!;
    messageId ??= record.messageId;
    input ??= record.input;
    tokens = record.tokens ?? tokens;
    cost = record.cost ?? cost;
    codeLocation ??= record.codeLocation;
  }
  const written =
    step.handoffs.length > 0 ? sortFew([...step.handoffs, ...step.records], (a, b) => a - b) : step.records;
  const finished: Step = {
    key,
    stepId,
    stepType,
    kind,
    service: step.service,
    host: step.host,
    thread,
    messageId,
    previousSteps: finishLinks(step),
    // Set below: of a field that is `null` at first V8 keeps the number itself, of others a copy for each object.
    start: null,
    end: null,
    duration: null,
    durationKind: releasing?.durationKind ?? 'unknown',
    bound: releasing?.bound ?? null,
    wait: null,
    sincePrevious: null,
    self: null,
    drag: null,
    status: releasing?.status ?? 'unknown',
    attempts: finishAttempts(step, ordered),
    depth,
    input,
    attributes: attributesOfStep(step, ordered),
    tokens,
    cost,
    codeLocation,
    external: null,
    clockOffset: offsetOf(releasing?.first ?? step.handoffs[0] ?? -1),
    records: written,
    handoffs: step.handoffs,
  };
  if (releasing !== null) {
    finished.start = maybe(releasing.start);
    finished.end = maybe(releasing.end);
  }
  finished.duration = duration;
  finished.wait = waitOf(step, graph);
  finished.sincePrevious = sincePrevious(step, graph);
  finished.self = selfOf(step, duration, enclosed, graph);
  finished.drag = maybe(drag);
  return finished;
}

/** Lists of exactly one are made at once: most are. */
function finishLinks(step: StepDraft): StepLink[] {
  const { firstLink } = step;
  return firstLink !== null && firstLink.next === null ? [finishLink(firstLink)] : linksOf(step).map(finishLink);
}

function finishAttempts(step: StepDraft, ordered: OrderedRecords): Attempt[] {
  const { firstAttempt, releasing } = step;
  if (firstAttempt !== null && firstAttempt.next === null)
    return [finishAttempt(firstAttempt, firstAttempt === releasing, ordered)];
  return finishSeveral(attemptsOf(step), releasing, ordered);
}

/** A function of its own: to make a function inside another takes memory at each call of that, whether it is needed or not. */
const finishSeveral = (attempts: readonly AttemptDraft[], releasing: AttemptDraft | null, ordered: OrderedRecords) =>
  attempts.map(attempt => finishAttempt(attempt, attempt === releasing, ordered));

const finishLink = ({ to, meaning, evidence }: LinkDraft): StepLink => ({
  key: to.key,
  stepId: to.stepId,
  meaning,
  evidence,
});

const maybe = (value: number | null): Nanos | null => (value === null ? null : nanos(value));

function durationOf(attempt: AttemptDraft | null): Nanos | null {
  if (!attempt || attempt.durationKind === 'unknown') return null;
  if (attempt.stated !== null) return nanos(attempt.stated);
  return attempt.start === null || attempt.end === null ? null : nanos(attempt.end - attempt.start);
}

function waitOf({ index, entry }: StepDraft, { bindings }: StepGraph): Nanos | null {
  const gap = bindings.gapAt(index);
  return entry !== null && (gap === 'wait' || gap === 'idle') ? nanos(entry - bindings.releasedAt[index]!) : null;
}

function sincePrevious({ index, entry }: StepDraft, { bindings, entry: entries }: StepGraph): Nanos | null {
  const previous = entries[bindings.to[index]!] ?? Number.NaN;
  return entry === null || Number.isNaN(previous) ? null : nanos(entry - previous);
}

function selfOf(step: StepDraft, duration: Nanos | null, enclosed: Buckets, graph: StepGraph): Nanos | null {
  const start = startTime(step);
  if (duration === null || start === null || isEmpty(enclosed, step.index)) return duration;
  return nanos(selfTime(step.index, start, start + duration, enclosed, graph));
}

/** One literal: to spread a side into it takes three times as long, and there are as many attempts as steps. */
function finishAttempt(attempt: AttemptDraft, releasing: boolean, ordered: OrderedRecords): Attempt {
  const { first, start, end, status } = attempt;
  const { service, host } = ordered.lanes.list[ordered.lanes.of[first]!]!;
  const thread = threadAt(first, ordered);
  const sides = attempt.sides ? sidesOf(attempt.sides, ordered) : none;
  const finished: Attempt = { service, host, thread, start: null, end: null, status, sides, releasing };
  finished.start = maybe(start);
  finished.end = maybe(end);
  return finished;
}

const sidesOf = (sides: readonly AttemptDraft[], ordered: OrderedRecords): AttemptSide[] =>
  sides.map(side => sideOf(side, ordered));

function sideOf({ first, start, end, status }: AttemptDraft, ordered: OrderedRecords): AttemptSide {
  const { service, host } = ordered.lanes.list[ordered.lanes.of[first]!]!;
  return { service, host, thread: threadAt(first, ordered), start: maybe(start), end: maybe(end), status };
}

const threadAt = (index: number, { threads }: OrderedRecords): string | null => threads.list[threads.of[index]!]!;

/** Of the step's own records; of its handoffs where it has none. */
function attributesOfStep(step: StepDraft, { records, signs }: OrderedRecords): Step['attributes'] {
  const written = step.records.length > 0 ? step.records : step.handoffs;
  for (let at = 0; at < written.length; at++) {
    if ((signs.of[written[at]!]! & annotated) === 0) continue;
    return step.attributes ?? attributesOf(written.map(index => records[index]!));
  }
  return noAttributes;
}
