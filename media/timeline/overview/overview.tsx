import { useMemo, useRef } from 'preact/hooks';
import { firstRow } from '../../../src/common/timeline/overview';
import { timeMap } from '../../../src/common/timeline/timeMap';
import { moveEdge } from '../../../src/common/timeline/timeWindow';
import { counted } from '../../page/format';
import { kept } from '../../page/kept';
import { useWidth } from '../../page/viewport';
import type { Clock } from '../time/clockTime';
import { keyPan } from '../time/timeKeys';
import { type Compression, shownText, WindowCaption } from '../time/windowCaption';
import type { Zoom } from '../time/zoom';
import { useBrush } from './overviewBrush';
import type { CameOverview } from './overviewData';
import { type OverviewShapes, overviewHeight, overviewShapes } from './overviewLayout';

interface OverviewProps {
  /** `null` until it has come. */
  overview: CameOverview | null;
  zoom: Zoom;
  clock: Clock;
  compression: Compression;
  /** Selects a row and brings it into view. */
  goTo: (row: number) => Promise<void>;
}

/** All of a trace's time in one strip, and which stretch of it the rows show. */
export const Overview = kept(({ overview, zoom, clock, compression, goTo }: OverviewProps) => {
  const plot = useRef<HTMLDivElement>(null);
  const width = useWidth(plot, true);
  const { axis } = zoom;
  const { wholeMs, length } = axis.map;
  /** Of the axis, as far as the overview goes: it may have room ahead. */
  const known = useMemo(() => {
    const gaps = overview?.compressed ? overview.idle.gaps : [];
    return overview ? Math.min(length, timeMap(overview.wholeMs, gaps).length) : length;
  }, [overview, length]);
  const drawn = Math.round((width * known) / length);
  const shapes = useMemo(() => overview && (drawn > 0 ? overviewShapes(overview, drawn) : null), [overview, drawn]);
  const { draft, onPointerDown } = useBrush(plot, zoom);
  const shown = draft ?? axis.places;
  const share = (place: number) => `${((place / length) * 100).toFixed(4)}%`;
  const errors = overview?.errors.reduce((sum, count) => sum + count, 0) ?? 0;
  const row = overview && axis.zoomed ? firstRow(overview, axis.places, known) : null;
  const text = shownText(axis, clock);
  const range = { 'aria-valuemin': 0, 'aria-valuemax': wholeMs, 'aria-orientation': 'horizontal' } as const;
  const edge = (which: 'from' | 'to', name: string) => (
    <div
      class={`overview-edge ${which}`}
      data-edge={which}
      role="slider"
      tabIndex={0}
      aria-label={name}
      {...range}
      aria-valuenow={which === 'from' ? axis.fromMs : axis.toMs}
      aria-valuetext={which === 'from' ? text.from : text.to}
      style={{ left: share(which === 'from' ? shown.fromMs : shown.toMs) }}
      onKeyDown={event => moveByKey(event, zoom, which)}
    />
  );
  return (
    <section
      class={`overview${axis.zoomed ? ' zoomed' : ''}`}
      aria-label={`Overview of all ${text.whole}${errors > 0 ? `, ${counted(errors, 'error')}` : ''}`}
    >
      <div class="overview-track" onPointerDown={onPointerDown}>
        <div class="overview-plot" ref={plot} style={{ height: `${overviewHeight}px` }}>
          <div class="overview-outside" style={{ left: 0, width: share(shown.fromMs) }} />
          <div class="overview-outside" style={{ left: share(shown.toMs), right: 0 }} />
          {axis.nowMs < wholeMs && (
            <div class="overview-ahead" style={{ left: share(axis.map.placeOf(axis.nowMs)), right: 0 }} />
          )}
          {shapes && <Steps shapes={shapes} width={width} />}
          {axis.map.breaks.map(({ from, to }) => (
            <div key={from} class="break-band over" style={{ left: share(from), width: share(to - from) }} />
          ))}
          <div
            class="overview-window"
            data-edge="both"
            role="slider"
            tabIndex={0}
            aria-label="Time shown"
            aria-keyshortcuts="+ - 0 F"
            {...range}
            aria-valuenow={(axis.fromMs + axis.toMs) / 2}
            aria-valuetext={text.sentence}
            style={{ left: share(shown.fromMs), width: share(shown.toMs - shown.fromMs) }}
            onKeyDown={event => {
              const next = keyPan(event.key, length, event.shiftKey);
              if (!next || event.ctrlKey || event.altKey || event.metaKey) return;
              zoom.change(next);
              event.preventDefault();
            }}
          />
          {shapes && <Errors shapes={shapes} width={width} />}
          {edge('from', 'Start of the time shown')}
          {edge('to', 'End of the time shown')}
        </div>
      </div>
      <WindowCaption
        zoom={zoom}
        clock={clock}
        text={text}
        idle={overview?.idle ?? null}
        compression={compression}
        goToSteps={row === null ? null : () => void goTo(row)}
      />
    </section>
  );
});

function moveByKey(event: KeyboardEvent, { axis: { map, places }, change }: Zoom, edge: 'from' | 'to'): void {
  const step = (places.toMs - places.fromMs) * (event.shiftKey ? 0.25 : 0.05);
  const now = edge === 'from' ? places.fromMs : places.toMs;
  const to = { ArrowLeft: now - step, ArrowRight: now + step, Home: 0, End: map.length }[event.key];
  if (to === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
  change(window => moveEdge(window, map.length, edge, to));
  event.preventDefault();
}

interface ShapesProps {
  shapes: OverviewShapes;
  width: number;
}

/** Kept as they are while the window moves. */
const Steps = kept(({ shapes, width }: ShapesProps) => (
  <svg aria-hidden="true" width={width} height={overviewHeight}>
    <path class="overview-busy" d={shapes.busy} />
    <path class="overview-path" d={shapes.work} />
    <path class="overview-path waiting" d={shapes.waiting} />
  </svg>
));

/** Over the window's edges: an error is seen wherever it is. */
const Errors = kept(({ shapes, width }: ShapesProps) => {
  const mark = shapes.errors.map(x => `M${x.toFixed(1)} 6l-3.5-6h7z`).join('');
  const line = shapes.errors.map(x => `M${x.toFixed(1)} 5V${overviewHeight}`).join('');
  return (
    <svg class="overview-errors" aria-hidden="true" width={width} height={overviewHeight}>
      <path class="overview-error-line" d={line} />
      <path class="overview-error" d={mark} />
    </svg>
  );
});
