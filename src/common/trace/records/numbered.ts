import { int32Column } from '../columns';
/** Values under numbers that are given in the order in which they come. */
export interface Numbered<Value> {
  list: Value[];
  /** By record: the number of its value; −1 where it has none. */
  of: Int32Array;
}

/** The same of the records in another order, numbered anew. */
export interface Renumbered<Value> extends Numbered<Value> {
  /** By the number before. */
  numbers: Int32Array;
}

/** @param order by place in the new order the place in that before */
export function renumber<Value>({ list, of }: Numbered<Value>, order: Int32Array): Renumbered<Value> {
  const renumbered = {
    list: [] as Value[],
    of: int32Column(of.length),
    numbers: int32Column(list.length).fill(-1),
  };
  const { numbers } = renumbered;
  for (let at = 0; at < order.length; at++) {
    const before = of[order[at]!]!;
    if (before >= 0 && numbers[before] === -1) {
      numbers[before] = renumbered.list.length;
      renumbered.list.push(list[before]!);
    }
    renumbered.of[at] = before < 0 ? -1 : numbers[before]!;
  }
  return renumbered;
}
