import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { TraceHeader } from '../../../src/common/protocol/logEngine';
import { toPlaces } from '../../../src/common/timeline/timeMap';
import { type TimeWindow, windowWith } from '../../../src/common/timeline/timeWindow';
import { useWidth } from '../../page/viewport';
import { useLetterKeys } from '../fold/letterKeys';
import { inOrder, Legend } from '../header/legend';
import type { HostConnection } from '../hostConnection';
import { Overview } from '../overview/overview';
import { useOverview } from '../overview/overviewData';
import { keep, recall } from '../pageMemory';
import { Grid, type GridProps } from '../rows/grid';
import type { Growth } from './axisEnd';
import { extentOf } from './barLayout';
import type { Clock } from './clockTime';
import { ShowTime } from './edgeMarks';
import { useTimeGestures } from './timeGestures';
import { keyZoom } from './timeKeys';
import { useZoom } from './zoom';

interface TimePaneProps extends Omit<GridProps, 'axis' | 'services' | 'twoLines'> {
  trace: TraceHeader;
  host: HostConnection;
  clock: Clock;
  growth: Growth;
  /** Whether rows stand for others that are folded. */
  folds: boolean;
  /** Selects a step by its index among all, and brings it into view. */
  goTo: (index: number) => Promise<void>;
}

/** Below this width in pixels a row has two lines. */
const oneLineFrom = 400;

/** The steps, with all of their time above them; both show the same stretch of it. */
export function TimePane({ trace, host, clock, growth, goTo, folds, ...grid }: TimePaneProps) {
  const pane = useRef<HTMLDivElement>(null);
  const width = useWidth(pane, true);
  const { correlationId: query } = trace;
  const [compress, setCompress] = useState(recall(query).compress);
  useEffect(() => keep(query, { compress }), [query, compress]);
  const compression = useMemo(() => ({ on: compress, set: setCompress }), [compress]);
  const overview = useOverview(host, trace, compress);
  const zoom = useZoom(trace, overview, clock, growth);
  const compressed = zoom !== null && zoom.axis.map.breaks.length > 0;
  const ahead = zoom !== null && zoom.axis.map.wholeMs > zoom.axis.nowMs;
  const signs = overview?.signs;
  const legend = useMemo(
    () =>
      signs &&
      inOrder([
        ...signs,
        ...(folds ? (['folded'] as const) : []),
        ...(compressed ? (['compressed'] as const) : []),
        ...(ahead ? (['ahead'] as const) : []),
      ]),
    [signs, folds, compressed, ahead],
  );
  useTimeGestures(pane, zoom);

  const showTime = useCallback(
    (time: TimeWindow) => {
      const { axis, change } = zoom ?? {};
      if (axis && change) change(now => windowWith(toPlaces(axis.map, time), axis.map.length, now));
    },
    [zoom],
  );
  const selectedTime = (): TimeWindow | null => {
    const row = grid.selected === null ? undefined : grid.rows.at(grid.selected);
    return row ? extentOf(row) : null;
  };
  const changeOf = (event: KeyboardEvent): (() => void) | null => {
    const key = event.key.toLowerCase();
    const { name, names, set } = clock;
    if (key === 't') return () => set(names[(names.indexOf(name) + 1) % names.length]!);
    if (!zoom) return null;
    if (key === 'i') return () => setCompress(!compress);
    const { map } = zoom.axis;
    const time = selectedTime();
    const next = keyZoom(event, map.length, time && toPlaces(map, time));
    return next && (() => zoom.change(next));
  };
  useLetterKeys(event => {
    const change = changeOf(event);
    change?.();
    return change !== null;
  });
  return (
    <div class="time-pane" ref={pane}>
      {zoom && zoom.axis.map.wholeMs > 0 && (
        <Overview overview={overview} zoom={zoom} clock={clock} compression={compression} goTo={goTo} />
      )}
      {width > 0 && (
        <ShowTime.Provider value={showTime}>
          <Grid {...grid} services={trace.services} axis={zoom?.axis ?? null} twoLines={width < oneLineFrom} />
        </ShowTime.Provider>
      )}
      {legend && <Legend signs={legend} />}
    </div>
  );
}
