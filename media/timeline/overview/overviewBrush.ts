import type { RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { fitWindow, moveEdge, panWindow, type TimeWindow } from '../../../src/common/timeline/timeWindow';
import type { Zoom } from '../time/zoom';

/** A press that does not go so far, in pixels, draws nothing. */
const slack = 4;

interface Drag {
  what: 'from' | 'to' | 'both' | 'new';
  startX: number;
  /** Where the pointer was, on the axis. */
  last: number;
  moved: boolean;
}

/**
 * The pointer on the overview: an edge or the window is moved at once; anywhere else a new window is drawn, which counts
 * when it is let go (Escape gives it up), and a mere click brings the window there.
 */
export function useBrush(plot: RefObject<HTMLElement | null>, zoom: Zoom) {
  const [draft, setDraft] = useState<TimeWindow | null>(null);
  const newest = useRef(zoom);
  newest.current = zoom;
  const stop = useRef<() => void>(() => {});
  useEffect(() => () => stop.current(), []);

  const onPointerDown = (event: PointerEvent) => {
    const element = plot.current;
    if (!element || event.button !== 0 || !(event.target instanceof Element)) return;
    const { left, width } = element.getBoundingClientRect();
    const { change } = zoom;
    const { length } = zoom.axis.map;
    const placeAt = (x: number) => Math.min(1, Math.max(0, (x - left) / width)) * length;
    const start = placeAt(event.clientX);
    const drag: Drag = {
      what: whatIsAt(event.target, zoom),
      startX: event.clientX,
      last: start,
      moved: false,
    };
    const listening = new AbortController();
    const { signal } = listening;
    const end = () => {
      listening.abort();
      setDraft(null);
    };
    stop.current = end;

    const onMove = (move: PointerEvent) => {
      if (move.pointerId !== event.pointerId) return;
      drag.moved ||= Math.abs(move.clientX - drag.startX) > slack;
      if (!drag.moved) return;
      const place = placeAt(move.clientX);
      const { what, last } = drag;
      drag.last = place;
      if (what === 'new') setDraft(ordered(start, place));
      else if (what === 'both') change(now => panWindow(now, length, place - last));
      else change(now => moveEdge(now, length, what, place));
    };
    const onUp = (up: PointerEvent) => {
      if (up.pointerId !== event.pointerId) return;
      const place = placeAt(up.clientX);
      if (drag.what === 'new' && drag.moved) change(() => fitWindow(ordered(start, place), length));
      else if (drag.what === 'new') {
        const { fromMs, toMs } = newest.current.axis.places;
        change(now => panWindow(now, length, place - (fromMs + toMs) / 2));
      }
      end();
    };
    window.addEventListener('pointermove', onMove, { signal });
    window.addEventListener('pointerup', onUp, { signal });
    window.addEventListener('pointercancel', end, { signal });
    window.addEventListener('keydown', key => key.key === 'Escape' && end(), { signal });
  };
  return { draft, onPointerDown };
}

/** All of the time cannot be moved: there, too, a new window is drawn. */
function whatIsAt(target: Element, zoom: Zoom): Drag['what'] {
  const edge = target.getAttribute('data-edge');
  if (edge === 'from' || edge === 'to') return edge;
  return edge === 'both' && zoom.axis.zoomed ? 'both' : 'new';
}

const ordered = (a: number, b: number): TimeWindow => ({ fromMs: Math.min(a, b), toMs: Math.max(a, b) });
