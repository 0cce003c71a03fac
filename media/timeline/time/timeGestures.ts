import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { panWindow, zoomWindow } from '../../../src/common/timeline/timeWindow';
import { placeAt } from './timeScale';
import type { Zoom } from './zoom';

/** A finger or mouse that has not gone so far has only pressed. */
const slack = 4;

interface Finger {
  start: number;
  x: number;
}

/**
 * Wheel, pinch and drag over the time column of a pane, and the wheel over its overview: ctrl or ⌘ zooms at the pointer
 * (a touchpad's pinch comes as that, too), shift or sideways pans. The axis is dragged by anything, the bars by touch.
 */
export function useTimeGestures(pane: RefObject<HTMLElement | null>, zoom: Zoom | null): void {
  const newest = useRef(zoom);
  newest.current = zoom;
  useEffect(() => {
    const element = pane.current;
    if (!element) return;
    const listening = new AbortController();
    const { signal } = listening;
    const fingers = new Map<number, Finger>();

    const onWheel = (event: WheelEvent) => {
      const zoom = newest.current;
      const place = placeOf(event.target);
      if (!zoom || !place) return;
      const unit = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? 1 : 16;
      const { deltaX, deltaY } = event;
      if (event.ctrlKey || event.metaKey) {
        const factor = Math.exp(Math.min(50, Math.max(-50, deltaY * unit)) * 0.008);
        const at = place.at(zoom, event.clientX);
        zoom.change(now => zoomWindow(now, zoom.axis.map.length, factor, at));
      } else if (zoom.axis.zoomed && (event.shiftKey || Math.abs(deltaX) > Math.abs(deltaY))) {
        const byPixels = (deltaX || deltaY) * unit;
        zoom.change(now => panWindow(now, zoom.axis.map.length, (byPixels / place.width) * spanOf(zoom)));
      } else return;
      event.preventDefault();
    };

    const onPointerDown = (event: PointerEvent) => {
      const isAxis = event.target instanceof Element && event.target.closest('.head .cell.time') !== null;
      const isBars = event.target instanceof Element && event.target.closest('.canvas .cell.time') !== null;
      if (event.button !== 0 || !(isAxis || (isBars && event.pointerType === 'touch'))) return;
      fingers.set(event.pointerId, { start: event.clientX, x: event.clientX });
    };

    const onPointerMove = (event: PointerEvent) => {
      const zoom = newest.current;
      const finger = fingers.get(event.pointerId);
      const column = element.querySelector('.head .cell.time')?.getBoundingClientRect();
      if (!zoom || !finger || !column) return;
      if (Math.abs(event.clientX - finger.start) > slack) element.setPointerCapture(event.pointerId);
      const [other] = [...fingers].filter(([id]) => id !== event.pointerId).map(([, { x }]) => x);
      const at = (x: number) => placeAt(zoom.axis, column.width, x - column.left);
      const { length } = zoom.axis.map;
      const [before, after] = [finger.x, event.clientX];
      finger.x = after;
      if (other === undefined) {
        zoom.change(now => panWindow(now, length, ((before - after) / column.width) * spanOf(zoom)));
      } else if (Math.abs(after - other) > 2 * slack) {
        // What is under the other finger stays there.
        const factor = Math.abs(before - other) / Math.abs(after - other);
        zoom.change(now => zoomWindow(now, length, factor, at(other)));
      }
    };

    const onPointerEnd = (event: PointerEvent) => fingers.delete(event.pointerId);
    element.addEventListener('wheel', onWheel, { passive: false, signal });
    element.addEventListener('pointerdown', onPointerDown, { signal });
    element.addEventListener('pointermove', onPointerMove, { signal });
    element.addEventListener('pointerup', onPointerEnd, { signal });
    element.addEventListener('pointercancel', onPointerEnd, { signal });
    return () => listening.abort();
  }, [pane]);
}

/** Of the axis, as much as is shown. */
const spanOf = ({ axis: { places } }: Zoom): number => places.toMs - places.fromMs;

interface Place {
  width: number;
  /** Of the axis. */
  at(zoom: Zoom, clientX: number): number;
}

/** What is under the pointer: the time column, the overview, or neither. */
function placeOf(target: EventTarget | null): Place | null {
  if (!(target instanceof Element)) return null;
  const column = target.closest('.cell.time')?.getBoundingClientRect();
  if (column) {
    const { width, left } = column;
    return { width, at: ({ axis }, x) => placeAt(axis, width, x - left) };
  }
  const plot = target.closest('.overview')?.querySelector('.overview-plot')?.getBoundingClientRect();
  if (!plot) return null;
  return { width: plot.width, at: ({ axis }, x) => ((x - plot.left) / plot.width) * axis.map.length };
}
