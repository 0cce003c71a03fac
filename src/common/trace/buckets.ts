import { sortFew } from '../base/sortFew';
import { int32Column } from './columns';

/** Places of a list under their keys: those of `key` are `places[first[key]]` up to before `places[first[key + 1]]`. */
export interface Buckets {
  first: Int32Array;
  places: Int32Array;
}

/**
 * Gathers the places of a list by key, in order, with one counting pass: what a map of lists would hold, in two arrays.
 *
 * @param keys 0 … `count` − 1; −1 is in no bucket
 */
export function bucketsOf(keys: Int32Array, count: number): Buckets {
  const first = int32Column(count + 1);
  for (let place = 0; place < keys.length; place++) if (keys[place]! >= 0) first[keys[place]!]!++;
  // Where each ends, until it is filled from behind.
  for (let key = 1; key <= count; key++) first[key]! += first[key - 1]!;
  const places = int32Column(first[count]!);
  for (let place = keys.length - 1; place >= 0; place--) if (keys[place]! >= 0) places[--first[keys[place]!]!] = place;
  return { first, places };
}

export const isEmpty = ({ first }: Buckets, key: number): boolean => first[key] === first[key + 1];

/** One bucket as a list of its own. */
export function bucketAt({ first, places }: Buckets, key: number): number[] {
  const from = first[key]!;
  const bucket = new Array<number>(first[key + 1]! - from);
  for (let at = 0; at < bucket.length; at++) bucket[at] = places[from + at]!;
  return bucket;
}

/** Sorts each bucket in place. */
export function sortBuckets(buckets: Buckets, compare: (a: number, b: number) => number): void {
  const { first, places } = buckets;
  for (let key = 0; key + 1 < first.length; key++) {
    const from = first[key]!;
    const to = first[key + 1]!;
    if (to - from < 2 || isSorted(places, from, to, compare)) continue;
    places.set(sortFew(bucketAt(buckets, key), compare), from);
  }
}

function isSorted(places: Int32Array, from: number, to: number, compare: (a: number, b: number) => number): boolean {
  for (let at = from + 1; at < to; at++) if (compare(places[at - 1]!, places[at]!) > 0) return false;
  return true;
}
