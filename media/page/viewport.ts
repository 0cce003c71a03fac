import type { RefObject } from 'preact';
import { useCallback, useEffect, useLayoutEffect, useState } from 'preact/hooks';

export interface Viewport {
  top: number;
  height: number;
}

interface KeptViewport extends Viewport {
  /** Takes what it is now. For who scrolled the element: what is drawn then is drawn once, not once more at its event. */
  read: () => void;
}

/** The scrolled-to part of an element, kept current. */
export function useViewport(ref: RefObject<HTMLElement | null>): KeptViewport {
  const [viewport, setViewport] = useState<Viewport>({ top: 0, height: 0 });
  const read = useCallback(() => {
    if (!ref.current) return;
    const { scrollTop: top, clientHeight: height } = ref.current;
    setViewport(last => (last.top === top && last.height === height ? last : { top, height }));
  }, [ref]);
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return;
    read();
    element.addEventListener('scroll', read, { passive: true });
    const observer = new ResizeObserver(read);
    observer.observe(element);
    return () => {
      element.removeEventListener('scroll', read);
      observer.disconnect();
    };
  }, [ref, read]);
  return { ...viewport, read };
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
