import { useMemo, useRef } from 'preact/hooks';

/**
 * Elements for rows: a row keeps its own while it is there, and one that comes takes over that of one that went. Changing
 * an element costs a fraction of making one, and of moving it as well: they are put in order only where that is asked for.
 *
 * @returns the rows as their elements follow each other, each with the number of its element
 */
export function useSlots(indices: readonly number[], inOrder: boolean): ReadonlyMap<number, number> {
  const slots = useRef<ReadonlyMap<number, number>>(new Map());
  return useMemo(() => {
    slots.current = inOrder ? sorted(indices, assign(slots.current, indices)) : assign(slots.current, indices);
    return slots.current;
  }, [indices, inOrder]);
}

const sorted = (indices: readonly number[], slots: ReadonlyMap<number, number>) =>
  new Map(indices.map(index => [index, slots.get(index)!]));

function assign(last: ReadonlyMap<number, number>, indices: readonly number[]): ReadonlyMap<number, number> {
  const there = new Set(indices);
  const coming = indices.filter(index => !last.has(index));
  const next = new Map<number, number>();
  for (const [index, slot] of last) {
    const taker = there.has(index) ? index : coming.shift();
    // What is left over is given back.
    if (taker !== undefined) next.set(taker, slot);
  }
  const used = new Set(next.values());
  let slot = 0;
  for (const index of coming) {
    while (used.has(slot)) slot++;
    next.set(index, slot++);
  }
  return next;
}
