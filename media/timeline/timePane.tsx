import { useRef } from 'preact/hooks';
import type { TraceHeader } from '../../src/common/protocol/logEngine';
import type { TimeWindow } from '../../src/common/timeline/timeWindow';
import { extentOf } from './barLayout';
import { Grid, type GridProps } from './grid';
import type { HostConnection } from './hostConnection';
import { Overview } from './overview';
import { useOverview } from './overviewData';
import { useTimeGestures } from './timeGestures';
import { keyZoom } from './timeKeys';
import { useZoom } from './zoom';

interface TimePaneProps extends Omit<GridProps, 'axis' | 'services'> {
  trace: TraceHeader;
  host: HostConnection;
  /** Selects a step by its index among all, and brings it into view. */
  goTo: (index: number) => Promise<void>;
}

/** The steps, with all of their time above them; both show the same stretch of it. */
export function TimePane({ trace, host, goTo, ...grid }: TimePaneProps) {
  const pane = useRef<HTMLDivElement>(null);
  const zoom = useZoom(trace);
  const overview = useOverview(host, trace);
  useTimeGestures(pane, zoom);

  const selectedTime = (): TimeWindow | null => {
    const row = grid.selected === null ? undefined : grid.rows.at(grid.selected);
    return row ? extentOf(row) : null;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!zoom || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.target instanceof Element && event.target.closest('input, select, textarea')) return;
    const next = keyZoom(event.key, zoom.wholeMs, selectedTime());
    if (!next) return;
    zoom.change(next);
    event.preventDefault();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of everything in it
    <div class="time-pane" ref={pane} onKeyDown={onKeyDown}>
      {zoom && zoom.wholeMs > 0 && (
        <Overview overview={overview} zoom={zoom} start={trace.start} goTo={index => void goTo(index)} />
      )}
      <Grid {...grid} services={trace.services} axis={zoom?.axis ?? null} />
    </div>
  );
}
