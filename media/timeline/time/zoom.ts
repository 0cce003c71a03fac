import { useCallback, useEffect, useMemo, useState } from 'preact/hooks';
import type { TraceHeader } from '../../../src/common/protocol/logEngine';
import type { TimelineOverview } from '../../../src/common/timeline/overview';
import { timeMap, toPlaces, toTimes } from '../../../src/common/timeline/timeMap';
import { fitWindow, shownWindow, type TimeWindow } from '../../../src/common/timeline/timeWindow';
import { keep, recall } from '../pageMemory';
import { type Growth, useAxisEnd } from './axisEnd';
import { type Clock, clockOffsetMs } from './clockTime';
import type { TimeAxis } from './timeScale';

/** What is shown of a trace's time, and how to change it. */
export interface Zoom {
  axis: TimeAxis;
  /** From the stretch of the axis that is shown to another; `null`: all of it, also as it grows. */
  change: (next: (now: TimeWindow | null) => TimeWindow | null) => void;
}

/**
 * The window stays where it is while a trace grows or its idle time is compressed, and comes back with the page.
 *
 * @returns `null` where there is no time
 */
export function useZoom(
  { correlationId: query, durationMs }: TraceHeader,
  overview: TimelineOverview | null,
  clock: Clock,
  growth: Growth,
): Zoom | null {
  const [wanted, setWanted] = useState(recall(query).window);
  const nowMs = durationMs ?? 0;
  const wholeMs = useAxisEnd(nowMs, growth);
  useEffect(() => keep(query, { window: wanted }), [query, wanted]);
  // The axis is that of the columns above it, and follows them.
  const gaps = overview?.compressed ? overview.idle.gaps : undefined;
  const map = useMemo(
    () =>
      timeMap(
        wholeMs,
        gaps?.filter(({ toMs }) => toMs <= wholeMs),
      ),
    [wholeMs, gaps],
  );
  const change = useCallback<Zoom['change']>(
    next =>
      setWanted(now => {
        const shown = next(now && fitWindow(toPlaces(map, now), map.length));
        return shown && toTimes(map, shown);
      }),
    [map],
  );
  return useMemo(() => {
    if (durationMs === null) return null;
    const window = wanted && fitWindow(toPlaces(map, wanted), map.length);
    const places = shownWindow(window, map.length);
    const axis: TimeAxis = {
      ...toTimes(map, places),
      map,
      places,
      zoomed: window !== null,
      nowMs,
      offsetMs: clockOffsetMs(clock),
      timeOfDay: clock.name !== 'start',
    };
    return { axis, change };
  }, [durationMs, nowMs, map, wanted, clock, change]);
}
