/** How rows hang below each other, by row. Made of the order and depth that is shown, not of the links: it has no cycles. */
export interface RowTree {
  /** The nearest row above with less depth; −1 where there is none. */
  parent: Int32Array;
  /** The row behind the last one that hangs below. */
  end: Uint32Array;
  /** Place among the rows that hang directly below the same one, from 1, and how many those are. */
  sibling: Uint32Array;
  siblings: Uint32Array;
}

/** @param depths of the rows, in row order. Linear and without recursion: a chain may be 100,000 rows deep. */
export function rowTree(depths: readonly number[]): RowTree {
  const count = depths.length;
  const tree: RowTree = {
    parent: new Int32Array(count).fill(-1),
    end: new Uint32Array(count).fill(count),
    sibling: new Uint32Array(count),
    siblings: new Uint32Array(count),
  };
  /** The rows that the current one hangs below, outermost first. */
  const open: number[] = [];
  /** Children so far; the last place is of rows that hang below none. */
  const children = new Uint32Array(count + 1);
  for (const [row, depth] of depths.entries()) {
    while (open.length > 0 && depths[open.at(-1)!]! >= depth) tree.end[open.pop()!] = row;
    const parent = open.at(-1) ?? -1;
    tree.parent[row] = parent;
    tree.sibling[row] = ++children[parent === -1 ? count : parent]!;
    open.push(row);
  }
  for (const [row, parent] of tree.parent.entries()) tree.siblings[row] = children[parent === -1 ? count : parent]!;
  return tree;
}
