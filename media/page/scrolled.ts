/** Chromium lets no element be much taller than 33 million pixels; beyond this the scroll bar stands for more than it shows. */
const tallest = 16_000_000;

/** A list of rows as it is scrolled: which pixel of the whole list is at the top, and where a row is drawn. */
export interface Scrolled {
  /** Height of what is scrolled, in pixels. */
  canvas: number;
  /** First pixel of the list in view. */
  top: number;
  /** To be taken off a row's place in the list to get its place on the canvas. */
  shift: number;
  /** The scroll position that has a pixel of the list at the top. */
  positionOf(top: number): number;
}

/** @param position as the element says @param view height of the part in view, without the head */
export function scrolled(position: number, view: number, height: number): Scrolled {
  if (height <= tallest) return { canvas: height, top: position, shift: 0, positionOf: top => top };
  const ratio = (height - view) / Math.max(1, tallest - view);
  const top = Math.min(Math.max(0, height - view), position * ratio);
  return { canvas: tallest, top, shift: top - position, positionOf: top => top / ratio };
}
