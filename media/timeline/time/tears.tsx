import { breakSpan, type PixelSpan } from './axisMarks';
import type { Box } from './barLayout';
import type { TimeScale } from './timeScale';

/** Half of the strip that is torn out of a bar, with some room. */
const room = 8;

/** Upper and lower end of a tear, in pixels of a row: that of the bar, the line of the critical path with it. */
const ends = { top: 3, bottom: 25 };
const tooth = 5.5;

/** Where compressed idle time tears a bar; no other bar is touched. */
export function tornAt(box: Pick<Box, 'left' | 'width' | 'compressedMs'>, scale: TimeScale): PixelSpan[] {
  if (box.compressedMs === 0) return [];
  return scale.map.breaks.flatMap(gap => {
    const span = breakSpan(gap, scale);
    const middle = span ? span.left + span.width / 2 : Number.NaN;
    return span && middle > box.left && middle < box.left + box.width ? [span] : [];
  });
}

/** The longest part of a bar that is in view and not torn, in pixels of the column. */
export function longestPiece(box: Box, scale: TimeScale): { from: number; to: number } {
  const right = Math.min(scale.width, box.left + box.width);
  let from = Math.max(0, box.left);
  let longest = { from, to: from };
  const add = (to: number) => {
    if (to - from > longest.to - longest.from) longest = { from, to };
  };
  for (const { left, width } of tornAt(box, scale)) {
    add(left + width / 2 - room);
    from = left + width / 2 + room;
  }
  add(right);
  return longest;
}

/** Over a row's bars, as torn strips of paper: what runs through idle time that is compressed is seen to. */
export function Tears({ boxes, scale }: { boxes: readonly Box[]; scale: TimeScale }) {
  const spans = new Map(boxes.flatMap(box => tornAt(box, scale)).map(span => [span.left, span]));
  if (spans.size === 0) return null;
  return (
    <svg class="tears" aria-hidden="true" width={scale.width} height="26">
      {Array.from(spans.values(), span => (
        <Tear key={span.left} {...span} />
      ))}
    </svg>
  );
}

function Tear({ left, width }: PixelSpan) {
  const half = Math.min(3, width / 4);
  const middle = left + width / 2;
  const teeth = Array.from({ length: (ends.bottom - ends.top) / tooth + 1 }, (_, index) => ({
    x: middle + (index % 2 === 0 ? -half : half),
    y: ends.top + index * tooth,
  }));
  const side = (by: number) => teeth.map(({ x, y }) => `${(x + by).toFixed(1)} ${y}`);
  return (
    <>
      <path class="tear" d={`M${side(-half).join('L')}L${side(half).reverse().join('L')}Z`} />
      <path class="tear-edge" d={`M${side(-half).join('L')}M${side(half).join('L')}`} />
    </>
  );
}
