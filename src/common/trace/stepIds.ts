import type { LogRecord } from '../model/logRecord';
import { int32Column } from './columns';
import { type Numbered, renumber } from './numbered';

/** The step IDs of records, numbered in the order of the log. */
export interface StepIds extends Numbered<string> {
  /** The number of an ID; −1 where no record has it as its own. */
  numberOf(id: string): number;
}

/** Reads the step IDs of records one after another: numbered in that order. */
export function stepIdReader(count: number): { stepIds: StepIds; read(record: LogRecord, at: number): void } {
  const list: string[] = [];
  const of = int32Column(count);
  const known = new Map<string, number>();
  let last: string | null = null;
  let lastNumber = -1;
  const numberOf = (id: string) => known.get(id) ?? -1;
  return {
    stepIds: { list, of, numberOf },
    read({ stepId }, at) {
      // A step's records mostly follow each other.
      if (stepId !== last) {
        last = stepId;
        lastNumber = stepId === null ? -1 : numberOf(stepId);
        if (stepId !== null && lastNumber === -1) {
          lastNumber = list.length;
          known.set(stepId, lastNumber);
          list.push(stepId);
        }
      }
      of[at] = lastNumber;
    },
  };
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
