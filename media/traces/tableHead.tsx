// biome-ignore-all lint/a11y/useSemanticElements: as the rows, see cell.tsx
// biome-ignore-all lint/a11y/useFocusableInteractive: what can be done is a button in the cell
import type { RefObject } from 'preact';
import { useState } from 'preact/hooks';
import type { TraceQuery } from '../../src/common/protocol/tracesProtocol';
import { Icon } from '../page/icon';
import { focusActiveRow } from '../page/rowFocus';
import { type Column, numberOf } from './columns';

interface TableHeadProps {
  shown: readonly Column[];
  query: TraceQuery;
  /** Filled in by the grid: ↑ on the first row leads here. */
  box: RefObject<HTMLDivElement | null>;
  /** The box above, to which ↑ leads on. */
  input: RefObject<HTMLInputElement | null>;
  ask: (change: Partial<TraceQuery>) => void;
}

/** Numbers and times begin with the greatest, but for `start`: a list from the oldest on reads as a story. */
const goesDown = (column: Column): boolean => ['status', 'duration', 'errors', 'records', 'steps'].includes(column.id);

/** The names of the columns. A click sorts, another one turns the order. ↑ leads here from the first row, ↓ back. */
export function TableHead({ shown, query, box, input, ask }: TableHeadProps) {
  const [active, setActive] = useState('');
  const sortable = shown.filter(({ sort }) => sort !== undefined);
  const reachable = sortable.some(({ id }) => id === active) ? active : query.sort;

  const onKeyDown = (event: KeyboardEvent) => {
    const at = sortable.findIndex(({ id }) => id === reachable);
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (event.key === 'ArrowDown') focusActiveRow();
    else if (event.key === 'ArrowUp') input.current?.focus();
    else if (step !== undefined) {
      const next = sortable[Math.min(sortable.length - 1, Math.max(0, at + step))];
      if (next) setActive(next.id);
      box.current?.querySelector<HTMLElement>(`.${next?.id} button`)?.focus();
    } else return;
    event.preventDefault();
  };

  return (
    <div class="row head" role="row" aria-rowindex={1} ref={box} onKeyDown={onKeyDown}>
      {shown.map(column => {
        const { id, title, hint, sort, isNumber } = column;
        const sorted = sort === query.sort;
        const isDown = goesDown(column) !== query.reverse;
        return (
          <div
            key={id}
            class={`cell ${id}${isNumber ? ' number-cell' : ''}`}
            role="columnheader"
            aria-colindex={numberOf(id)}
            aria-sort={sorted ? (isDown ? 'descending' : 'ascending') : undefined}
            title={hint}
          >
            {sort ? (
              <button
                type="button"
                class="sort"
                tabIndex={-1}
                data-reachable={id === reachable}
                onFocus={() => setActive(id)}
                onClick={() => ask({ sort, reverse: sorted && !query.reverse })}
              >
                <span class="value">{title}</span>
                {sorted && <Icon name="chevron" class={isDown ? 'sort-mark down' : 'sort-mark'} />}
              </button>
            ) : (
              <span class="value">{title}</span>
            )}
          </div>
        );
      })}
    </div>
  );
}
