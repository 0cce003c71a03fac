import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Scrolled } from './scrolled';

/** How to know a row again where others came before it. */
export interface Anchoring {
  /** The list: of another one nothing is known again. */
  list: unknown;
  /** `undefined` while the row has not come. */
  keyAt: (index: number) => string | undefined;
  /** Among the rows at hand; `null` where it is not. */
  indexOf: (key: string) => number | null;
  /** Among all. */
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

/**
 * Keeps the uppermost row in its place on screen while a list grows before it. At the very top the list begins, whatever
 * comes there.
 */
export function useAnchor({ grid, rowHeight, top, scrolledNow, anchoring }: AnchorOptions): void {
  const anchor = useRef<{ list: unknown; key: string; index: number } | null>(null);
  useLayoutEffect(() => {
    const element = grid.current;
    if (!element || !anchoring) return;
    const { list, keyAt, indexOf, locate } = anchoring;
    const last = anchor.current;
    const move = (rows: number) => {
      const now = scrolledNow(element);
      element.scrollTop = now.positionOf(now.top + rows * rowHeight);
    };
    const there = last && last.list === list && top > 0 ? keyAt(last.index) : undefined;
    if (last && there !== undefined && there !== last.key) {
      const { key, index: was } = last;
      const index = indexOf(key);
      if (index !== null) {
        move(index - was);
        anchor.current = { list, key, index };
        return;
      }
      // It went further than rows have come.
      void locate(key).then(found => found === null || move(found - was));
    }
    const index = Math.floor(top / rowHeight);
    const key = keyAt(index);
    anchor.current = key === undefined ? null : { list, key, index };
  });
}
