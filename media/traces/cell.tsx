// biome-ignore-all lint/a11y/useSemanticElements: a `<td>` cannot be placed by itself
// biome-ignore-all lint/a11y/useFocusableInteractive: the row has the focus
import type { ComponentChildren } from 'preact';
import { type ColumnId, numberOf } from './columns';

interface CellProps {
  column: ColumnId;
  class?: string;
  title?: string | undefined;
  children?: ComponentChildren;
}

/** A cell of the grid. Not a `<td>`: rows are placed by themselves, since most of them do not exist. */
export function Cell({ column, class: extra = '', title, children }: CellProps) {
  return (
    <div class={`cell ${column} ${extra}`} role="gridcell" aria-colindex={numberOf(column)} title={title}>
      {children}
    </div>
  );
}
