/** Sorted row indices, as a search finds them. */
export type Places = Uint32Array;

/** How many of them stand before a row. */
export function countBefore(places: Places, row: number): number {
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (places[middle]! < row) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Where a row stands among them; `null` where it is none of them. */
export function placeOf(places: Places, row: number | null): number | null {
  if (row === null) return null;
  const place = countBefore(places, row);
  return places[place] === row ? place : null;
}

/** Whether any of them is among the rows `from` up to and without `to`. */
export const holdsAny = (places: Places, { from, to }: { from: number; to: number }): boolean =>
  (places[countBefore(places, from)] ?? to) < to;

/** The next of them after a row, or before it; from the other end again. `null` where there is none at all. */
export function neighbour(places: Places, row: number | null, backwards: boolean): number | null {
  const count = places.length;
  if (count === 0) return null;
  if (row === null) return places[backwards ? count - 1 : 0]!;
  const place = backwards ? countBefore(places, row) - 1 : countBefore(places, row + 1);
  return places[(place + count) % count]!;
}
