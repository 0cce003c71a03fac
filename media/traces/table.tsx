import type { RefObject } from 'preact';
import { useMemo, useRef } from 'preact/hooks';
import type { TraceQuery } from '../../src/common/protocol/tracesProtocol';
import { counted } from '../page/format';
import { useWidth } from '../page/viewport';
import { VirtualGrid } from '../page/virtualGrid';
import { columns, columnsAt, oneLineFrom, tracksOf } from './columns';
import type { TraceRows } from './listRows';
import { TableHead } from './tableHead';
import { TraceRow } from './traceRow';

interface TableProps {
  rows: TraceRows;
  count: number;
  longestMs: number | null;
  query: TraceQuery;
  input: RefObject<HTMLInputElement | null>;
  selected: number | null;
  revealed: number;
  initialScroll: number;
  ask: (change: Partial<TraceQuery>) => void;
  onSelect: (index: number) => void;
  onOpen: (index: number, preview: boolean) => void;
  onScroll: (top: number) => void;
}

/** The list: columns where there is room for them, else two lines a trace. */
export function Table({ rows, count, longestMs, query, input, ask, ...grid }: TableProps) {
  const pane = useRef<HTMLDivElement>(null);
  const head = useRef<HTMLDivElement>(null);
  const width = useWidth(pane, true);
  const shown = useMemo(() => (width >= oneLineFrom ? columnsAt(width) : null), [width]);
  const toHead = () => {
    const button = head.current?.querySelector<HTMLElement>('[data-reachable=true]');
    (button ?? input.current)?.focus();
  };
  return (
    <div class={shown ? 'table' : 'table lines'} ref={pane} style={{ '--columns': shown ? tracksOf(shown) : '' }}>
      {width > 0 && (
        <VirtualGrid
          {...grid}
          content={JSON.stringify(query)}
          role="grid"
          label={`Traces, ${counted(count, 'trace')}`}
          class=""
          columns={columns.length}
          count={count}
          rowHeight={shown ? 22 : 44}
          headHeight={shown ? 24 : 0}
          head={() => shown && <TableHead shown={shown} query={query} box={head} input={input} ask={ask} />}
          row={(index, place) => {
            const trace = rows.at(index);
            return (
              <TraceRow
                {...place}
                key={place.slot}
                trace={trace}
                name={trace ? rows.nameOf(trace.correlationId) : null}
                index={index}
                count={count}
                shown={shown}
                longestMs={longestMs}
              />
            );
          }}
          want={ranges => rows.want(ranges)}
          onLeaveUp={toHead}
        />
      )}
    </div>
  );
}
