import type { LogRecord, PreviousPointer } from '../../model/logRecord';
import { int32Column, NumberList } from '../columns';
import type { TextNumbers } from './textNumbers';

/** What the records of each step name as previous steps, by the number of the step's ID. */
export interface StepPointers {
  /** One list that all its records repeat, or an empty one; `null` where they differ or name one ID twice. */
  lists: (readonly PreviousPointer[] | null)[];
  /** What a step's list names: `count[step]` places from `first[step]` on in the two columns below. */
  first: Int32Array;
  count: Int32Array;
  /** The number of the ID; −1 where no record has it as its own. */
  named: Int32Array;
  /** What the pointer means, as a place in {@link pointerMeanings}. */
  meanings: Int32Array;
}

export const pointerMeanings: readonly PreviousPointer['meaning'][] = ['follows', 'encloses', 'either'];

const none: readonly never[] = [];

/**
 * Reads the pointers of records one after another, and looks up what they name at once: a pointer that is come back to
 * later has to be fetched from memory again, which takes longer than all that is done here.
 *
 * @param numbers of the step IDs, those of the records read so far
 */
export function stepPointerReader(count: number, numbers: TextNumbers) {
  // Of the greatest length from the start: a list that grows is copied many times.
  const lists = new Array<readonly PreviousPointer[] | null>(count);
  let steps = 0;
  const firstOf = int32Column(count);
  const countOf = int32Column(count);
  const named = new NumberList(int32Column);
  const meanings = new NumberList(int32Column);
  /** Names of IDs that had not come yet, with their places. */
  const waiting: { place: number; id: string }[] = [];
  let last: string | null = null;
  let lastNumber = -1;

  function lookUp(list: readonly PreviousPointer[], step: number): void {
    firstOf[step] = named.length;
    countOf[step] = list.length;
    for (let at = 0; at < list.length; at++) {
      const { id, meaning } = list[at]!;
      // Many a step names the one that is logged before it, or what that one names: to compare IDs takes less than to
      // look one up.
      if (id !== last) lastNumber = step > 0 && id === numbers.textOf(step - 1) ? step - 1 : numbers.of(id);
      last = id;
      if (lastNumber === -1) waiting.push({ place: named.length, id });
      named.push(lastNumber);
      meanings.push(pointerMeanings.indexOf(meaning));
    }
  }
  return {
    /** @param step the number of the record's step ID; −1 where it has none */
    read({ previous }: LogRecord, step: number): void {
      if (step === -1) return;
      if (step === steps) lists[steps++] = none;
      const known = lists[step]!;
      if (previous.length === 0 || known === null) return;
      if (known.length > 0) {
        if (!isRepeated(previous, known)) lists[step] = null;
      } else if (areFewAndDistinct(previous)) {
        lists[step] = previous;
        lookUp(previous, step);
      } else lists[step] = null;
    },
    /** Once all are read. */
    pointers(): StepPointers {
      for (const { place, id } of waiting) named.set(place, numbers.of(id));
      lists.length = steps;
      return { lists, first: firstOf, count: countOf, named: named.values(), meanings: meanings.values() };
    },
  };
}

function isRepeated(pointers: readonly PreviousPointer[], before: readonly PreviousPointer[]): boolean {
  if (pointers.length !== before.length) return false;
  for (let at = 0; at < pointers.length; at++) {
    const pointer = pointers[at]!;
    const known = before[at]!;
    if (pointer.id !== known.id || pointer.meaning !== known.meaning) return false;
  }
  return true;
}

/** Told without a map, which for the few previous steps of a join takes ten times as long as to compare each with each. */
function areFewAndDistinct(pointers: readonly PreviousPointer[]): boolean {
  if (pointers.length > 8) return false;
  for (let at = 1; at < pointers.length; at++)
    for (let before = 0; before < at; before++) if (pointers[before]!.id === pointers[at]!.id) return false;
  return true;
}

/** The same of steps that are numbered anew. @param numbers by the number before */
export function renumberPointers({ lists, first, count, named, meanings }: StepPointers, numbers: Int32Array) {
  const renumbered: StepPointers = {
    lists: new Array(lists.length),
    first: int32Column(lists.length),
    count: int32Column(lists.length),
    named: int32Column(named.length),
    meanings,
  };
  for (let pointer = 0; pointer < named.length; pointer++) {
    const before = named[pointer]!;
    renumbered.named[pointer] = before === -1 ? -1 : numbers[before]!;
  }
  for (let before = 0; before < lists.length; before++) {
    const step = numbers[before]!;
    renumbered.lists[step] = lists[before]!;
    renumbered.first[step] = first[before]!;
    renumbered.count[step] = count[before]!;
  }
  return renumbered;
}
