import { sortFew } from '../base/sortFew';

/** A step's own time: its length less the union of what it encloses, clipped to it. Unsorted input is fine. */
export function selfTime(start: number, end: number, enclosed: readonly { start: number; end: number }[]): number {
  let covered = 0;
  let reached = start;
  for (const child of sortFew([...enclosed], (a, b) => a.start - b.start)) {
    const from = Math.max(child.start, reached);
    const to = Math.min(child.end, end);
    if (to > from) covered += to - from;
    reached = Math.max(reached, to);
  }
  return end - start - covered;
}
