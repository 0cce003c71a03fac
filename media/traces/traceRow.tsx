// biome-ignore-all lint/a11y/useFocusableInteractive: the row has the focus, not its cells
// biome-ignore-all lint/a11y/useSemanticElements: a <tr> cannot be placed by itself, see cell.tsx
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the grid has the keys of all rows
import type { TraceName, TraceSummaryDocument } from '../../src/common/protocol/documents';
import { kept } from '../page/kept';
import type { RowPlace } from '../page/virtualGrid';
import type { Column } from './columns';
import { TraceCells } from './traceCells';
import { TraceLines } from './traceLines';
import { menuContext, spokenTrace } from './traceTexts';

export interface TraceRowProps extends RowPlace {
  /** `undefined` until its window has come. */
  trace: TraceSummaryDocument | undefined;
  /** `null` until it has come. */
  name: TraceName | null;
  index: number;
  count: number;
  /** `null` where a trace takes two lines. */
  shown: readonly Column[] | null;
  /** Duration whose bar is as long as there is room for. */
  longestMs: number | null;
}

/** One trace. Kept as it is while nothing of it changes, so that scrolling draws only rows that come in. */
export const TraceRow = kept((props: TraceRowProps) => {
  const { trace, name, index, count, top, selected, reachable, shown, longestMs, onClick } = props;
  return (
    <div
      class={`row${selected ? ' selected' : ''}${trace ? ` status-${trace.status}` : ''}`}
      role="row"
      data-index={index}
      data-vscode-context={trace && menuContext(trace)}
      aria-rowindex={index + 2}
      aria-selected={selected}
      aria-busy={trace === undefined}
      aria-label={trace ? spokenTrace(trace, name) : `Trace ${index + 1} of ${count}, loading`}
      tabIndex={reachable ? 0 : -1}
      style={{ top: `${top}px` }}
      onClick={event => onClick(index, event)}
    >
      {trace === undefined ? (
        <Unloaded />
      ) : shown ? (
        <TraceCells trace={trace} name={name} shown={shown} longestMs={longestMs} />
      ) : (
        <TraceLines trace={trace} name={name} longestMs={longestMs} />
      )}
    </div>
  );
});

const Unloaded = () => (
  <div class="cell" role="gridcell">
    <span class="unloaded" />
  </div>
);
