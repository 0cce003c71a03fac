import type { ComponentChildren, Ref } from 'preact';

/** In order: a narrow timeline hides the service, which must not change the others' numbers. */
const columns = ['step', 'service', 'duration', 'time'] as const;

interface CellProps {
  column: (typeof columns)[number];
  class?: string;
  role?: 'gridcell' | 'columnheader';
  title?: string;
  box?: Ref<HTMLDivElement>;
  children?: ComponentChildren;
}

/** A cell of the treegrid. Not a `<td>`: rows are placed by themselves, since most of them do not exist. */
export function Cell({ column, class: extra = '', role = 'gridcell', title, box = null, children }: CellProps) {
  const index = columns.indexOf(column) + 1;
  return (
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: each of both roles has it
    <div class={`cell ${column} ${extra}`} role={role} aria-colindex={index} title={title} ref={box}>
      {children}
    </div>
  );
}
