import { remembered } from '../base/remembered';
import type { LogRecord } from '../model/logRecord';
import type { Note } from '../model/note';
import type { CriticalPath, Trace } from '../model/trace';
import type { Nanos } from '../model/units';
import { joinKey } from '../profile/ids';
import { stepNumbers } from '../timeline/stepNumbers';
import { clockOffsets } from './clocks/clockOffsets';
import { offsetsOf } from './clocks/clocks';
import { finishSteps } from './finishStep';
import { bindingOf, effectBefore } from './links/binding';
import { Bindings } from './links/bindings';
import { causalOrder } from './links/cycles';
import { completeFanIns, inferLinks } from './links/inferLinks';
import { joinLinks } from './links/joinLinks';
import { linkStated } from './links/links';
import { releaseByHandoff } from './links/releaseByHandoff';
import { rowOrder } from './links/rowOrder';
import { stepGraph } from './links/stepGraph';
import { clockNotes } from './notes/clockNotes';
import { failurePath } from './notes/failurePath';
import type { NoteDraft } from './notes/noteDraft';
import { type TakenZones, traceNotes } from './notes/traceNotes';
import { traceStatus } from './notes/traceStatus';
import type { BackwardPath } from './path/backwardPath';
import { bottleneckOf } from './path/bottleneck';
import { walkCriticalPath } from './path/criticalPath';
import { dragOf } from './path/drag';
import { chooseEnd } from './path/endStep';
import { longestSilence } from './path/silence';
import { withExternalCalls } from './records/externalCalls';
import { identityOf } from './records/identity';
import { type OrderedRecords, orderRecords } from './records/orderRecords';
import { hints } from './records/recordSigns';
import { kindOfName, statedKind } from './records/stepKind';
import { groupSteps } from './steps/groupSteps';
import { inferDurations } from './steps/inferDurations';
import { madeUpSteps } from './steps/madeUpSteps';
import { mergeRetries } from './steps/mergeRetries';
import { shortNumber } from './steps/shortNumber';
import { lastSign, linksOf, type StepDraft } from './steps/stepDraft';
import { stepLabel } from './steps/stepLabel';
import { usageOf } from './steps/usage';

export interface AssembleInput {
  /** The ID as the user or the log spells it; shown and copied. */
  correlationId: string;
  /** All records of the correlation, in any order. Not mutated. */
  records: readonly LogRecord[];
  /** Records of other correlations that name the ID in their text. */
  mentions?: readonly LogRecord[];
  /** What reading had to say (cut lines, unparsed records, assumed zones …). */
  notes?: readonly Note[];
  /** The zone that each source's stamps without one were read in. */
  zones?: TakenZones;
  /** Sources that are being followed: a step without an end in one of them is running. */
  followed?: ReadonlySet<string>;
  /** Not all is read yet: who seems not to log may still come. */
  partial?: boolean;
  /** How far the clocks of hosts are ahead (see `Trace.clockOffsets`): taken off their stamps before anything else. */
  clockOffsets?: ReadonlyMap<string, Nanos>;
}

/**
 * From the records of one correlation to its story. Pure, iterative, independent of the records' order: steps, then
 * links, then what only the neighbours can tell, then the end, the rows, the critical path and its drag.
 */
export function assembleTrace(input: AssembleInput): Trace {
  const ordered = orderRecords(input.records, !input.partial, input.clockOffsets);
  const { records } = ordered;
  const observed: NoteDraft[] = [];

  const grouped = groupSteps(ordered);
  nameSteps(grouped.steps, ordered);
  const logged = mergeRetries(grouped, ordered);
  const madeUp = madeUpSteps(ordered, logged);
  nameSteps(madeUp, ordered);
  const steps = joined(logged, madeUp);
  const groupKey = joinKey(input.correlationId);
  const placeholders = linkStated(steps, grouped, id => joinKey(id) === groupKey, ordered, observed);
  const drafts = joined(placeholders, steps);
  if (drafts !== grouped.steps) number(drafts);
  if (grouped.anyAnnounced) releaseByHandoff(steps, ordered);
  joinLinks(steps, ordered);
  inferLinks(steps, ordered);
  completeFanIns(drafts, ordered);
  const order = causalOrder(drafts, observed);
  number(order);
  const clocks = clockOffsets(order, ordered);
  inferDurations(steps, ordered, clocks.apart);
  markRunning(steps, records, input.followed);

  const graph = stepGraph(order, bindSteps(steps, order, ordered, observed), ordered);
  const end = chooseEnd(drafts, ordered);
  const { status, failed } = traceStatus(steps, end?.step ?? null, ordered);
  const rows = rowOrder(graph, end?.step ?? null);
  const walk = end && walkCriticalPath(graph, end.step, ordered);
  const drags = walk && dragOf(graph, end.step, walk, ordered);
  const labelOf = (step: StepDraft) =>
    stepLabel(
      { stepType: step.stepType, stepId: step.stepId, key: step.key },
      records[step.records[0] ?? step.handoffs[0] ?? -1]?.message,
    );
  const offsetOf = offsetsOf(records, input.clockOffsets);
  const offsetsApplied = [...(input.clockOffsets ?? [])].map(([host, offset]) => ({ host, offset }));
  const finished = finishSteps({ graph, rows, drags, ordered, offsetOf });
  const all = input.partial ? finished : withExternalCalls(finished, ordered);
  const naming = {
    // Of one that hangs hundreds of levels deep the sentence about it would be nothing but its number.
    number: ({ key }: StepDraft) => shortNumber(stepNumbers(all).get(key)!, 24),
    label: labelOf,
  };
  return {
    correlationId: input.correlationId,
    ...identityOf(ordered, input.correlationId),
    origin: ordered.origin,
    duration: ordered.last,
    status,
    failedStep: failed?.key ?? null,
    failurePath: failurePath(failed).map(({ key }) => key),
    steps: all,
    criticalPath: walk && criticalPathOf(end, walk.path),
    bottleneck:
      walk &&
      drags &&
      bottleneckOf(walk, lastSign(end.step, ordered)!, drags, order, naming, step => longestSilence(step, ordered)),
    usage: usageOf(drafts, ordered),
    clockOffsets: clocks.offsets,
    offsetsApplied,
    notes: [
      ...traceNotes(steps, ordered, input.mentions ?? [], observed, clocks.apart, input.zones),
      ...clockNotes(clocks, offsetsApplied, ordered),
      ...(input.notes ?? []),
    ],
    records,
    mentions: [...(input.mentions ?? [])],
  };
}

/** Keeps of the whole walk but the path. */
function criticalPathOf({ step, reason }: { step: StepDraft; reason: string }, path: BackwardPath): CriticalPath {
  return {
    until: step.key,
    untilReason: reason,
    get segments() {
      return path.segments();
    },
  };
}

/** No copy where one of them is empty: mostly. */
function joined(first: readonly StepDraft[], rest: readonly StepDraft[]): readonly StepDraft[] {
  if (first.length === 0 || rest.length === 0) return first.length === 0 ? rest : first;
  return [...first, ...rest];
}

function number(steps: readonly StepDraft[]): void {
  steps.forEach((step, index) => {
    step.index = index;
  });
}

function nameSteps(steps: readonly StepDraft[], { records, signs, types }: OrderedRecords): void {
  const kindOf = remembered((type: number) => kindOfName(types.list[type] ?? null));
  /** The first that any of some records has; −1 for none. */
  const firstType = (indexes: readonly number[]): number => {
    for (let at = 0; at < indexes.length; at++) {
      const type = types.of[indexes[at]!]!;
      if (types.list[type] !== null) return type;
    }
    return -1;
  };
  for (let at = 0; at < steps.length; at++) {
    const step = steps[at]!;
    const { releasing, handoffs } = step;
    const own = firstType(releasing?.records ?? step.records);
    const type = own === -1 ? firstType(handoffs) : own;
    step.stepType = types.list[type] ?? null;
    const first = step.records[0] ?? handoffs[0]!;
    const stated = (signs.of[first]! & hints) === 0 ? null : statedKind(records[first]!);
    step.kind = stated ?? kindOf(type);
  }
}

/**
 * Finds what each step had to wait for, and which are stamped before their causes.
 *
 * @param all the drafts, placeholders included, each at its index
 */
function bindSteps(
  steps: readonly StepDraft[],
  all: readonly StepDraft[],
  ordered: OrderedRecords,
  observed: NoteDraft[],
): Bindings {
  const bindings = new Bindings(all);
  for (let at = 0; at < steps.length; at++) {
    const step = steps[at]!;
    const binding = bindingOf(step, ordered);
    if (binding) bindings.set(step.index, binding);
    const cause = effectBefore(step, ordered);
    if (cause) observed.push({ kind: 'effectBeforeCause', steps: [step, cause] });
  }
  return bindings;
}

/** In a log that is followed, what has not ended goes on: unless the flow has gone on from it. */
function markRunning(steps: readonly StepDraft[], records: readonly LogRecord[], followed?: ReadonlySet<string>): void {
  if (!followed || followed.size === 0) return;
  const left = new Set<StepDraft>();
  for (const step of steps) {
    for (const { to, meaning, evidence } of linksOf(step)) {
      // That a logged start has been left is not guessed.
      if (meaning === 'follows' && (evidence !== 'inferred' || !to.releasing?.startLogged)) left.add(to);
    }
  }
  for (const step of steps) {
    const { releasing } = step;
    if (left.has(step)) continue;
    const last = releasing && records[releasing.records.at(-1)!]!;
    if (releasing?.status === 'unknown' && !releasing.endLogged && last && followed.has(last.location.source)) {
      releasing.status = 'running';
    }
  }
}
