import { type LogRecord, logOf, type PreviousPointer } from '../model/logRecord';
import { formAttempts } from './attempts';
import { bucketAt, bucketsOf } from './buckets';
import { sideOf } from './joinLinks';
import type { OrderedRecords } from './orderRecords';
import { newDraft, type StepDraft } from './stepDraft';

/**
 * Groups the records that carry a step ID, tells the publisher's lines (handoffs) from the step's own, and forms the
 * attempts. Steps are taken in the order of their pointers, because telling a handoff needs the previous step's service
 * and interval.
 *
 * @returns steps by their ID, in the order of the log
 */
export function groupSteps(ordered: OrderedRecords): Map<string, StepDraft> {
  const byId = new Map<string, StepDraft>();
  const steps: StepDraft[] = [];
  const stepAt = new Int32Array(ordered.records.length).fill(-1);
  ordered.records.forEach(({ stepId }, at) => {
    if (stepId === null) return;
    let draft = byId.get(stepId);
    if (!draft) {
      draft = newDraft(steps.length, stepId, [stepId]);
      byId.set(stepId, draft);
      steps.push(draft);
    }
    stepAt[at] = draft.index;
  });
  const recordsOf = bucketsOf(stepAt, steps.length);
  for (const step of steps) {
    step.records = bucketAt(recordsOf, step.index);
    step.pointers = unitedPointers(step, ordered);
  }
  const pairs = loggedPrevious(steps, byId);
  const previous = bucketsOf(pairs.effects, steps.length);
  const extents = new Array<Extent[] | null>(steps.length).fill(null);
  const extentsAt = (index: number) => {
    const known = extents[index] ?? extentsOf(steps[index]!, ordered);
    extents[index] = known;
    return known;
  };
  for (const at of causesFirst(pairs, steps.length)) {
    const publishers = bucketAt(previous, at).map(pair => pairs.causes[pair]!);
    splitHandoffs(steps[at]!, publishers, ordered, extentsAt);
    formAttempts(steps[at]!, ordered);
    // What a member of the same cycle saw of it was not yet all.
    extents[at] = null;
  }
  return byId;
}

/** The pointers of all records of a step, each ID once. Mostly its records repeat one and the same. */
function unitedPointers(step: StepDraft, { records }: OrderedRecords): readonly PreviousPointer[] {
  let united: readonly PreviousPointer[] = [];
  for (const index of step.records) {
    const { previous } = records[index]!;
    const repeats = previous.length === 1 && united.length === 1 && previous[0]!.id === united[0]!.id;
    if (previous.length === 0 || repeats) continue;
    if (united.length === 0 && previous.length === 1) {
      united = previous;
      continue;
    }
    const byId = new Map<string, PreviousPointer>();
    for (const from of step.records)
      for (const pointer of records[from]!.previous) if (!byId.has(pointer.id)) byId.set(pointer.id, pointer);
    return [...byId.values()];
  }
  return united;
}

/** Pairs of a step and one that it names, by index, in the order of the naming steps. */
interface Pairs {
  causes: number[];
  effects: number[];
}

function loggedPrevious(steps: readonly StepDraft[], byId: ReadonlyMap<string, StepDraft>): Pairs {
  const pairs: Pairs = { causes: [], effects: [] };
  for (const step of steps) {
    for (const { id } of step.pointers) {
      const to = byId.get(id);
      if (!to || to === step) continue;
      pairs.causes.push(to.index);
      pairs.effects.push(step.index);
    }
  }
  return pairs;
}

/** Previous steps before the steps that name them, by index; members of a cycle in the order of the log. */
function causesFirst({ causes, effects }: Pairs, count: number): number[] {
  const open = new Int32Array(count);
  for (const effect of effects) open[effect]!++;
  const followers = bucketsOf(causes, count);
  const queue: number[] = [];
  const queued = new Uint8Array(count);
  const enqueue = (at: number) => {
    if (queued[at]) return;
    queued[at] = 1;
    queue.push(at);
  };
  open.forEach((causesLeft, at) => {
    if (causesLeft === 0) enqueue(at);
  });
  for (let taken = 0, first = 0; ; taken++) {
    // Only cycles are left: break them where the log begins.
    for (; taken === queue.length && first < count; first++) enqueue(first);
    if (taken === queue.length) return queue;
    const cause = queue[taken]!;
    for (let at = followers.first[cause]!; at < followers.first[cause + 1]!; at++) {
      const effect = effects[followers.places[at]!]!;
      if (--open[effect]! === 0) enqueue(effect);
    }
  }
}

/**
 * Handoffs are plain records with the step's ID that the worker of a previous step wrote:
 * - another service's than the one that starts or ends the step, where that service did a previous step, or where not
 *   every previous step left records of its work (clocks may differ: the time says nothing here);
 * - of the same service before the step's first start, or without starts or from another host inside the previous step's
 *   interval; who logged on another host than the previous step did is an attempt of its own;
 * - whoever wrote them, if they say that they publish this very step and nobody's work on it stands in their way.
 * A line that itself states an end or a duration is one only where another service starts the work afterwards.
 */
function splitHandoffs(
  draft: StepDraft,
  publishers: readonly number[],
  ordered: OrderedRecords,
  extentsAt: (step: number) => readonly Extent[],
): void {
  if (draft.pointers.length === 0) return;
  const { records, times } = ordered;
  const firstStart = draft.records.find(index => records[index]!.phase === 'start');
  const work = draft.records.filter(index => !isPlain(records[index]!));
  const worker = firstStart ?? work[0];
  const working = worker === undefined ? undefined : records[worker]!.service;
  const isLost = publishers.length < draft.pointers.length || publishers.some(at => extentsAt(at).length === 0);
  /** What ends on a record's lane before the first start belongs to an attempt whose start is lost. */
  const firstWork = (index: number, start: number) => {
    const { service, host } = records[index]!;
    const at = work.find(other => records[other]!.service === service && records[other]!.host === host);
    return at !== undefined && at > index && at < start ? index : start;
  };
  const isHandoff = (index: number) => {
    const record = records[index]!;
    const { service, host, phase, location } = record;
    const time = times[index] ?? null;
    // Without times, lines of different sources have no order.
    const comparable =
      time !== null || firstStart === undefined || logOf(records[firstStart]!.location) === logOf(location);
    const elsewhere = working !== undefined && service !== working;
    const early = firstStart !== undefined && (comparable ? index < firstWork(index, firstStart) : elsewhere);
    if (phase === 'start' || (!isPlain(record) && !(early && elsewhere))) return false;
    if (elsewhere && isLost) return true;
    const awayFromWork = host !== null && work.length > 0 && work.every(at => isElsewhere(records[at]!.host, host));
    const isFree = firstStart === undefined || awayFromWork;
    const isWritten = publishers.some(publisher =>
      extentsAt(publisher).some(({ lanes, first, last, from, to, endLost }) => {
        const written = lanes.filter(lane => lane.service === service);
        if (written.length === 0) return false;
        if (elsewhere) return true;
        if (host !== null && written.every(lane => isElsewhere(lane.host, host))) return false;
        if (early) return true;
        // Nobody knows how long it ran: its line is told from the worker's by the service or the host alone.
        if (endLost && time !== null && time > from)
          return awayFromWork || draft.records.some(other => records[other]!.service !== service);
        const between = index > first && index < last;
        if (time === null || to === null) return between && isFree;
        // What is stamped at the very border belongs to the side that the order of lines puts it on; lines of different
        // files (a log rotated just then) have none.
        const border = time === from ? first : last;
        const atBorder =
          (time === from || time === to) && (between || logOf(records[border]!.location) !== logOf(location));
        const inside = (time > from && time < to) || atBorder;
        return inside && isFree;
      }),
    );
    return isWritten || ((early || isFree) && announcesItself(record));
  };
  if (!draft.records.some(isHandoff)) return;
  const own: number[] = [];
  for (const index of draft.records) (isHandoff(index) ? draft.handoffs : own).push(index);
  draft.records = own;
}

const isPlain = ({ phase, duration }: LogRecord): boolean => phase === 'progress' && duration === null;

/** Says that the step that it names is published; a worker that publishes the next one names that one. */
const announcesItself = (record: LogRecord): boolean =>
  record.stepType !== null && record.message.includes(record.stepType) && sideOf(record) === 'publishes';

const isElsewhere = (a: string | null, b: string): boolean => a !== null && a !== b;

/** From the first to the last sign of an attempt; one that logs only its end is open to the past. */
interface Extent {
  /** A record of each service and host that logged it: one, or both sides of a call. */
  lanes: readonly LogRecord[];
  first: number;
  last: number;
  from: number;
  to: number | null;
  /** Its service logs ends, but not here. */
  endLost: boolean;
}

/** Of each attempt at a step; none where no record of its work is there. */
function extentsOf(step: StepDraft, { records, times, habits }: OrderedRecords): Extent[] {
  if (step.releasing === null) return [];
  return step.attempts.map(({ records: written, start, end, endLogged }) => {
    const [first, last] = [written[0]!, written.at(-1)!];
    const isOpen = start === null && end !== null;
    const stamp = times[last] ?? null;
    return {
      lanes: lanesOf(written, records),
      first: isOpen ? -1 : first,
      last,
      from: start ?? (isOpen ? Number.NEGATIVE_INFINITY : (times[first] ?? 0)),
      to: end === null || stamp === null ? (end ?? stamp) : Math.max(end, stamp),
      endLost: start !== null && !endLogged && habits.logsEnds(step.service),
    };
  });
}

function lanesOf(written: readonly number[], records: readonly LogRecord[]): LogRecord[] {
  const lanes: LogRecord[] = [];
  for (const at of written) {
    const { service, host } = records[at]!;
    if (!lanes.some(lane => lane.service === service && lane.host === host)) lanes.push(records[at]!);
  }
  return lanes;
}
