import assert from 'node:assert/strict';
import { rowChildren } from '../../src/common/timeline/rowChildren';
import { rowTree } from '../../src/common/timeline/rowTree';
import type { TimelineRow } from '../../src/common/timeline/timelineRow';

/** Rows of these depths, named by their place. */
function rowsOf(depths: readonly number[]): TimelineRow[] {
  const { end, siblings } = rowTree(depths);
  return depths.map(
    (depth, row) => ({ key: `${row}`, depth, below: end[row]! - row - 1, siblings: siblings[row]! }) as TimelineRow,
  );
}

describe('The rows below a row', () => {
  const rows = rowsOf([0, 1, 2, 1, 0, 0, 3, 3]);
  const keys = (parent: number | null, from = 0, to = 500) =>
    rowChildren(rows, parent, from, to).rows.map(({ row }) => row.key);

  it('are the nearest ones that are deeper, however deep', () => {
    assert.deepEqual(
      [null, 0, 1, 4, 5].map(parent => keys(parent)),
      [['0', '4', '5'], ['1', '3'], ['2'], [], ['6', '7']],
    );
    assert.deepEqual(rowChildren([], null, 0, 500), { total: 0, rows: [] });
    assert.deepEqual(keys(99), []);
  });

  it('come as a stretch, with how many there are and where they stand', () => {
    const { total, rows: some } = rowChildren(rows, null, 1, 2);
    assert.deepEqual([total, some.map(({ index }) => index)], [3, [4]]);
    assert.deepEqual(keys(null, 3), []);
  });

  it('are all there, each once, over a tree of 100,000', () => {
    const large = rowsOf(Array.from({ length: 100_000 }, (_, row) => row % 10));
    const seen = new Set<number>();
    const waiting: (number | null)[] = [null];
    while (waiting.length > 0) {
      const parent = waiting.pop()!;
      for (let from = 0; ; from += 500) {
        const { rows: stretch } = rowChildren(large, parent, from, from + 500);
        for (const { index } of stretch) {
          assert.ok(!seen.has(index));
          seen.add(index);
          waiting.push(index);
        }
        if (stretch.length < 500) break;
      }
    }
    assert.equal(seen.size, 100_000);
  });
});
