import type { PreviousPointer } from '../model/logRecord';
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
    // Asked here, no list of pointers is fetched from memory.
    const namesAny = grouped.firstNamed[step.index] !== grouped.firstNamed[step.index + 1];
    if (namesAny) splitHandoffs(step, publishersAt, ordered, extentsAt);
    formAttempts(step, ordered);
    // What a member of the same cycle saw of it was not yet all.
    extents[step.index] = null;
  }
  return grouped;
}

function stepsById(ordered: OrderedRecords): GroupedSteps {
  const { list, of, pointers, attributes } = ordered.stepIds;
  const count = list.length;
  const recordsOf = bucketsOf(of, count);
  const steps = new Array<StepDraft>(count);
  const firstNamed = int32Column(count + 1);
  const named: number[] = [];
  const meanings: PreviousPointer['meaning'][] = [];
  for (let at = 0; at < count; at++) {
    const step = newDraft(at, list[at]!, list[at]!);
    step.records = bucketAt(recordsOf, at);
    step.attributes = attributes[at]!;
    steps[at] = step;
    const known = pointers.lists[at]!;
    if (known === null) unitePointers(step, ordered, named, meanings);
    else {
      step.pointers = known;
      const first = pointers.first[at]!;
      for (let pointer = first; pointer < first + pointers.count[at]!; pointer++) {
        named.push(pointers.named[pointer]!);
        meanings.push(pointers.meanings[pointer]!);
      }
    }
    firstNamed[at + 1] = named.length;
  }
  return { steps, firstNamed, named: Int32Array.from(named), meanings };
}

/** Gives a step the pointers of all its records, each ID once, and adds what they name. */
function unitePointers(
  step: StepDraft,
  { records, stepIds }: OrderedRecords,
  named: number[],
  meanings: PreviousPointer['meaning'][],
): void {
  const byId = new Map<string, PreviousPointer>();
  for (const index of step.records)
    for (const pointer of records[index]!.previous) if (!byId.has(pointer.id)) byId.set(pointer.id, pointer);
  step.pointers = [...byId.values()];
  for (const { id, meaning } of step.pointers) {
    named.push(stepIds.numberOf(id));
    meanings.push(meaning);
  }
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
