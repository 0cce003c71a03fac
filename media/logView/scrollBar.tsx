import { useRef } from 'preact/hooks';

interface ScrollBarProps {
  /** Part of the log before the view, and part of it in view; 0 to 1. */
  position: number;
  part: number;
  /** Goes to a part of the log: 0 is its beginning, 1 its end. */
  go: (share: number) => void;
}

const leastThumb = 20;

/** As VS Code draws its own, but it stands for bytes, not for lines. For the mouse alone: keys have ways of their own. */
export function ScrollBar({ position, part, go }: ScrollBarProps) {
  const track = useRef<HTMLDivElement>(null);
  const grabbed = useRef<number | null>(null);
  const share = Math.min(1, part);
  if (share >= 1) return <div class="scroll-bar" aria-hidden="true" />;

  const shareAt = (clientY: number, grip: number) => {
    const box = track.current?.getBoundingClientRect();
    if (!box) return 0;
    const thumb = Math.max(leastThumb, share * box.height);
    return Math.max(0, Math.min(1, (clientY - grip - box.top) / Math.max(1, box.height - thumb)));
  };
  const onPointerDown = (event: PointerEvent) => {
    if (event.button !== 0) return;
    const thumb = track.current?.firstElementChild?.getBoundingClientRect();
    const isOnThumb = thumb && event.clientY >= thumb.top && event.clientY <= thumb.bottom;
    grabbed.current = isOnThumb ? event.clientY - thumb.top : (thumb?.height ?? 0) / 2;
    track.current?.setPointerCapture(event.pointerId);
    if (!isOnThumb) go(shareAt(event.clientY, grabbed.current));
    event.preventDefault();
  };
  const onPointerMove = (event: PointerEvent) => {
    if (grabbed.current !== null) go(shareAt(event.clientY, grabbed.current));
  };
  const release = () => {
    grabbed.current = null;
  };
  const height = `max(${leastThumb}px, ${share * 100}%)`;
  return (
    <div
      class="scroll-bar"
      ref={track}
      aria-hidden="true"
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={release}
      onPointerCancel={release}
    >
      <div class="thumb" style={{ height, top: `calc((100% - ${height}) * ${position})` }} />
    </div>
  );
}
