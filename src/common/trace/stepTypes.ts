import type { LogRecord } from '../model/logRecord';
import { int32Column } from './columns';
import type { Numbered } from './numbered';

/** What records call the work that they are of, numbered; `null` is one of them. */
export type StepTypes = Numbered<string | null>;

/** Reads the step types of records one after another. */
export function stepTypeReader(count: number): { types: StepTypes; read(record: LogRecord, at: number): void } {
  const list: (string | null)[] = [];
  const of = int32Column(count);
  const known = new Map<string | null, number>();
  let last: string | null | undefined;
  let lastNumber = 0;
  return {
    types: { list, of },
    read({ stepType }, at) {
      if (stepType !== last) {
        last = stepType;
        lastNumber = known.get(stepType) ?? list.length;
        if (lastNumber === list.length) {
          known.set(stepType, lastNumber);
          list.push(stepType);
        }
      }
      of[at] = lastNumber;
    },
  };
}
