import { useCallback, useMemo, useRef } from 'preact/hooks';
import type { TimelineRow } from '../../src/common/timeline/timelineRow';
import type { Anchoring } from '../page/anchor';
import { counted } from '../page/format';
import type { RowWindows } from '../page/rowWindows';
import { useWidth } from '../page/viewport';
import { VirtualGrid } from '../page/virtualGrid';
import { GridHead } from './gridHead';
import { levelTarget } from './levels';
import { Row, rowHeight } from './row';
import { serviceColours } from './serviceColour';
import { TimeBackground } from './timeAxis';
import type { TimeAxis, TimeScale } from './timeScale';

const headHeight = 26;

export interface GridProps {
  rows: RowWindows<TimelineRow>;
  /** Grows when rows have come; they are not compared one by one. */
  version: number;
  count: number;
  /** Whether a row is one that was looked for. */
  isHit: (index: number) => boolean;
  services: readonly string[];
  /** `null` where the trace has no times. */
  axis: TimeAxis | null;
  /** False while logs are read. */
  complete: boolean;
  selected: number | null;
  /** Scrolls the selected row into view when it grows. */
  revealed: number;
  initialScroll: number;
  anchoring?: Anchoring | undefined;
  onSelect: (index: number) => void;
  onOpen: (index: number, preview: boolean) => void;
  onToggleDetails: () => void;
  onScroll: (top: number) => void;
}

/** The steps as a treegrid. */
export function Grid({ rows, version, count, isHit, services, axis, complete, onToggleDetails, ...grid }: GridProps) {
  const { selected, onOpen } = grid;
  const timeHead = useRef<HTMLDivElement>(null);
  const timed = axis !== null;
  const width = useWidth(timeHead, timed);
  const scale = useMemo<TimeScale | null>(() => (axis && width > 0 ? { ...axis, width } : null), [axis, width]);
  const colour = useMemo(() => serviceColours(services), [services]);
  const open = useCallback((index: number) => onOpen(index, false), [onOpen]);
  return (
    <VirtualGrid
      {...grid}
      role="treegrid"
      label={`Timeline, ${counted(count, 'step')}`}
      class={timed ? '' : 'untimed'}
      columns={timed ? 4 : 3}
      count={count}
      rowHeight={rowHeight}
      headHeight={headHeight}
      head={<GridHead timed={timed} scale={scale} box={timeHead} />}
      background={view =>
        scale && <TimeBackground scale={scale} view={view} rows={rows} version={version} selected={selected} />
      }
      row={(index, place) => {
        const row = rows.at(index);
        return (
          <Row
            {...place}
            key={index}
            row={row}
            index={index}
            count={count}
            hit={isHit(index)}
            complete={complete}
            colour={colour(row?.service ?? null)}
            scale={scale}
            onOpen={open}
          />
        );
      }}
      want={ranges => rows.want(ranges)}
      lead={(key, from) => levelTarget(key, from, rows)}
      onSpace={onToggleDetails}
    />
  );
}
