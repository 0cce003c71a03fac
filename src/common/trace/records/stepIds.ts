import type { LogRecord } from '../../model/logRecord';
import { int32Column } from '../columns';
import { type Numbered, renumber } from './numbered';
import { renumberAttributes, type StepAttributes, stepAttributeReader } from './stepAttributes';
import { renumberPointers, type StepPointers, stepPointerReader } from './stepPointers';
import { TextNumbers } from './textNumbers';

/** The step IDs of records, numbered in the order of the log. */
export interface StepIds extends Numbered<string> {
  /** The number of an ID; −1 where no record has it as its own. */
  numberOf(id: string): number;
  pointers: StepPointers;
  attributes: StepAttributes;
}

/** Reads the step IDs of records one after another, numbered in that order, and what the records say beside them. */
export function stepIdReader(count: number) {
  const numbers = new TextNumbers(count);
  const of = int32Column(count);
  const pointer = stepPointerReader(count, numbers);
  const attribute = stepAttributeReader(count);
  let last: string | null = null;
  let lastNumber = -1;
  return {
    read(record: LogRecord, at: number): void {
      const { stepId } = record;
      // A step's records mostly follow each other.
      if (stepId !== last) {
        last = stepId;
        lastNumber = stepId === null ? -1 : numbers.add(stepId);
      }
      of[at] = lastNumber;
      pointer.read(record, lastNumber);
      attribute.read(record, lastNumber);
    },
    /** Once all are read. */
    stepIds: (): StepIds => ({
      list: numbers.list(),
      of,
      numberOf: id => numbers.of(id),
      pointers: pointer.pointers(),
      attributes: attribute.attributes(),
    }),
  };
}

/** The same of the records in another order; see {@link renumber}. */
export function renumberIds(ids: StepIds, order: Int32Array): StepIds {
  const { list, of, numbers } = renumber(ids, order);
  const numberOf = (id: string) => {
    const before = ids.numberOf(id);
    return before === -1 ? -1 : numbers[before]!;
  };
  const pointers = renumberPointers(ids.pointers, numbers);
  return { list, of, numberOf, pointers, attributes: renumberAttributes(ids.attributes, numbers) };
}
