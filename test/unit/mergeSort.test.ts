import assert from 'node:assert/strict';
import { mergeSort } from '../../src/common/base/mergeSort';

/** Numbers that are the same in each run. */
function drawn(count: number, most: number): number[] {
  let state = count;
  return Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state % most;
  });
}

describe('merge sort', () => {
  const lengths = [0, 1, 2, 15, 16, 17, 31, 33, 100, 1000, 4099];
  const orders: Record<string, (count: number) => number[]> = {
    'of any order': count => drawn(count, 1 << 30),
    'with many that are equal': count => drawn(count, 5),
    'in order': count => Array.from({ length: count }, (_, at) => at),
    'in reverse': count => Array.from({ length: count }, (_, at) => count - at),
    'nearly in order': count => drawn(count, 40).map((late, at) => at + late),
    'of two that run side by side': count => Array.from({ length: count }, (_, at) => (at % 2 ? at + 900 : -at)),
  };
  for (const [name, keysOf] of Object.entries(orders)) {
    it(`does what the engine's does, ${name}: equal ones stay as they stood`, () => {
      for (const count of lengths) {
        const keys = keysOf(count);
        const compare = (a: number, b: number) => keys[a]! - keys[b]!;
        const places = Array.from({ length: count }, (_, at) => at);
        const sorted = Int32Array.from(places);
        mergeSort(sorted, compare);
        assert.deepEqual([...sorted], places.sort(compare));
      }
    });
  }
});
