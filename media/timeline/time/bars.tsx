import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { TimelineRow } from '../../../src/common/timeline/timelineRow';
import { unbrokenDuration } from '../../page/format';
import { Icon } from '../../page/icon';
import { type Box, layoutBars } from './barLayout';
import { EdgeMarks } from './edgeMarks';
import { longestPiece, Tears } from './tears';
import { type TimeScale, toX } from './timeScale';

const texts: Record<Box['kind'], string> = {
  work: 'Work',
  inferred: 'Work or waiting: the logs do not say',
  wait: 'Waiting in a queue',
  idle: 'Idle',
  earlier: 'Earlier attempts',
  elapsed: 'An earlier attempt, or waiting: the logs do not say',
  instant: 'One log line',
  start: 'Started; no end is logged',
  running: 'Still running: no line since',
  folded: 'At work, in what is folded here',
};

/** Waiting and idling say so by themselves where there is room: nobody may take them for work. */
const names: Partial<Record<Box['kind'], string>> = { wait: 'wait', idle: 'idle', running: 'running' };
const letterWidth = 6;

const crossWidth = 16;

/** What the rows' time is drawn by: not one of a row's own props, so that zooming draws nothing of it but its bars. */
export const Scale = createContext<TimeScale | null>(null);

/** One row's stretch of time. The row says all of it in words too, so this is hidden from a screen reader. */
export function Bars({ row, colour }: { row: TimelineRow; colour: string }) {
  const scale = useContext(Scale);
  if (!scale) return null;
  const { boxes, path, left, right } = layoutBars(row, scale);
  return (
    <div class="bars" aria-hidden="true">
      {boxes.map(({ kind, left, width, open, compressedMs }, at) => (
        <div
          key={at}
          class={`box ${kind} ${colour}${open ? ' open' : ''}${row.clockOffsetMs === null ? '' : ' moved'}`}
          style={{ left: px(left), width: px(width) }}
          title={
            (kind === 'wait' && row.waitMs !== null ? `${texts.wait}: ${unbrokenDuration(row.waitMs)}` : texts[kind]) +
            (compressedMs > 0
              ? `; ${unbrokenDuration(compressedMs)} of it run through idle time that is compressed`
              : '')
          }
        />
      ))}
      {boxes.map((box, at) => {
        const name = names[box.kind];
        return name && <BoxName key={at} box={box} name={name} scale={scale} />;
      })}
      {path.map(({ left, width, work }, at) => (
        <div
          key={at}
          class={work ? 'path' : 'path waiting'}
          style={{ left: px(left), width: px(width) }}
          title="On the critical path"
        />
      ))}
      {scale.map.breaks.length > 0 && <Tears boxes={boxes} scale={scale} />}
      {row.status === 'failed' && boxes.length > 0 && right >= 0 && left <= scale.width && (
        <span class="cross" style={{ left: px(crossX(left, right, scale.width)) }} title="Failed">
          <Icon name="error" />
        </span>
      )}
      <RecordMarks row={row} scale={scale} />
      {scale.zoomed && <EdgeMarks row={row} scale={scale} />}
    </div>
  );
}

/** In the part of a box that is in view; where breaks tear it, in the longest piece. */
function BoxName({ box, name, scale }: { box: Box; name: string; scale: TimeScale }) {
  const { kind, durationMs } = box;
  const { from, to } = longestPiece(box, scale);
  const room = to - from - 12;
  const long = kind === 'running' ? name : `${name} ${unbrokenDuration(durationMs)}`;
  const text = [long, name].find(({ length }) => length * letterWidth <= room);
  if (text === undefined) return null;
  return (
    <span class="box-name" style={{ left: px(from), width: px(room + 12) }}>
      <span>{text}</span>
    </span>
  );
}

/** The log lines of a row as ticks below its bar, errors as marks above it, those that are folded into it too. */
function RecordMarks({ row, scale }: { row: TimelineRow; scale: TimeScale }) {
  const fold = row.fold?.open ? null : row.fold;
  const ticks = pixels(row.marks, scale);
  const errors = pixels([...row.errorMarks, ...(fold?.errorsMs ?? [])], scale);
  if (ticks.length + errors.length === 0) return null;
  return (
    <svg class="record-marks" aria-hidden="true" width={scale.width} height="26">
      <path class="record-tick" d={ticks.map(x => `M${x + 0.5} 20v3`).join('')} />
      {errors.length > 0 && <path class="record-error" d={errors.map(x => `M${x + 0.5} 6l-3-5h6z`).join('')} />}
    </svg>
  );
}

/** One for each pixel of the column that any of the times is in. */
function pixels(times: readonly number[], scale: TimeScale): number[] {
  const all = times.map(ms => Math.round(toX(scale, ms))).filter(x => x >= 0 && x <= scale.width);
  return [...new Set(all)];
}

/** After the bar, or before it where there is no room; a bar that goes on out of the column has it at the edge. */
function crossX(left: number, right: number, width: number): number {
  if (right > width) return width - crossWidth - 12;
  if (right + 3 + crossWidth <= width) return right + 3;
  return left - 3 - crossWidth >= 0 ? left - 3 - crossWidth : width - crossWidth;
}

const px = (value: number): string => `${value.toFixed(1)}px`;
