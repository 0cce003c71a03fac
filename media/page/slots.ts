import { useRef } from 'preact/hooks';

/**
 * Elements for rows: a row keeps its own while it is there, and one that comes takes over that of one that went. Changing
 * an element costs a fraction of making one.
 *
 * @returns the number of a row's element
 */
export function useSlots(indices: readonly number[]): (index: number) => number {
  const slots = useRef<ReadonlyMap<number, number>>(new Map());
  const last = slots.current;
  if (indices.length !== last.size || indices.some(index => !last.has(index))) {
    const there = new Set(indices);
    const free = [...last].flatMap(([index, slot]) => (there.has(index) ? [] : slot)).reverse();
    // What is free lies below what is in use, or is given back when the rows become fewer.
    let next = Math.max(-1, ...last.values()) + 1;
    slots.current = new Map(indices.map(index => [index, last.get(index) ?? free.pop() ?? next++]));
  }
  return index => slots.current.get(index)!;
}
