import type { RefObject } from 'preact';
import { useEffect, useState } from 'preact/hooks';

/** Where the details stand: they have a size for each, in percent of the room for both panes. */
export type PaneSide = 'right' | 'below';
export type PaneSizes = Record<PaneSide, number | null>;

/** As the style sheet has it: from this width on the details stand at the right. */
const wide = '(min-width: 900px)';
const limits = { min: 10, max: 90 };
const keyStep = 2;

export function usePaneSide(): PaneSide {
  const [side, setSide] = useState<PaneSide>(matchMedia(wide).matches ? 'right' : 'below');
  useEffect(() => {
    const query = matchMedia(wide);
    const change = () => setSide(query.matches ? 'right' : 'below');
    query.addEventListener('change', change);
    return () => query.removeEventListener('change', change);
  }, []);
  return side;
}

interface SashProps {
  /** What it changes the size of. */
  pane: RefObject<HTMLElement | null>;
  side: PaneSide;
  /** `null`: as the style sheet has it. */
  size: number | null;
  resize: (size: number | null) => void;
}

/** The border between the panes, to be dragged or moved by arrow keys; a double click takes it back to where it was. */
export function Sash({ pane, side, size, resize }: SashProps) {
  const percent = (pixels: number, all: number) =>
    resize(Math.round(Math.min(limits.max, Math.max(limits.min, (100 * pixels) / all)) * 10) / 10);
  const box = () => pane.current?.getBoundingClientRect();
  const room = () => pane.current?.parentElement?.getBoundingClientRect();

  const onPointerMove = (event: PointerEvent) => {
    const all = room();
    if (!all || !(event.currentTarget instanceof Element) || !event.currentTarget.hasPointerCapture(event.pointerId))
      return;
    if (side === 'right') percent(all.right - event.clientX, all.width);
    else percent(all.bottom - event.clientY, all.height);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const keys = side === 'right' ? ['ArrowRight', 'ArrowLeft'] : ['ArrowDown', 'ArrowUp'];
    const way = keys.indexOf(event.key) * 2 - 1;
    const [now, all] = [box(), room()];
    if (!now || !all || !keys.includes(event.key)) return;
    event.preventDefault();
    const share = side === 'right' ? now.width / all.width : now.height / all.height;
    percent(100 * share + way * keyStep, 100);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: an <hr> has no value
    <div
      class={`sash ${side}`}
      role="separator"
      tabIndex={0}
      aria-label="Size of the details"
      aria-orientation={side === 'right' ? 'vertical' : 'horizontal'}
      aria-valuenow={Math.round(size ?? (side === 'right' ? 32 : 42))}
      aria-valuemin={limits.min}
      aria-valuemax={limits.max}
      onPointerDown={event => event.button === 0 && event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={onPointerMove}
      onDblClick={() => resize(null)}
      onKeyDown={onKeyDown}
    />
  );
}
