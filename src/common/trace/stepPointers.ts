import type { LogRecord, PreviousPointer } from '../model/logRecord';
import { uint8Column } from './columns';

/** What the records of each step name as previous steps, by the number of the step's ID. */
export interface StepPointers {
  /** The list of one record; empty where none names any. */
  lists: (readonly PreviousPointer[])[];
  /** 1 where not all records that name any name the same. */
  differ: Uint8Array;
}

const none: readonly never[] = [];

/** Reads the pointers of records one after another. Mostly the records of a step repeat one and the same list. */
export function stepPointerReader(count: number) {
  const lists: StepPointers['lists'] = [];
  const differ = uint8Column(count);
  return {
    pointers: { lists, differ } satisfies StepPointers,
    /** @param step the number of the record's step ID; −1 where it has none */
    read({ previous }: LogRecord, step: number): void {
      if (step === -1) return;
      if (step === lists.length) lists.push(previous.length === 0 ? none : previous);
      else if (previous.length > 0) {
        if (lists[step]!.length === 0) lists[step] = previous;
        else if (!isRepeated(previous, lists[step]!)) differ[step] = 1;
      }
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

/** The same of steps that are numbered anew. @param numbers by the number before */
export function renumberPointers({ lists, differ }: StepPointers, numbers: Int32Array): StepPointers {
  const renumbered: StepPointers = { lists: new Array(lists.length), differ: uint8Column(lists.length) };
  for (let step = 0; step < lists.length; step++) {
    renumbered.lists[numbers[step]!] = lists[step]!;
    renumbered.differ[numbers[step]!] = differ[step]!;
  }
  return renumbered;
}
