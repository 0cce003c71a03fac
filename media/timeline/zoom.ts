import { useCallback, useEffect, useMemo, useState } from 'preact/hooks';
import type { TraceHeader } from '../../src/common/protocol/logEngine';
import { fitWindow, shownWindow, type TimeWindow } from '../../src/common/timeline/timeWindow';
import { type Clock, clockOffsetMs } from './clockTime';
import { keep, recall } from './pageMemory';
import type { TimeAxis } from './timeScale';

/** What is shown of a trace's time, and how to change it. */
export interface Zoom {
  /** `null`: all of it, also as it grows. */
  window: TimeWindow | null;
  wholeMs: number;
  axis: TimeAxis;
  clock: Clock;
  change: (next: (now: TimeWindow | null) => TimeWindow | null) => void;
  setClock: (clock: Clock) => void;
}

/** The window stays where it is while a trace grows, and comes back with the page. `null` where there is no time. */
export function useZoom({ correlationId: query, durationMs, start }: TraceHeader): Zoom | null {
  const [wanted, setWanted] = useState(recall(query).window);
  const [clock, setClock] = useState(recall(query).clock);
  const wholeMs = durationMs ?? 0;
  useEffect(() => keep(query, { window: wanted, clock }), [query, wanted, clock]);
  const change = useCallback<Zoom['change']>(next => setWanted(now => next(now && fitWindow(now, wholeMs))), [wholeMs]);
  return useMemo(() => {
    if (durationMs === null) return null;
    const window = wanted && fitWindow(wanted, wholeMs);
    const timeOfDay = clock !== 'start' && start !== null;
    const axis: TimeAxis = {
      ...shownWindow(window, wholeMs),
      zoomed: window !== null,
      nowMs: wholeMs,
      offsetMs: clockOffsetMs(clock, start),
      timeOfDay,
    };
    return { window, wholeMs, axis, clock, change, setClock };
  }, [durationMs, wholeMs, wanted, clock, start, change]);
}
