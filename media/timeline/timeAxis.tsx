import { useMemo } from 'preact/hooks';
import type { RowsInView } from '../page/virtualGrid';
import type { ListedRows } from './entryRows';
import { layoutLinks } from './linkLayout';
import { rowHeight } from './row';
import { type TimeScale, ticks } from './timeScale';

export function TimeHead({ scale }: { scale: TimeScale }) {
  return (
    <div class={scale.zoomed ? 'ticks zoomed' : 'ticks'} aria-hidden="true">
      {ticks(scale).map(({ x, labelX, label }) => (
        <span key={x} class="tick" style={{ left: `${labelX.toFixed(1)}px` }}>
          {label}
        </span>
      ))}
    </div>
  );
}

interface TimeBackgroundProps {
  scale: TimeScale;
  view: RowsInView;
  rows: ListedRows;
  version: number;
  selected: number | null;
}

/** Lines of the time axis, and how the rows in view hang together. The rows say it in words. */
export function TimeBackground({ scale, view, rows, version, selected }: TimeBackgroundProps) {
  const { from, to, indices, shift } = view;
  // `version` stands for the rows' contents.
  const links = useMemo(
    () => layoutLinks(indices, rows, scale, rowHeight, selected),
    [indices, rows, version, scale, selected],
  );
  const top = from * rowHeight;
  const height = Math.max(0, to - from) * rowHeight;
  return (
    <div class="time-background" aria-hidden="true" style={{ top: `${top - shift}px`, height: `${height}px` }}>
      <svg aria-hidden="true" width={scale.width} height={height} viewBox={`0 ${top} ${scale.width} ${height}`}>
        {ticks(scale).map(({ x }) => (
          <line key={x} class="gridline" x1={x} x2={x} y1={top} y2={top + height} />
        ))}
        {links.map(({ id, line, head, evidence, selected }) => (
          <g key={id} class={`link-shape ${evidence}${selected ? ' selected' : ''}`}>
            <path class="link-line" d={line} />
            <path class="link-head" d={head} />
          </g>
        ))}
      </svg>
    </div>
  );
}
