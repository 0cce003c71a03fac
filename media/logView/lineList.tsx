// biome-ignore-all lint/a11y/useAriaActivedescendantWithTabindex: it has one
import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import type { ShownLine } from '../../src/common/protocol/logReader';
import { useViewport } from '../page/viewport';
import type { Sought } from './lineParts';
import { LineRow, rowId } from './lineRow';
import { type Move, moveOf } from './listKeys';
import type { LogWindow } from './logWindow';
import { ScrollBar } from './scrollBar';

interface LineListProps {
  log: LogWindow;
  list: RefObject<HTMLDivElement | null>;
  name: string;
  /** Offset of the line with the cursor. */
  selected: number | null;
  lit: { from: number; to: number } | null;
  sought: Sought | null;
  onSelect: (line: ShownLine, open: boolean) => void;
  onTrace: (id: string) => void;
  onMove: (move: Move) => void;
  onOpen: () => void;
  onPoint: (line: ShownLine | null, event: PointerEvent) => void;
  goToShare: (share: number) => void;
}

/** The lines in view. Its scrolling is its own: a browser's stands for pixels, and no page is as high as a log is long. */
export function LineList(props: LineListProps) {
  const { log, list, name, selected, lit, sought, onSelect, onTrace, onMove, onOpen, onPoint, goToShare } = props;
  const rowHeight = useMemo(readRowHeight, []);
  const { height } = useViewport(list);
  useLayoutEffect(() => {
    if (height <= 0) return;
    const at = selected === null ? null : log.indexOf(selected);
    const isInView = at !== null && at >= Math.floor(log.top) && at < log.top + log.rows;
    log.resize(height / rowHeight);
    // Something else took room: the line with the cursor stays in view.
    if (isInView && selected !== null) log.reveal(selected);
  }, [log, height, rowHeight]);

  useEffect(() => {
    const element = list.current;
    const onWheel = (event: WheelEvent) => {
      if (event.deltaY === 0 || event.shiftKey || event.ctrlKey) return;
      const unit = [1 / rowHeight, 1, log.rows][event.deltaMode] ?? 1;
      log.scrollBy(event.deltaY * unit);
      event.preventDefault();
    };
    element?.addEventListener('wheel', onWheel, { passive: false });
    return () => element?.removeEventListener('wheel', onWheel);
  }, [log, rowHeight]);

  const first = Math.floor(log.top);
  const lines = log.lines.slice(first, Math.ceil(log.top + log.rows));

  // Beside what is in view, as lines are wider than most views.
  const current = sought?.current ?? null;
  const shownMatch = useRef(current);
  useLayoutEffect(() => {
    const view = list.current;
    const match = view?.querySelector('.match.current')?.getBoundingClientRect();
    // Its line may be drawn later: it is to be fetched first.
    if (!view || !match || shownMatch.current === current) return;
    shownMatch.current = current;
    const room = view.getBoundingClientRect();
    // The numbers stand over the lines.
    const left = view.querySelector('.number')?.getBoundingClientRect().right ?? room.left;
    if (match.right > room.right || match.left < left) view.scrollLeft += match.left - room.left - room.width / 2;
  }, [current, lines]);

  const last = lines.at(-1);
  const bytes = Math.max(1, log.size.bytes - log.start);
  const inView = lines[0] && last ? last.to - lines[0].from : 0;
  const onKeyDown = (event: KeyboardEvent) => {
    const move = moveOf(event, Math.max(1, Math.floor(log.rows) - 1));
    if (move) onMove(move);
    else if (event.key === 'Enter') onOpen();
    else return;
    event.preventDefault();
  };
  return (
    <div class="log-area">
      <div
        class="lines"
        ref={list}
        role="listbox"
        tabIndex={0}
        aria-label={`Lines of ${name}`}
        aria-busy={!log.isLoaded}
        aria-activedescendant={lines.some(({ from }) => from === selected) ? rowId(selected ?? 0) : undefined}
        style={{
          '--row-height': `${rowHeight}px`,
          '--digits': Math.max(3, ...lines.map(({ line }) => String(line ?? '').length)),
        }}
        onKeyDown={onKeyDown}
        onPointerMove={event => onPoint(lineAt(event, lines), event)}
        onPointerLeave={event => onPoint(null, event)}
      >
        <div class="rows" role="presentation" style={{ transform: `translateY(${(first - log.top) * rowHeight}px)` }}>
          {lines.map(line => (
            <LineRow
              key={line.from}
              line={line}
              selected={line.from === selected}
              lit={lit !== null && line.from >= lit.from && line.from < lit.to}
              sought={sought}
              onSelect={onSelect}
              onTrace={onTrace}
            />
          ))}
        </div>
      </div>
      <ScrollBar
        position={shareBefore(log, lines[0], inView)}
        part={log.isAtStart && log.isAtEnd && log.lines.length <= log.rows ? 1 : inView / bytes}
        go={goToShare}
      />
    </div>
  );
}

/** Of what the scroll bar can move over. */
function shareBefore({ start, size }: LogWindow, first: ShownLine | undefined, inView: number): number {
  const room = size.bytes - start - inView;
  return room <= 0 || !first ? 0 : Math.max(0, Math.min(1, (first.from - start) / room));
}

function lineAt(event: PointerEvent, lines: readonly ShownLine[]): ShownLine | null {
  const row = event.target instanceof Element ? event.target.closest('[data-from]') : null;
  const from = Number(row?.getAttribute('data-from') ?? Number.NaN);
  return lines.find(line => line.from === from) ?? null;
}

/** Whole pixels, as an editor has them. */
function readRowHeight(): number {
  const size = Number.parseFloat(getComputedStyle(document.body).getPropertyValue('--vscode-editor-font-size'));
  return Math.round((Number.isNaN(size) ? 13 : size) * 1.5);
}
