import type { ComponentChildren, Ref } from 'preact';

interface CellProps {
  /** Column, as the stylesheet knows it, and whatever else the cell is. */
  class: string;
  role?: 'gridcell' | 'columnheader';
  title?: string;
  box?: Ref<HTMLDivElement>;
  children?: ComponentChildren;
}

/** A cell of the treegrid. Not a `<td>`: rows are placed by themselves, since most of them do not exist. */
export function Cell({ class: column, role = 'gridcell', title, box = null, children }: CellProps) {
  return (
    <div class={`cell ${column}`} role={role} title={title} ref={box}>
      {children}
    </div>
  );
}
