import { useCallback, useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { counted } from './format';
import { GridHead } from './gridHead';
import { target } from './gridKeys';
import { Row, rowHeight } from './row';
import { useRowFocus } from './rowFocus';
import type { RowWindows } from './rowWindows';
import { serviceColours } from './serviceColour';
import { TimeBackground } from './timeAxis';
import type { TimeScale } from './timeScale';
import { useViewport, useWidth } from './viewport';

const headHeight = 26;
/** Rows kept beyond the edges, so that a quick scroll finds them there. */
const overscan = 4;

interface GridProps {
  rows: RowWindows;
  /** Grows when rows have come; they are not compared one by one. */
  version: number;
  count: number;
  services: readonly string[];
  /** `null` where the trace has no times. */
  durationMs: number | null;
  /** False while logs are read. */
  complete: boolean;
  selected: number | null;
  /** Scrolls the selected row into view when it grows. */
  revealed: number;
  initialScroll: number;
  onSelect: (index: number) => void;
  onOpen: (index: number, preview: boolean) => void;
  onToggleDetails: () => void;
  onScroll: (top: number) => void;
}

/** The steps as a treegrid. Only rows in view exist, and the active one, so that the focus is never lost. */
export function Grid(props: GridProps) {
  const { rows, version, count, services, durationMs, complete, selected, onSelect, onOpen, onScroll } = props;
  const grid = useRef<HTMLDivElement>(null);
  const timeHead = useRef<HTMLDivElement>(null);
  const focusWanted = useRef(false);
  const { top, height } = useViewport(grid);
  const timed = durationMs !== null;
  const width = useWidth(timeHead, timed);
  const scale = useMemo<TimeScale | null>(
    () => (durationMs !== null && width > 0 ? { fromMs: 0, toMs: durationMs, width } : null),
    [durationMs, width],
  );
  const colour = useMemo(() => serviceColours(services), [services]);

  /** Where Tab leads to. */
  const active = selected ?? 0;
  const bodyHeight = Math.max(0, height - headHeight);
  const from = Math.max(0, Math.min(count, Math.floor(top / rowHeight) - overscan));
  const to = Math.min(count, Math.ceil((top + bodyHeight) / rowHeight) + overscan);
  const indices = useMemo(() => {
    const visible = Array.from({ length: Math.max(0, to - from) }, (_, offset) => from + offset);
    const outside = active < count && (active < from || active >= to);
    return outside ? [...visible, active] : visible;
  }, [from, to, active, count]);

  useEffect(() => {
    rows.want([
      { from, to },
      { from: active, to: active + 1 },
    ]);
  });
  useEffect(() => onScroll(top), [top, onScroll]);
  useRowFocus();

  const reveal = useCallback((index: number) => {
    const element = grid.current;
    if (!element) return;
    const first = index * rowHeight;
    const last = first + rowHeight - (element.clientHeight - headHeight);
    if (element.scrollTop > first) element.scrollTop = first;
    else if (element.scrollTop < last) element.scrollTop = last;
  }, []);

  useLayoutEffect(() => {
    if (grid.current && props.initialScroll > 0) grid.current.scrollTop = props.initialScroll;
  }, []);
  // The details open below and take room: the row that was chosen stays in view.
  useLayoutEffect(() => {
    if (selected !== null && grid.current?.contains(document.activeElement)) reveal(selected);
  }, [height]);
  useLayoutEffect(() => {
    if (props.revealed > 0 && selected !== null) reveal(selected);
  }, [props.revealed, reveal]);
  useLayoutEffect(() => {
    if (!focusWanted.current || selected === null) return;
    focusWanted.current = false;
    grid.current?.querySelector<HTMLElement>(`[data-index="${selected}"]`)?.focus({ preventScroll: true });
  });

  const click = useCallback(
    (index: number, event: MouseEvent) => {
      focusWanted.current = true;
      onSelect(index);
      onOpen(index, event.detail < 2);
    },
    [onSelect, onOpen],
  );
  const open = useCallback((index: number) => onOpen(index, false), [onOpen]);

  const onKeyDown = (event: KeyboardEvent) => {
    const row = event.target instanceof Element ? event.target.closest('[data-index]') : null;
    if (!row || event.target !== row || event.ctrlKey || event.altKey || event.metaKey) return;
    const at = Number(row.getAttribute('data-index'));
    const page = Math.max(1, Math.floor(bodyHeight / rowHeight) - 1);
    const next = target(event.key, at, count, page, rows);
    if (next !== null) {
      focusWanted.current = true;
      onSelect(next);
      reveal(next);
    } else if (event.key === 'Enter') onOpen(at, false);
    else if (event.key === ' ') {
      onSelect(at);
      props.onToggleDetails();
    } else return;
    event.preventDefault();
  };

  return (
    <div
      class={timed ? 'grid' : 'grid untimed'}
      ref={grid}
      role="treegrid"
      aria-label={`Timeline, ${counted(count, 'step')}`}
      aria-rowcount={count + 1}
      aria-colcount={timed ? 4 : 3}
      style={{ '--digits': String(count).length }}
      onKeyDown={onKeyDown}
    >
      <GridHead timed={timed} scale={scale} box={timeHead} />
      <div class="canvas" style={{ height: `${count * rowHeight}px` }}>
        {scale && (
          <TimeBackground
            scale={scale}
            indices={indices}
            rows={rows}
            version={version}
            selected={selected}
            from={from}
            to={to}
          />
        )}
        {indices.map(index => {
          const row = rows.at(index);
          return (
            <Row
              key={index}
              row={row}
              index={index}
              count={count}
              complete={complete}
              selected={index === selected}
              reachable={index === active}
              colour={colour(row?.service ?? null)}
              scale={scale}
              onClick={click}
              onOpen={open}
            />
          );
        })}
      </div>
    </div>
  );
}
