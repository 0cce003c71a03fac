import { useMemo } from 'preact/hooks';
import { unbrokenDuration } from '../../page/format';
import { kept } from '../../page/kept';
import type { RowsInView } from '../../page/virtualGrid';
import type { ListedRows } from '../rows/entryRows';
import { type AxisMarks, axisMarks } from './axisMarks';
import { layoutLinks } from './linkLayout';
import { type TimeScale, toX } from './timeScale';

export function TimeHead({ scale }: { scale: TimeScale }) {
  const { ticks, breaks } = useMemo(() => axisMarks(scale), [scale]);
  return (
    <div class={scale.zoomed ? 'ticks zoomed' : 'ticks'} aria-hidden="true">
      {breaks.map(({ left, width, ms }, at) => (
        <span key={at} class="break-band" title={breakText(ms)} style={{ left: px(left), width: px(width) }} />
      ))}
      {breaks.map(
        ({ ms, label }, at) =>
          label && (
            <span key={at} class="tick break" title={breakText(ms)} style={{ left: px(label.labelX) }}>
              {label.label}
            </span>
          ),
      )}
      {ticks.map(({ labelX, label }, at) => (
        <span key={at} class="tick" style={{ left: px(labelX) }}>
          {label}
        </span>
      ))}
    </div>
  );
}

const breakText = (ms: number) => `${unbrokenDuration(ms)} of idle time, compressed`;

const px = (value: number): string => `${value.toFixed(1)}px`;

interface TimeBackgroundProps {
  scale: TimeScale;
  view: RowsInView;
  rows: ListedRows;
  version: number;
  /** Pixels. */
  rowHeight: number;
  selected: number | null;
}

/** What is behind the rows stands still for so many of them: scrolling adds links, and moves none. */
const blockRows = 1_000;

/** Below the rows the lines of the time axis, above them how those in view hang together. The rows say it in words. */
export function TimeBackground({ scale, view, rows, version, rowHeight, selected }: TimeBackgroundProps) {
  const { from, indices, shift } = view;
  // `version` stands for the rows' contents.
  const links = useMemo(
    () => layoutLinks(indices, rows, scale, rowHeight, selected),
    [indices, rows, version, scale, rowHeight, selected],
  );
  const marks = useMemo(() => axisMarks(scale), [scale]);
  const { width } = scale;
  // The rows in view are in one block or in two.
  const block = blockOf(from - (from % blockRows), rowHeight, width, shift);
  return (
    <>
      <div key="background" class="time-background" aria-hidden="true" style={block.place}>
        <svg aria-hidden="true" {...block.frame}>
          <Gridlines scale={scale} marks={marks} top={block.top} height={block.height} />
        </svg>
      </div>
      <div key="links" class="time-background links" aria-hidden="true" style={block.place}>
        <svg aria-hidden="true" {...block.frame}>
          {links.map(({ id, line, head, evidence, selected }) => (
            <g key={id} class={`link-shape ${evidence}${selected ? ' selected' : ''}`}>
              <path class="link-line" d={line} />
              <path class="link-head" d={head} />
            </g>
          ))}
        </svg>
      </div>
    </>
  );
}

/** A drawing of two blocks of rows whose coordinates are those of the list. */
function blockOf(first: number, rowHeight: number, width: number, shift: number) {
  const top = first * rowHeight;
  const height = 2 * blockRows * rowHeight;
  return {
    top,
    height,
    frame: { width, height, viewBox: `0 ${top} ${width} ${height}` },
    place: { top: `${top - shift}px`, height: `${height}px` },
  };
}

interface GridlinesProps {
  scale: TimeScale;
  marks: AxisMarks;
  top: number;
  height: number;
}

const Gridlines = kept(({ scale, marks, top, height }: GridlinesProps) => {
  const now = toX(scale, scale.nowMs);
  return (
    <>
      {scale.nowMs < scale.toMs && (
        <rect class="ahead" x={now} y={top} width={Math.max(0, scale.width - now)} height={height} />
      )}
      {marks.breaks.map(({ left, width }, at) => (
        <rect key={at} class="break-ground" x={left} y={top} width={width} height={height} />
      ))}
      {marks.ticks.map(({ x }, at) => (
        <line key={at} class="gridline" x1={x} x2={x} y1={top} y2={top + height} />
      ))}
    </>
  );
});
