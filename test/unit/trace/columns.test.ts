import assert from 'node:assert/strict';
import {
  float32Column,
  float64Column,
  int32Column,
  int32Copy,
  NumberList,
  uint8Column,
} from '../../../src/common/trace/columns';

describe('columns', () => {
  const kinds = [int32Column, uint8Column, float32Column, float64Column];

  it('begin with 0 and take numbers, short and long', () => {
    for (const column of kinds) {
      for (const length of [0, 1, 10_000, 10_001]) {
        const made = column(length);
        assert.equal(made.length, length);
        assert.ok(made.every(value => value === 0));
        if (length === 0) continue;
        made[length - 1] = 200;
        assert.equal(made.at(-1), 200);
      }
    }
  });

  it('are not counted where they are long: they start no collection of the records', () => {
    for (const column of kinds) {
      assert.ok(column(10_000).buffer instanceof ArrayBuffer);
      assert.ok(column(10_001).buffer instanceof SharedArrayBuffer);
    }
  });

  it('are copied, each for itself', () => {
    for (const length of [3, 20_000]) {
      const column = int32Column(length).fill(7);
      const copy = int32Copy(column);
      column[1] = 8;
      assert.equal(copy.length, length);
      assert.ok(copy.every(value => value === 7));
    }
  });

  it('grow with the numbers that come', () => {
    for (const column of [int32Column, float64Column]) {
      const list = new NumberList<Int32Array | Float64Array>(column);
      const numbers = Array.from({ length: 20_000 }, (_, at) => at * 3);
      for (const number of numbers) list.push(number);
      list.set(7, -1);
      numbers[7] = -1;
      assert.equal(list.length, 20_000);
      assert.equal(list.at(19_999), 59_997);
      assert.deepEqual([...list.values()], numbers);
    }
  });
});
