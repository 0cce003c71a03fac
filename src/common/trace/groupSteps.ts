import type { LogRecord, PreviousPointer } from '../model/logRecord';
import { formAttempts } from './attempts';
import { bucketAt, bucketsOf } from './buckets';
import { int32Column, uint8Column } from './columns';
import { type Extent, extentsOf, splitHandoffs } from './handoffs';
import type { OrderedRecords } from './orderRecords';
import { newDraft, type StepDraft } from './stepDraft';

/** The steps of the log and what their pointers name. A step's `index` is its place among `steps`. */
export interface GroupedSteps {
  /** In the order of the log. */
  steps: StepDraft[];
  /** What step `n` names: from `firstNamed[n]` up to before `firstNamed[n + 1]` of the next, in the order of its pointers. */
  firstNamed: Int32Array;
  /** The place of the step that a pointer names; −1 where it names none. */
  named: Int32Array;
  /** By pointer what it means: asked here, a pointer is fetched from memory but once. */
  meanings: readonly PreviousPointer['meaning'][];
}

/**
 * Groups the records that carry a step ID, tells the publisher's lines (handoffs) from the step's own, and forms the
 * attempts. Steps are taken in the order of their pointers, because telling a handoff needs the previous step's service
 * and interval.
 */
export function groupSteps(ordered: OrderedRecords): GroupedSteps {
  const grouped = stepsById(ordered);
  const { steps } = grouped;
  const extents = new Array<Extent[] | null>(steps.length).fill(null);
  const extentsAt = (index: number) => {
    const known = extents[index] ?? extentsOf(steps[index]!, ordered);
    extents[index] = known;
    return known;
  };
  const publishersAt = (index: number) => publishersOf(index, grouped);
  const order = causesFirst(grouped);
  for (let place = 0; place < order.length; place++) {
    const step = steps[order[place]!]!;
    splitHandoffs(step, publishersAt, ordered, extentsAt);
    formAttempts(step, ordered);
    // What a member of the same cycle saw of it was not yet all.
    extents[step.index] = null;
  }
  return grouped;
}

function stepsById(ordered: OrderedRecords): GroupedSteps {
  const { list, of, numberOf } = ordered.stepIds;
  const count = list.length;
  const recordsOf = bucketsOf(of, count);
  const steps = new Array<StepDraft>(count);
  const firstNamed = int32Column(count + 1);
  // Room for one pointer a step from the start, as mostly is enough: a list that grows is copied many times.
  const named = new Array<number>(count);
  const meanings = new Array<PreviousPointer['meaning']>(count);
  let pointers = 0;
  let before: string | null = null;
  let lastNamed: string | null = null;
  let place = -1;
  for (let at = 0; at < count; at++) {
    const id = list[at]!;
    const step = newDraft(at, id, id);
    step.records = bucketAt(recordsOf, at);
    step.pointers = unitedPointers(step, ordered);
    steps[at] = step;
    for (let pointer = 0; pointer < step.pointers.length; pointer++) {
      const { id: previous, meaning } = step.pointers[pointer]!;
      // Many a step names the one that is logged before it, or what that one names: to compare IDs takes less than to
      // look one up.
      if (previous !== lastNamed) place = previous === before ? at - 1 : numberOf(previous);
      lastNamed = previous;
      named[pointers] = place;
      meanings[pointers++] = meaning;
    }
    firstNamed[at + 1] = pointers;
    before = id;
  }
  named.length = meanings.length = pointers;
  return { steps, firstNamed, named: new Int32Array(named), meanings };
}

/** The pointers of all records of a step, each ID once. */
function unitedPointers(step: StepDraft, { records, stepIds }: OrderedRecords): readonly PreviousPointer[] {
  const { lists, differ } = stepIds.pointers;
  return eachOnce(differ[step.index] === 1 ? allPointers(step, records) : lists[step.index]!);
}

/** A function of its own: to make a function inside another takes memory at each call of that, whether it is needed or not. */
const allPointers = (step: StepDraft, records: readonly LogRecord[]): PreviousPointer[] =>
  step.records.flatMap(index => records[index]!.previous);

function eachOnce(pointers: readonly PreviousPointer[]): readonly PreviousPointer[] {
  if (pointers.length < 2 || areFewAndDistinct(pointers)) return pointers;
  const byId = new Map<string, PreviousPointer>();
  for (const pointer of pointers) if (!byId.has(pointer.id)) byId.set(pointer.id, pointer);
  return byId.size === pointers.length ? pointers : [...byId.values()];
}

/** Told without a map, which for the few previous steps of a join takes ten times as long as to compare each with each. */
function areFewAndDistinct(pointers: readonly PreviousPointer[]): boolean {
  if (pointers.length > 8) return false;
  for (let at = 1; at < pointers.length; at++)
    for (let before = 0; before < at; before++) if (pointers[before]!.id === pointers[at]!.id) return false;
  return true;
}

/** The steps that a step names, but for itself. */
function publishersOf(at: number, { firstNamed, named }: GroupedSteps): number[] {
  const publishers: number[] = [];
  for (let pointer = firstNamed[at]!; pointer < firstNamed[at + 1]!; pointer++) {
    const place = named[pointer]!;
    if (place >= 0 && place !== at) publishers.push(place);
  }
  return publishers;
}

/** Previous steps before the steps that name them, by index; members of a cycle in the order of the log. Kahn's algorithm. */
function causesFirst({ steps, firstNamed, named }: GroupedSteps): Int32Array {
  const count = steps.length;
  /** By pointer the step that it is of. */
  const owners = int32Column(named.length);
  const open = int32Column(count);
  for (let owner = 0; owner < count; owner++) {
    for (let pointer = firstNamed[owner]!; pointer < firstNamed[owner + 1]!; pointer++) {
      owners[pointer] = owner;
      if (named[pointer]! >= 0 && named[pointer] !== owner) open[owner]!++;
    }
  }
  const followers = bucketsOf(named, count);
  const queue = int32Column(count);
  const queued = uint8Column(count);
  let length = 0;
  const enqueue = (at: number) => {
    if (queued[at]) return;
    queued[at] = 1;
    queue[length++] = at;
  };
  for (let at = 0; at < count; at++) if (open[at] === 0) enqueue(at);
  for (let taken = 0, first = 0; ; taken++) {
    // Only cycles are left: break them where the log begins.
    for (; taken === length && first < count; first++) enqueue(first);
    if (taken === length) return queue;
    const cause = queue[taken]!;
    for (let at = followers.first[cause]!; at < followers.first[cause + 1]!; at++) {
      const effect = owners[followers.places[at]!]!;
      if (effect !== cause && --open[effect]! === 0) enqueue(effect);
    }
  }
}
