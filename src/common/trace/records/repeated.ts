import { int32Column } from '../columns';
import type { Numbered } from './numbered';

/** What many records have in common, numbered: the type of their work, their thread. `null` is one of the values. */
export type Repeated = Numbered<string | null>;

/** Takes the values of records one after another. */
export function repeatedReader(count: number): { repeated: Repeated; read(value: string | null, at: number): void } {
  const list: (string | null)[] = [];
  const of = int32Column(count);
  const known = new Map<string | null, number>();
  let last: string | null | undefined;
  let lastNumber = 0;
  return {
    repeated: { list, of },
    read(value, at) {
      if (value !== last) {
        last = value;
        lastNumber = known.get(value) ?? list.length;
        if (lastNumber === list.length) {
          known.set(value, lastNumber);
          list.push(value);
        }
      }
      of[at] = lastNumber;
    },
  };
}
