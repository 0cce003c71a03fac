/** A stretch of a trace's time, or of its axis (see `TimeMap`), in ms from the start. */
export interface TimeWindow {
  fromMs: number;
  toMs: number;
}

/** Length of the axis that is zoomed, of which all windows here are. `null` stands for one that shows all, also as it grows. */
type Whole = number;

/** Log stamps are not finer than that, and a double that counts days in ms still is. */
const shortestMs = 0.001;

const spanOf = ({ fromMs, toMs }: TimeWindow): number => toMs - fromMs;

export const shownWindow = (window: TimeWindow | null, wholeMs: Whole): TimeWindow =>
  window ?? { fromMs: 0, toMs: wholeMs };

/** Within the trace, neither too short nor the wrong way round; `null` where that is all of it. */
export function fitWindow({ fromMs, toMs }: TimeWindow, wholeMs: Whole): TimeWindow | null {
  if (!Number.isFinite(fromMs) || !Number.isFinite(toMs)) return null;
  const span = Math.max(Math.abs(toMs - fromMs), shortestMs);
  if (span >= wholeMs) return null;
  const from = Math.min(Math.max(0, Math.min(fromMs, toMs)), wholeMs - span);
  return { fromMs: from, toMs: from + span };
}

/** @param factor below 1 shows less, above 1 more @param atMs what stays where it is */
export function zoomWindow(window: TimeWindow | null, wholeMs: Whole, factor: number, atMs: number): TimeWindow | null {
  const shown = shownWindow(window, wholeMs);
  const span = Math.max(spanOf(shown) * factor, shortestMs);
  const fromMs = atMs - ((atMs - shown.fromMs) / spanOf(shown)) * span;
  return fitWindow({ fromMs, toMs: fromMs + span }, wholeMs);
}

export function panWindow(window: TimeWindow | null, wholeMs: Whole, byMs: number): TimeWindow | null {
  return window && fitWindow({ fromMs: window.fromMs + byMs, toMs: window.toMs + byMs }, wholeMs);
}

/** One edge of the window, moved to a time; it stops short of the other one. */
export function moveEdge(
  window: TimeWindow | null,
  wholeMs: Whole,
  edge: 'from' | 'to',
  toMs: number,
): TimeWindow | null {
  const shown = shownWindow(window, wholeMs);
  const at = Math.min(wholeMs, Math.max(0, toMs));
  return edge === 'from'
    ? fitWindow({ ...shown, fromMs: Math.max(0, Math.min(at, shown.toMs - shortestMs)) }, wholeMs)
    : fitWindow({ ...shown, toMs: Math.max(at, shown.fromMs + shortestMs) }, wholeMs);
}

/** So that a stretch has some room at both sides; a moment gets a hundredth of what is shown now. */
export function windowAround(stretch: TimeWindow, wholeMs: Whole, window: TimeWindow | null): TimeWindow | null {
  const room = spanOf(stretch) > 0 ? spanOf(stretch) * 0.1 : spanOf(shownWindow(window, wholeMs)) / 200;
  return fitWindow({ fromMs: stretch.fromMs - room, toMs: stretch.toMs + room }, wholeMs);
}

/** As much as is shown now, with a stretch in the middle of it; more where the stretch is longer. */
export function windowWith(stretch: TimeWindow, wholeMs: Whole, window: TimeWindow | null): TimeWindow | null {
  const room = (spanOf(shownWindow(window, wholeMs)) - spanOf(stretch)) / 2;
  if (room <= 0) return windowAround(stretch, wholeMs, window);
  return fitWindow({ fromMs: stretch.fromMs - room, toMs: stretch.toMs + room }, wholeMs);
}
