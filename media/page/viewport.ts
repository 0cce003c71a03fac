import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useState } from 'preact/hooks';

export interface Viewport {
  top: number;
  height: number;
}

/** The scrolled-to part of an element, kept current. */
export function useViewport(ref: RefObject<HTMLElement | null>): Viewport {
  const [viewport, setViewport] = useState<Viewport>({ top: 0, height: 0 });
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return;
    const read = () => {
      const { scrollTop: top, clientHeight: height } = element;
      setViewport(last => (last.top === top && last.height === height ? last : { top, height }));
    };
    read();
    element.addEventListener('scroll', read, { passive: true });
    const observer = new ResizeObserver(read);
    observer.observe(element);
    return () => {
      element.removeEventListener('scroll', read);
      observer.disconnect();
    };
  }, [ref]);
  return viewport;
}

/** The width of an element in whole pixels, kept current; 0 while there is none. */
export function useWidth(ref: RefObject<HTMLElement | null>, present: boolean): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const element = ref.current;
    if (!element || !present) return;
    const observer = new ResizeObserver(() => setWidth(Math.floor(element.clientWidth)));
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref, present]);
  return width;
}
