import type { PreviousPointer } from '../../model/logRecord';
import { bucketAt, bucketsOf } from '../buckets';
import { int32Column, int32Copy, uint8Column } from '../columns';
import type { OrderedRecords } from '../records/orderRecords';
import { noAttributes } from '../records/stepAttributes';
import { pointerMeanings } from '../records/stepPointers';
import { formAttempts } from './attempts';
import { type Extent, extentsOf, splitHandoffs } from './handoffs';
import { newDraft, type StepDraft } from './stepDraft';

/** The steps of the log and what their pointers name. A step's `index` is its place among `steps`. */
export interface GroupedSteps {
  /** In the order of the log. */
  steps: StepDraft[];
  /** Whether any failed, and whether lines of others announce any: asked once here, many passes over all are spared. */
  anyFailed: boolean;
  anyAnnounced: boolean;
  /** What step `n` names: `count[n]` places from `first[n]` on in the two columns below, in the order of its pointers. */
  first: Int32Array;
  count: Int32Array;
  /** The place of the step that a pointer names; −1 where it names none. */
  named: Int32Array;
  /** By pointer what it means, as a place in `pointerMeanings`: asked here, a pointer is fetched from memory but once. */
  meanings: Int32Array;
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
    // Asked here, no list of pointers is fetched from memory.
    if (grouped.count[step.index]! > 0) splitHandoffs(step, publishersAt, ordered, extentsAt);
    formAttempts(step, ordered);
    if (step.releasing?.status === 'failed') grouped.anyFailed = true;
    if (step.handoffs.length > 0) grouped.anyAnnounced = true;
    // What a member of the same cycle saw of it was not yet all.
    extents[step.index] = null;
  }
  return grouped;
}

function stepsById(ordered: OrderedRecords): GroupedSteps {
  const { list, of, pointers, attributes } = ordered.stepIds;
  const recordsOf = bucketsOf(of, list.length);
  const steps = new Array<StepDraft>(list.length);
  const first = int32Copy(pointers.first.subarray(0, list.length));
  const count = int32Copy(pointers.count.subarray(0, list.length));
  /** What the steps name whose records differ: behind what the others name. */
  const named: number[] = [];
  const meanings: number[] = [];
  for (let at = 0; at < list.length; at++) {
    const step = newDraft(at, list[at]!, list[at]!);
    step.records = bucketAt(recordsOf, at);
    const same = attributes[at];
    step.attributes = same === undefined ? noAttributes : same;
    steps[at] = step;
    step.pointers = pointers.lists[at] ?? unitedPointers(step, ordered);
    if (pointers.lists[at] !== null) continue;
    first[at] = pointers.named.length + named.length;
    count[at] = step.pointers.length;
    for (const { id, meaning } of step.pointers) {
      named.push(ordered.stepIds.numberOf(id));
      meanings.push(pointerMeanings.indexOf(meaning));
    }
  }
  return {
    steps,
    anyFailed: false,
    anyAnnounced: false,
    first,
    count,
    named: withMore(pointers.named, named),
    meanings: withMore(pointers.meanings, meanings),
  };
}

function withMore(column: Int32Array, more: readonly number[]): Int32Array {
  if (more.length === 0) return column;
  const longer = int32Column(column.length + more.length);
  longer.set(column);
  longer.set(more, column.length);
  return longer;
}

/** The pointers of all records of a step, each ID once. */
function unitedPointers(step: StepDraft, { records }: OrderedRecords): PreviousPointer[] {
  const byId = new Map<string, PreviousPointer>();
  for (const index of step.records)
    for (const pointer of records[index]!.previous) if (!byId.has(pointer.id)) byId.set(pointer.id, pointer);
  return [...byId.values()];
}

/** The steps that a step names, but for itself. */
function publishersOf(at: number, { first, count, named }: GroupedSteps): number[] {
  const publishers: number[] = [];
  for (let pointer = first[at]!; pointer < first[at]! + count[at]!; pointer++) {
    const place = named[pointer]!;
    if (place >= 0 && place !== at) publishers.push(place);
  }
  return publishers;
}

/** Previous steps before the steps that name them, by index; members of a cycle in the order of the log. Kahn's algorithm. */
function causesFirst({ steps, first, count: countOf, named }: GroupedSteps): Int32Array {
  const count = steps.length;
  /** By pointer the step that it is of; −1 for one that was read, but whose step unites what its records name. */
  const owners = int32Column(named.length).fill(-1);
  const open = int32Column(count);
  for (let owner = 0; owner < count; owner++) {
    for (let pointer = first[owner]!; pointer < first[owner]! + countOf[owner]!; pointer++) {
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
  for (let taken = 0, next = 0; ; taken++) {
    // Only cycles are left: break them where the log begins.
    for (; taken === length && next < count; next++) enqueue(next);
    if (taken === length) return queue;
    const cause = queue[taken]!;
    for (let at = followers.first[cause]!; at < followers.first[cause + 1]!; at++) {
      const effect = owners[followers.places[at]!]!;
      if (effect >= 0 && effect !== cause && --open[effect]! === 0) enqueue(effect);
    }
  }
}
