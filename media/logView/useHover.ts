import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { ShownLine } from '../../src/common/protocol/logReader';

/** In ms: as long as an editor waits, and as long as the pointer has to come over to the card. */
const delay = 300;
const grace = 250;

export interface HoverPlace {
  line: ShownLine;
  x: number;
  /** Where the line ends, or where it begins if there is more room above. */
  y: number;
  isLow: boolean;
}

export interface Hover extends HoverPlace {
  stay(): void;
  leave(): void;
}

/** The line that the pointer rests on. */
export function useHover() {
  const [place, setPlace] = useState<HoverPlace | null>(null);
  const pointed = useRef<ShownLine | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  const hide = useCallback(() => {
    clearTimeout(timer.current);
    pointed.current = null;
    setPlace(null);
  }, []);
  const stay = useCallback(() => clearTimeout(timer.current), []);
  const leave = useCallback(() => {
    clearTimeout(timer.current);
    timer.current = setTimeout(hide, grace);
  }, [hide]);

  const point = useCallback(
    (line: ShownLine | null, event: PointerEvent) => {
      if (line?.from === pointed.current?.from && line !== null) return;
      pointed.current = line;
      clearTimeout(timer.current);
      // Whoever marks text with the mouse wants no card over it.
      if (line === null || event.buttons !== 0) return leave();
      const row = event.target instanceof Element ? event.target.closest('[data-from]') : null;
      const area = row?.closest('.view')?.getBoundingClientRect();
      const box = row?.getBoundingClientRect();
      if (!box || !area) return;
      const isLow = box.top - area.top > area.height / 2;
      const next = { line, x: event.clientX - area.left, y: (isLow ? box.top : box.bottom) - area.top, isLow };
      timer.current = setTimeout(() => setPlace(next), delay);
    },
    [leave],
  );
  const hover: Hover | null = place && { ...place, stay, leave };
  return { hover, point, hide };
}
