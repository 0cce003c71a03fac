import type { LogRecord } from '../model/logRecord';
import { int32Column } from './columns';
import { type Numbered, renumber } from './numbered';

/** The step IDs of records, numbered in the order of the log. */
export interface StepIds extends Numbered<string> {
  /** The number of an ID; −1 where no record has it as its own. */
  numberOf(id: string): number;
}

/** Numbered in the order of the input. */
export function stepIdsOf(input: readonly LogRecord[]): StepIds {
  const list: string[] = [];
  const of = int32Column(input.length).fill(-1);
  const known = new Map<string, number>();
  let last: string | null = null;
  let number: number | undefined;
  for (let at = 0; at < of.length; at++) {
    const { stepId } = input[at]!;
    if (stepId === null) continue;
    // A step's records mostly follow each other.
    if (stepId !== last) number = known.get(stepId);
    if (number === undefined) {
      number = list.length;
      known.set(stepId, number);
      list.push(stepId);
    }
    last = stepId;
    of[at] = number;
  }
  return { list, of, numberOf: id => known.get(id) ?? -1 };
}

/** The same of the records in another order; see {@link renumber}. */
export function renumberIds(ids: StepIds, order: Int32Array): StepIds {
  const { list, of, numbers } = renumber(ids, order);
  const numberOf = (id: string) => {
    const before = ids.numberOf(id);
    return before === -1 ? -1 : numbers[before]!;
  };
  return { list, of, numberOf };
}
