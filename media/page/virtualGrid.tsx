// biome-ignore-all lint/a11y/useAriaPropsSupportedByRole: a grid and a treegrid have them
import type { ComponentChildren } from 'preact';
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { type Anchoring, useAnchor } from './anchor';
import { target } from './gridKeys';
import { useRest } from './rest';
import { useRowFocus } from './rowFocus';
import type { RowRange } from './rowWindows';
import { scrolled } from './scrolled';
import { useSlots } from './slots';
import { useViewport } from './viewport';

/** Rows kept beyond the edges, so that a quick scroll finds them there. */
const overscan = 4;

/** The elements of rows are in no order while they are scrolled. Who reads them finds them in order so long after that. */
const restMs = 200;

/** How the grid wants a row drawn. */
export interface RowPlace {
  /** The key of its element. */
  slot: number;
  /** Pixels from the canvas' upper edge. */
  top: number;
  selected: boolean;
  /** The one row that Tab leads to. */
  reachable: boolean;
  onClick: (index: number, event: MouseEvent) => void;
}

/** The rows that are drawn; `shift` is to be taken off their places in the list. */
export interface RowsInView extends RowRange {
  indices: readonly number[];
  shift: number;
}

interface VirtualGridProps {
  role: 'grid' | 'treegrid';
  label: string;
  class: string;
  columns: number;
  count: number;
  /** Characters of the longest number of a row, where that is not its place. */
  digits?: number;
  /** Room that columns need, for their style sheet. */
  needs?: Record<`--${string}`, number>;
  /** Pixels; all rows are alike. */
  rowHeight: number;
  headHeight: number;
  head: () => ComponentChildren;
  selected: number | null;
  /** Scrolls the selected row into view when it grows. */
  revealed: number;
  /** Where it was scrolled to; the rows may come one after the other. */
  initialScroll: number;
  /** Left out: rows before those in view move them. */
  anchoring?: Anchoring | undefined;
  /** Names what is listed: something else begins at its top. */
  content?: string;
  /** Behind the rows. */
  background?: (view: RowsInView) => ComponentChildren;
  row: (index: number, place: RowPlace) => ComponentChildren;
  /** Sees to it that these rows come. */
  want: (ranges: readonly RowRange[]) => void;
  /** Where a key leads that is not for going up and down; `null`: nowhere. */
  lead?: (key: string, from: number) => number | null;
  /** ↑ on the first row. */
  onLeaveUp?: () => void;
  onSelect: (index: number) => void;
  /** A preview leaves the focus where it is. */
  onOpen: (index: number, preview: boolean) => void;
  onSpace?: (index: number) => void;
  onScroll: (top: number) => void;
}

/**
 * A grid whose rows exist only while they are in view, and the active one, so that the focus is never lost. One tab
 * stop: keys move the focus from row to row. Clicks and keys are those of VS Code's lists.
 */
export function VirtualGrid(props: VirtualGridProps) {
  const { count, rowHeight, headHeight, selected, want, onSelect, onOpen, onScroll } = props;
  const grid = useRef<HTMLDivElement>(null);
  const focusWanted = useRef(false);
  const { top: position, height, read } = useViewport(grid);
  const view = Math.max(0, height - headHeight);
  const { canvas, top, shift, positionOf } = scrolled(position, view, count * rowHeight);

  /** Where Tab leads to. */
  const active = Math.min(selected ?? 0, Math.max(0, count - 1));
  const from = Math.max(0, Math.min(count, Math.floor(top / rowHeight) - overscan));
  const to = Math.min(count, Math.ceil((top + view) / rowHeight) + overscan);
  const indices = useMemo(() => {
    const visible = Array.from({ length: Math.max(0, to - from) }, (_, offset) => from + offset);
    const outside = active < count && (active < from || active >= to);
    return outside ? [...visible, active] : visible;
  }, [from, to, active, count]);

  const slots = useSlots(indices, useRest(position, restMs));

  useEffect(() => {
    want([
      { from, to },
      { from: active, to: active + 1 },
    ]);
  });
  /** What is left to be restored; `null` once the user has done something here, or was led somewhere. */
  const restoring = useRef<number | null>(props.initialScroll);
  useEffect(() => {
    if (!restoring.current) onScroll(position);
  }, [position, onScroll]);
  useRowFocus();
  const scrolledNow = (element: HTMLElement) =>
    scrolled(element.scrollTop, element.clientHeight - headHeight, count * rowHeight);

  const rowAt = (index: number) => grid.current?.querySelector<HTMLElement>(`[data-index="${index}"]`);

  /** A row that something else leads to comes to the middle, with what is around it; one that keys lead to is the next one. */
  const reveal = (index: number, toMiddle = false) => {
    const element = grid.current;
    if (!element) return;
    const room = element.clientHeight - headHeight;
    const now = scrolledNow(element).top;
    restoring.current = null;
    const first = index * rowHeight;
    const last = first + rowHeight - room;
    if (now <= first && now >= last) return;
    const middle = Math.max(0, first - (room - rowHeight) / 2);
    element.scrollTop = positionOf(toMiddle ? middle : now > first ? first : last);
  };

  useLayoutEffect(() => {
    const wanted = restoring.current;
    if (!grid.current || !wanted) return;
    grid.current.scrollTop = wanted;
    if (grid.current.scrollTop > wanted - 1) restoring.current = 0;
  }, [canvas, height]);
  useEffect(() => {
    const element = grid.current;
    const stop = () => {
      restoring.current = null;
    };
    const gestures = ['wheel', 'pointerdown', 'keydown', 'touchstart'];
    for (const gesture of gestures) element?.addEventListener(gesture, stop, { passive: true });
    return () => {
      for (const gesture of gestures) element?.removeEventListener(gesture, stop);
    };
  }, []);
  useAnchor({ grid, rowHeight, top, scrolledNow, anchoring: props.anchoring });
  const lastContent = useRef(props.content);
  useLayoutEffect(() => {
    if (grid.current && lastContent.current !== props.content) grid.current.scrollTop = 0;
    lastContent.current = props.content;
  }, [props.content]);
  const last = useRef({ selected, top, view });
  // Rows of another height: what was at the top stays there. The list may have become too short for where it was.
  const lastHeight = useRef(rowHeight);
  useLayoutEffect(() => {
    if (grid.current && lastHeight.current !== rowHeight)
      grid.current.scrollTop = positionOf((last.current.top / lastHeight.current) * rowHeight);
    lastHeight.current = rowHeight;
  }, [rowHeight]);
  // Something else took room, or the list was folded: what was selected stays in view, if it was. Not while a page is
  // being restored: its panes come one after the other.
  const list = props.anchoring?.list;
  useLayoutEffect(() => {
    const { selected: was, top, view } = last.current;
    const bottom = was === null ? 0 : (was + 1) * rowHeight - top;
    const wasInView = bottom > 0 && bottom <= view;
    if (selected !== null && wasInView && restoring.current === null && grid.current?.contains(document.activeElement))
      reveal(selected);
  }, [height, list]);
  useLayoutEffect(() => {
    last.current = { selected, top, view };
  });
  useLayoutEffect(() => {
    if (props.revealed > 0 && selected !== null) reveal(selected, true);
  }, [props.revealed]);
  const hadFocus = useRef(false);
  useLayoutEffect(() => {
    const focused = document.activeElement;
    // The row that had the focus may be gone or another one now, or its element that of another.
    const isLost = focused?.matches('.row[tabindex="-1"]')
      ? grid.current?.contains(focused)
      : focused === document.body;
    // A page that takes the focus takes it from the log, or the tree, that the user is at.
    if ((isLost && hadFocus.current && document.hasFocus()) || (focusWanted.current && selected !== null)) {
      focusWanted.current = false;
      const row = rowAt(active);
      if (row !== focused) row?.focus({ preventScroll: true });
    }
    hadFocus.current = grid.current?.contains(document.activeElement) ?? false;
  });

  const onClick = useCallback(
    (index: number, event: MouseEvent) => {
      focusWanted.current = true;
      onSelect(index);
      onOpen(index, event.detail < 2);
    },
    [onSelect, onOpen],
  );

  const onKeyDown = (event: KeyboardEvent) => {
    const row = event.target instanceof Element ? event.target.closest('[data-index]') : null;
    if (!row || event.target !== row || event.ctrlKey || event.altKey || event.metaKey) return;
    const at = Number(row.getAttribute('data-index'));
    const page = Math.max(1, Math.floor(view / rowHeight) - 1);
    const next = target(event.key, at, count, page) ?? props.lead?.(event.key, at) ?? null;
    if (event.key === 'ArrowUp' && at === 0 && props.onLeaveUp) props.onLeaveUp();
    else if (next !== null) {
      focusWanted.current = true;
      // Before anything is drawn anew: the browser lays out what has changed as soon as something gets the focus.
      rowAt(next)?.focus({ preventScroll: true });
      onSelect(next);
      reveal(next);
      read();
    } else if (event.key === 'Enter') onOpen(at, false);
    else if (event.key === ' ' && props.onSpace) {
      onSelect(at);
      props.onSpace(at);
    } else return;
    event.preventDefault();
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it has one of two roles, both of which are interactive
    <div
      class={`grid ${props.class}`}
      ref={grid}
      role={props.role}
      aria-label={props.label}
      aria-rowcount={count + 1}
      aria-colcount={props.columns}
      style={{ '--digits': props.digits ?? String(count).length, '--row-height': `${rowHeight}px`, ...props.needs }}
      onKeyDown={onKeyDown}
    >
      {props.head()}
      <div class="canvas" style={{ height: `${canvas}px` }}>
        {props.background?.({ from, to, indices, shift })}
        {Array.from(slots, ([index, slot]) =>
          props.row(index, {
            slot,
            top: index * rowHeight - shift,
            selected: index === selected,
            reachable: index === active,
            onClick,
          }),
        )}
      </div>
    </div>
  );
}
