// biome-ignore-all lint/a11y/noStaticElementInteractions: for the mouse; the row has a key for the same
// biome-ignore-all lint/a11y/useKeyWithClickEvents: F on the row
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { TimelineRow } from '../../../src/common/timeline/timelineRow';
import type { TimeWindow } from '../../../src/common/timeline/timeWindow';
import { unbrokenDuration } from '../../page/format';
import { Icon } from '../../page/icon';
import { extentOf } from './barLayout';
import type { TimeScale } from './timeScale';

/** Time of a row that is not in the window, in ms; `null` where there is none on that side. */
export interface OffScreen {
  beforeMs: number | null;
  afterMs: number | null;
  /** True where nothing of the row is in the window: the other number is then how far away it is. */
  all: boolean;
}

export function offScreen(row: TimelineRow, { fromMs, toMs, zoomed }: TimeScale): OffScreen {
  const extent = zoomed ? extentOf(row) : null;
  if (extent === null) return { beforeMs: null, afterMs: null, all: false };
  const { fromMs: start, toMs: end } = extent;
  if (end < fromMs) return { beforeMs: fromMs - end, afterMs: null, all: true };
  if (start > toMs) return { beforeMs: null, afterMs: start - toMs, all: true };
  return { beforeMs: start < fromMs ? fromMs - start : null, afterMs: end > toMs ? end - toMs : null, all: false };
}

/** Brings a stretch of time into the window. */
export const ShowTime = createContext<(time: TimeWindow) => void>(() => {});

const letterWidth = 6.4;

/** What stands beside a distance: arrow and padding; an icon where something failed. */
const around = 20;
const iconRoom = 17;

/** At the edges of the column: that a row has time outside of it, or how far away all of its time is; a click leads there. */
export function EdgeMarks({ row, scale }: { row: TimelineRow; scale: TimeScale }) {
  const showTime = useContext(ShowTime);
  const { beforeMs, afterMs, all } = offScreen(row, scale);
  const failed = row.status === 'failed' || (row.fold?.errors ?? 0) > 0;
  const mark = (side: 'before' | 'after', ms: number | null) => {
    if (ms === null) return null;
    const far = unbrokenDuration(ms);
    const says = all
      ? `${side === 'before' ? 'Ended' : 'Begins'} ${far} ${side} the time shown${failed ? '; failed' : ''}`
      : side === 'before'
        ? `Begins ${far} before the time shown`
        : `Goes on for ${far} after the time shown`;
    const words = `${far}\u00a0${side === 'before' ? 'earlier' : 'later'}`;
    const room = scale.width - around - (failed ? iconRoom : 0);
    const text = words.length * letterWidth <= room ? words : far;
    return (
      <span
        class={`edge ${side}${failed && all ? ' failed' : ''}`}
        title={`${says}. Click to show it.`}
        onClick={event => {
          const time = extentOf(row);
          if (time) showTime(time);
          event.stopPropagation();
        }}
      >
        {side === 'before' && '‹'}
        {all && failed && <Icon name="error" />}
        {all && <span class="edge-distance">{text}</span>}
        {side === 'after' && '›'}
      </span>
    );
  };
  return (
    <>
      {mark('before', beforeMs)}
      {mark('after', afterMs)}
    </>
  );
}
