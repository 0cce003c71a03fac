import { type AxisOrigin, timeTicks } from '../../src/common/timeline/timeTicks';
import type { TimeWindow } from '../../src/common/timeline/timeWindow';

/** What the bar column shows of a trace's time, and what its axis counts from. */
export interface TimeAxis extends TimeWindow, AxisOrigin {
  /** False where all of the trace is shown. */
  zoomed: boolean;
  /** The latest time that is known of the trace: how far its running steps have come. */
  nowMs: number;
}

/** Milliseconds since the trace's start to pixels of the bar column. */
export interface TimeScale extends TimeAxis {
  width: number;
}

export interface Tick {
  x: number;
  /** Left end of the label: at the tick, or before it where it would be cut off. */
  labelX: number;
  label: string;
}

/**
 * Room at both ends, so that a tick mark at the very start or a failure's cross at the very end is whole. A zoomed column
 * has none: there would be time in it that is not in the window.
 */
const inset = { left: 6, right: 22 };

/** What lies outside of a zoomed column is drawn this far outside, whatever its distance: no shape is huge. */
const beyond = 100;

interface Inner {
  left: number;
  width: number;
}

const innerOf = (zoomed: boolean, width: number): Inner =>
  zoomed ? { left: 0, width } : { left: inset.left, width: Math.max(1, width - inset.left - inset.right) };

export function toX(scale: TimeScale, ms: number): number {
  const { fromMs, toMs, width, zoomed } = scale;
  const share = toMs > fromMs ? (ms - fromMs) / (toMs - fromMs) : 0;
  const inner = innerOf(zoomed, width);
  if (!zoomed) return inner.left + Math.min(1, Math.max(0, share)) * inner.width;
  return Math.min(width + beyond, Math.max(-beyond, share * width));
}

/** The time under a pixel of a column that is `width` wide. */
export function timeAt({ fromMs, toMs, zoomed }: TimeAxis, width: number, x: number): number {
  const inner = innerOf(zoomed, width);
  const share = (x - inner.left) / inner.width;
  return fromMs + Math.min(1, Math.max(0, share)) * (toMs - fromMs);
}

/** Round times, none whose label would be cut off at the right; a single one has its label where there is room. */
export function ticks(scale: TimeScale): Tick[] {
  const msPerPixel = (scale.toMs - scale.fromMs) / innerOf(scale.zoomed, scale.width).width;
  const all = timeTicks(scale, scale, msPerPixel).map(({ ms, label }) => {
    const x = toX(scale, ms);
    return { x, label, labelX: x, room: scale.width - 8 - label.length * 7 };
  });
  const whole = all.filter(({ x, room }) => x <= room);
  return whole.length > 0 ? whole : all.slice(0, 1).map(tick => ({ ...tick, labelX: Math.max(0, tick.room) }));
}
