import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Scrolled } from './scrolled';

/** How to know a row again where others came or went before it. */
export interface Anchoring {
  /** The list: in another one the same rows may stand at other places. */
  list: unknown;
  /** What the rows of the list are of: where that is another, too, a row may have another number. */
  of: string;
  /** `undefined` while the row has not come. */
  keyAt: (place: number) => string | undefined;
  /** Its number among all rows, listed or not. */
  rowAt: (place: number) => number;
  /** Where a row stands, or what stands for it; `null` where nothing does. */
  placeOf: (row: number) => number | null;
  /** Among the rows at hand; `null` where it is not. */
  indexOf: (key: string) => number | null;
  /** Place of a row, among all of the list. */
  locate: (key: string) => Promise<number | null>;
}

interface AnchorOptions {
  grid: RefObject<HTMLElement | null>;
  rowHeight: number;
  /** Pixel of the list that was at the top when it was drawn: asking the element would have it laid out at once. */
  top: number;
  /** What is in view now, as the element says. */
  scrolledNow: (element: HTMLElement) => Scrolled;
  anchoring: Anchoring | undefined;
}

/** The uppermost row. */
interface Anchor extends Pick<Anchoring, 'list' | 'of'> {
  key: string | undefined;
  row: number;
  place: number;
  /** Pixel of the list at the top. */
  top: number;
}

/**
 * Keeps the uppermost row in its place on screen while a list grows before it, or is folded. At the very top the list
 * begins, whatever comes there.
 */
export function useAnchor({ grid, rowHeight, top, scrolledNow, anchoring }: AnchorOptions): void {
  const anchor = useRef<Anchor | null>(null);
  useLayoutEffect(() => {
    const element = grid.current;
    if (!element || !anchoring) return;
    const { list, of, keyAt, rowAt, placeOf, indexOf, locate } = anchoring;
    const anchorAt = (place: number, top: number): Anchor => ({
      list,
      of,
      key: keyAt(place),
      row: rowAt(place),
      place,
      top,
    });
    const last = anchor.current;
    const moved = last && last.top > 0 ? placeNow(last, anchoring) : null;
    if (last && moved === 'unknown' && last.key !== undefined) {
      const { key, place: was } = last;
      const move = (rows: number) => {
        const now = scrolledNow(element);
        element.scrollTop = now.positionOf(now.top + rows * rowHeight);
      };
      // It went further than rows have come.
      void locate(key).then(found => found === null || move(found - was));
    } else if (last && typeof moved === 'number' && moved !== last.place) {
      const to = last.top + (moved - last.place) * rowHeight;
      element.scrollTop = scrolledNow(element).positionOf(to);
      anchor.current = anchorAt(moved, to);
      return;
    }
    anchor.current = anchorAt(Math.floor(top / rowHeight), top);

    /** `null`: nothing stands for it any more. */
    function placeNow(last: Anchor, { list, of }: Anchoring): number | 'unknown' | null {
      if (last.list !== list) return last.of === of ? placeOf(last.row) : 'unknown';
      const there = keyAt(last.place);
      if (last.key === undefined || there === undefined || there === last.key) return last.place;
      return indexOf(last.key) ?? 'unknown';
    }
  });
}
