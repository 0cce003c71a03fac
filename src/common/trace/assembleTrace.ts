import { groupBy } from '../base/groupBy';
import type { LogRecord } from '../model/logRecord';
import type { Note } from '../model/note';
import type { Trace } from '../model/trace';
import { joinKey } from '../profile/ids';
import { bindingOf } from './binding';
import { bottleneckOf } from './bottleneck';
import { walkCriticalPath } from './criticalPath';
import { causalOrder } from './cycles';
import { dragOf } from './drag';
import { chooseEnd } from './endStep';
import { finishStep } from './finishStep';
import { groupSteps } from './groupSteps';
import { inferDurations } from './inferDurations';
import { completeFanIns, inferLinks } from './inferLinks';
import { linkStated } from './links';
import { madeUpSteps } from './madeUpSteps';
import { mergeRetries } from './mergeRetries';
import type { NoteDraft } from './noteDraft';
import { orderRecords } from './orderRecords';
import { rowOrder } from './rowOrder';
import { firstOf, lastSign, type StepDraft } from './stepDraft';
import { stepKind } from './stepKind';
import { stepLabel } from './stepLabel';
import { traceNotes } from './traceNotes';
import { traceStatus } from './traceStatus';

export interface AssembleInput {
  /** The ID as the user or the log spells it; shown and copied. */
  correlationId: string;
  /** All records of the correlation, in any order. Not mutated. */
  records: readonly LogRecord[];
  /** Records of other correlations that name the ID in their text. */
  mentions?: readonly LogRecord[];
  /** What reading had to say (cut lines, unparsed records, assumed zones …). */
  notes?: readonly Note[];
  /** Sources that are being followed: a step without an end in one of them is running. */
  followed?: ReadonlySet<string>;
}

/**
 * From the records of one correlation to its story. Pure, iterative, independent of the records' order: steps, then
 * links, then what only the neighbours can tell, then the end, the rows, the critical path and its drag.
 */
export function assembleTrace(input: AssembleInput): Trace {
  const ordered = orderRecords(input.records);
  const { records } = ordered;
  const observed: NoteDraft[] = [];

  const grouped = groupSteps(ordered);
  nameSteps(grouped, records);
  const logged = mergeRetries(grouped, ordered);
  const madeUp = madeUpSteps(ordered, logged);
  nameSteps(madeUp, records);
  const steps = [...logged, ...madeUp];
  const groupKey = joinKey(input.correlationId);
  const placeholders = linkStated(steps, id => joinKey(id) === groupKey, ordered, observed);
  inferLinks(steps, ordered);
  completeFanIns(steps, ordered);
  const order = causalOrder([...placeholders, ...steps], observed);
  inferDurations(steps, ordered);
  markRunning(steps, records, input.followed);
  for (const step of steps) {
    const binding = bindingOf(step, ordered);
    if (binding?.effectFirst) observed.push({ kind: 'effectBeforeCause', steps: [step, binding.link.to] });
  }

  const end = chooseEnd(steps, ordered);
  const { status, failed } = traceStatus(steps, end?.step ?? null, ordered);
  const rows = rowOrder(order, end?.step ?? null, ordered);
  const walk = end && walkCriticalPath(steps, end.step, ordered);
  const drags = walk && dragOf(order, end.step, walk, ordered);
  const labelOf = (step: StepDraft) =>
    stepLabel(
      { stepType: step.stepType, stepId: step.stepIds[0] ?? null, key: step.key },
      records[step.records[0] ?? step.handoffs[0] ?? -1]?.message,
    );
  const enclosed = groupBy(
    steps.filter(step => step.links.some(link => link.meaning === 'encloses')),
    step => step.links.find(link => link.meaning === 'encloses')!.to,
  );
  const first = <Value>(pick: (record: LogRecord) => Value | null): Value | null => {
    for (const record of records) {
      const value = pick(record);
      if (value !== null) return value;
    }
    return null;
  };
  return {
    correlationId: input.correlationId,
    spellings: spellingsIn(records, groupKey, input.correlationId),
    origin: ordered.origin,
    duration: ordered.last,
    status,
    failedStep: failed?.key ?? null,
    userId: first(record => record.userId),
    sessionId: first(record => record.sessionId),
    entityId: first(record => record.entityId),
    organizationId: first(record => record.organizationId),
    services: [...new Set(records.flatMap(record => record.service ?? []))],
    steps: rows.steps.map(step =>
      finishStep(step, {
        ordered,
        depth: rows.depths.get(step)!,
        drag: drags?.get(step)?.saved ?? (walk && end ? 0 : null),
        enclosed: enclosed.get(step) ?? [],
      }),
    ),
    criticalPath: walk && { until: end.step.key, untilReason: end.reason, segments: walk.segments },
    bottleneck: walk && drags && bottleneckOf(walk, lastSign(end.step, ordered)!, drags, labelOf),
    notes: [...traceNotes(steps, ordered, input.mentions ?? [], observed), ...(input.notes ?? [])],
    records,
    mentions: [...(input.mentions ?? [])],
  };
}

function nameSteps(steps: readonly StepDraft[], records: readonly LogRecord[]): void {
  for (const step of steps) {
    step.stepType = firstOf(step, records, record => record.stepType) ?? handoffType(step, records);
    step.kind = stepKind(step.stepType, records[step.records[0] ?? step.handoffs[0]!]);
  }
}

const handoffType = (step: StepDraft, records: readonly LogRecord[]): string | null =>
  step.handoffs.map(index => records[index]!.stepType).find(type => type !== null) ?? null;

function markRunning(steps: readonly StepDraft[], records: readonly LogRecord[], followed?: ReadonlySet<string>): void {
  if (!followed || followed.size === 0) return;
  for (const { releasing } of steps) {
    const last = releasing && records[releasing.records.at(-1)!]!;
    if (releasing?.status === 'unknown' && !releasing.endLogged && last && followed.has(last.location.source)) {
      releasing.status = 'running';
    }
  }
}

function spellingsIn(records: readonly LogRecord[], groupKey: string, given: string): string[] {
  const spellings = new Set<string>();
  for (const { correlationIds } of records) {
    for (const { id } of correlationIds) if (joinKey(id) === groupKey) spellings.add(id);
  }
  return spellings.size > 0 ? [...spellings] : [given];
}
