import type { TimeMap } from '../../../src/common/timeline/timeMap';
import type { AxisOrigin } from '../../../src/common/timeline/timeTicks';
import type { TimeWindow } from '../../../src/common/timeline/timeWindow';

/** What the bar column shows of a trace's time, and what its axis counts from. */
export interface TimeAxis extends TimeWindow, AxisOrigin {
  /** Where times are on the whole axis, and the stretch of that which is shown. */
  map: TimeMap;
  places: TimeWindow;
  /** False where all of the trace is shown. */
  zoomed: boolean;
  /** The latest time that is known of the trace: how far its running steps have come. */
  nowMs: number;
}

/** Milliseconds since the trace's start to pixels of the bar column. */
export interface TimeScale extends TimeAxis {
  width: number;
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

/** Ms of the axis to a pixel. */
export const perPixel = ({ places, zoomed, width }: TimeScale): number =>
  (places.toMs - places.fromMs) / innerOf(zoomed, width).width;

export const toX = (scale: TimeScale, ms: number): number => placeToX(scale, scale.map.placeOf(ms));

export function placeToX({ places, width, zoomed }: TimeScale, place: number): number {
  const { fromMs, toMs } = places;
  const share = toMs > fromMs ? (place - fromMs) / (toMs - fromMs) : 0;
  const inner = innerOf(zoomed, width);
  if (!zoomed) return inner.left + Math.min(1, Math.max(0, share)) * inner.width;
  return Math.min(width + beyond, Math.max(-beyond, share * width));
}

/** The place on the axis under a pixel of a column that is `width` wide. */
export function placeAt({ places, zoomed }: TimeAxis, width: number, x: number): number {
  const inner = innerOf(zoomed, width);
  const share = (x - inner.left) / inner.width;
  return places.fromMs + Math.min(1, Math.max(0, share)) * (places.toMs - places.fromMs);
}
