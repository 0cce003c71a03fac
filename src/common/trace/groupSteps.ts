import { append } from '../base/groupBy';
import type { PreviousPointer } from '../model/logRecord';
import { formAttempts } from './attempts';
import type { OrderedRecords } from './orderRecords';
import { newDraft, type StepDraft } from './stepDraft';

/**
 * Groups the records that carry a step ID, tells the publisher's lines (handoffs) from the step's own, and forms the
 * attempts. Steps are taken in the order of their pointers, because telling a handoff needs the previous step's service
 * and interval.
 */
export function groupSteps(ordered: OrderedRecords): StepDraft[] {
  const drafts = new Map<string, StepDraft>();
  const pointers = new Map<StepDraft, Map<string, PreviousPointer>>();
  ordered.records.forEach((record, index) => {
    if (record.stepId === null) return;
    let draft = drafts.get(record.stepId);
    if (!draft) {
      draft = newDraft(record.stepId, [record.stepId]);
      drafts.set(record.stepId, draft);
      pointers.set(draft, new Map());
    }
    draft.records.push(index);
    const known = pointers.get(draft)!;
    for (const pointer of record.previous) if (!known.has(pointer.id)) known.set(pointer.id, pointer);
  });
  for (const [draft, known] of pointers) draft.pointers = [...known.values()];
  for (const draft of causesFirst(drafts)) {
    const previous = draft.pointers
      .map(({ id }) => drafts.get(id))
      .filter(step => step !== undefined && step !== draft);
    splitHandoffs(draft, previous as StepDraft[], ordered);
    formAttempts(draft, ordered);
  }
  return [...drafts.values()];
}

/** Previous steps before the steps that name them; members of a cycle in the order of the log. */
function causesFirst(drafts: ReadonlyMap<string, StepDraft>): StepDraft[] {
  const followers = new Map<StepDraft, StepDraft[]>();
  const open = new Map<StepDraft, number>();
  for (const draft of drafts.values()) {
    const previous = draft.pointers
      .map(({ id }) => drafts.get(id))
      .filter(step => step !== undefined && step !== draft);
    open.set(draft, previous.length);
    for (const step of previous as StepDraft[]) {
      append(followers, step, draft);
    }
  }
  const queue: StepDraft[] = [];
  const queued = new Set<StepDraft>();
  const enqueue = (draft: StepDraft) => {
    if (queued.has(draft)) return;
    queued.add(draft);
    queue.push(draft);
  };
  for (const [draft, count] of open) if (count === 0) enqueue(draft);
  const rest = open.keys();
  for (let taken = 0; queued.size < open.size || taken < queue.length; ) {
    if (taken === queue.length) {
      // Only cycles are left: break them where the log begins.
      enqueue(firstUnqueued(rest, queued));
      continue;
    }
    for (const follower of followers.get(queue[taken++]!) ?? []) {
      const count = open.get(follower)! - 1;
      open.set(follower, count);
      if (count === 0) enqueue(follower);
    }
  }
  return queue;
}

function firstUnqueued(rest: Iterator<StepDraft>, queued: ReadonlySet<StepDraft>): StepDraft {
  for (let next = rest.next(); !next.done; next = rest.next()) if (!queued.has(next.value)) return next.value;
  throw new Error('A step neither waits for another one nor was taken: the order of steps is inconsistent.');
}

/**
 * Handoffs are records with the step's ID that a previous step's service wrote before the step's first start record,
 * or, without start records, inside that previous step's interval. A late line of a publisher (written after the
 * consumer has begun) is one too, so long as another service does the work. A line that itself states an end or a
 * duration is one only where another service starts the work afterwards.
 */
function splitHandoffs(draft: StepDraft, previous: StepDraft[], ordered: OrderedRecords): void {
  if (previous.length === 0) return;
  const { records, times } = ordered;
  const firstStart = draft.records.find(index => records[index]!.phase === 'start');
  const worker = firstStart === undefined ? null : records[firstStart]!.service;
  const publishers = previous.map(step => extentOf(step, ordered));
  const isHandoff = (index: number) => {
    const { service, phase, duration, location } = records[index]!;
    const time = times[index] ?? null;
    // Without times, lines of different sources have no order.
    const comparable =
      time !== null || firstStart === undefined || records[firstStart]!.location.source === location.source;
    const early = firstStart !== undefined && (comparable ? index < firstStart : service !== worker);
    const isPlain = phase === 'progress' && duration === null;
    if (phase === 'start' || (!isPlain && !(early && service !== worker))) return false;
    return publishers.some(publisher => {
      if (!publisher.services.has(service)) return false;
      if (early) return true;
      const { first, last, from, to } = publisher;
      const between = index > first && index < last;
      if (time === null || to === null) return between && (firstStart === undefined || service !== worker);
      // What is stamped at the very border belongs to the side that the order of lines puts it on; lines of different
      // files (a log rotated just then) have none.
      const border = time === from ? first : last;
      const atBorder =
        (time === from || time === to) && (between || records[border]!.location.source !== location.source);
      const inside = (time > from && time < to) || atBorder;
      return inside && (firstStart === undefined || service !== worker);
    });
  };
  const own: number[] = [];
  for (const index of draft.records) (isHandoff(index) ? draft.handoffs : own).push(index);
  draft.records = own;
}

/** From the first to the last sign of a step; one that logs only its end is open to the past. */
function extentOf(step: StepDraft, { records, times }: OrderedRecords) {
  const written = step.records.length > 0 ? step.records : step.handoffs;
  const [first, last] = [written[0]!, written.at(-1)!];
  const { start = null, end = null } = step.releasing ?? {};
  const isOpen = start === null && end !== null;
  const stamp = times[last] ?? null;
  return {
    services: new Set(written.map(index => records[index]!.service)),
    first: isOpen ? -1 : first,
    last,
    from: start ?? (isOpen ? Number.NEGATIVE_INFINITY : (times[first] ?? 0)),
    to: end === null || stamp === null ? (end ?? stamp) : Math.max(end, stamp),
  };
}
