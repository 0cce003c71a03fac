import type { RowWindows } from './rowWindows';

/** Where a key leads from a row, or `null` where the key is not for moving. */
export function target(key: string, from: number, count: number, page: number, rows: RowWindows): number | null {
  const within = (index: number) => Math.min(count - 1, Math.max(0, index));
  switch (key) {
    case 'ArrowDown':
      return within(from + 1);
    case 'ArrowUp':
      return within(from - 1);
    case 'PageDown':
      return within(from + page);
    case 'PageUp':
      return within(from - page);
    case 'Home':
      return 0;
    case 'End':
      return within(count - 1);
    case 'ArrowRight':
      return firstBranch(from, rows);
    case 'ArrowLeft':
      return parent(from, rows);
    default:
      return null;
  }
}

function firstBranch(from: number, rows: RowWindows): number {
  const depth = rows.at(from)?.depth;
  const next = rows.at(from + 1)?.depth;
  return depth !== undefined && next !== undefined && next > depth ? from + 1 : from;
}

/** The nearest row above with less depth, as far back as rows are at hand. */
function parent(from: number, rows: RowWindows): number {
  const depth = rows.at(from)?.depth ?? 0;
  if (depth === 0) return from;
  for (let index = from - 1; index >= 0; index--) {
    const row = rows.at(index);
    if (!row) return from;
    if (row.depth < depth) return index;
  }
  return from;
}
