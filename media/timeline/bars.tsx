import type { TimelineRow } from '../../src/common/timeline/timelineRow';
import { unbrokenDuration } from '../page/format';
import { Icon } from '../page/icon';
import { type Box, layoutBars } from './barLayout';
import { EdgeMarks } from './edgeMarks';
import type { TimeScale } from './timeScale';

const texts: Record<Box['kind'], string> = {
  work: 'Work',
  inferred: 'Work or waiting: the logs do not say',
  wait: 'Waiting in a queue',
  idle: 'Idle',
  earlier: 'Earlier attempts',
  elapsed: 'An earlier attempt, or waiting: the logs do not say',
  instant: 'One log line',
  start: 'Started; no end is logged',
};

const crossWidth = 16;

/** One row's stretch of time. The row says all of it in words too, so this is hidden from a screen reader. */
export function Bars({ row, scale }: { row: TimelineRow; scale: TimeScale }) {
  const { boxes, path, left, right } = layoutBars(row, scale);
  return (
    <div class="bars" aria-hidden="true">
      {boxes.map(({ kind, left, width, open, compressedMs }) => (
        <div
          key={`${kind}${left}`}
          class={`box ${kind}${open ? ' open' : ''}${row.clockOffsetMs === null ? '' : ' moved'}`}
          style={{ left: px(left), width: px(width) }}
          title={
            (kind === 'wait' && row.waitMs !== null ? `${texts.wait}: ${unbrokenDuration(row.waitMs)}` : texts[kind]) +
            (compressedMs > 0
              ? `; ${unbrokenDuration(compressedMs)} of it run through idle time that is compressed`
              : '')
          }
        />
      ))}
      {path.map(({ left, width, work }) => (
        <div
          key={left}
          class={work ? 'path' : 'path waiting'}
          style={{ left: px(left), width: px(width) }}
          title="On the critical path"
        />
      ))}
      {row.status === 'failed' && boxes.length > 0 && right >= 0 && left <= scale.width && (
        <span class="cross" style={{ left: px(crossX(left, right, scale.width)) }} title="Failed">
          <Icon name="error" />
        </span>
      )}
      {scale.zoomed && <EdgeMarks row={row} scale={scale} />}
    </div>
  );
}

/** After the bar, or before it where there is no room; a bar that goes on out of the column has it at the edge. */
function crossX(left: number, right: number, width: number): number {
  if (right > width) return width - crossWidth - 12;
  if (right + 3 + crossWidth <= width) return right + 3;
  return left - 3 - crossWidth >= 0 ? left - 3 - crossWidth : width - crossWidth;
}

const px = (value: number): string => `${value.toFixed(1)}px`;
