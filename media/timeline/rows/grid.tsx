import { useCallback, useMemo, useRef, useState } from 'preact/hooks';
import type { Matcher } from '../../../src/common/query/textPieces';
import type { TimelineRow } from '../../../src/common/timeline/timelineRow';
import type { Anchoring } from '../../page/anchor';
import { counted } from '../../page/format';
import { useWidth } from '../../page/viewport';
import { VirtualGrid } from '../../page/virtualGrid';
import type { FoldCommands } from '../fold/foldActions';
import { Scale } from '../time/bars';
import { TimeBackground } from '../time/timeAxis';
import type { TimeAxis, TimeScale } from '../time/timeScale';
import { type ColumnNeeds, columnNeeds, serviceNeed } from './columnNeeds';
import type { ListedRows } from './entryRows';
import { GridHead } from './gridHead';
import { foldsBy, levelTarget } from './levels';
import { Row, rowHeights } from './row';
import { serviceColours } from './serviceColour';

const headHeight = 26;

export interface GridProps {
  rows: ListedRows;
  /** Grows when rows have come; they are not compared one by one. */
  version: number;
  count: number;
  /** Steps, shown or not. */
  steps: number;
  /** Whether a row is one that was looked for. */
  isHit: (index: number) => boolean;
  /** What is looked for. */
  matcher: Matcher | null;
  services: readonly string[];
  /** `null` where the trace has no times. */
  axis: TimeAxis | null;
  /** Whether service and duration stand below the name. */
  twoLines: boolean;
  /** Place of a row by its index among all; whether an entry hangs below that of a run of plumbing. */
  placeOf: (row: number) => number | null;
  isInRun: (place: number) => boolean;
  /** `null` where nothing can be folded now. */
  fold: FoldCommands | null;
  onFold: ((row: TimelineRow) => void) | null;
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
export function Grid(props: GridProps) {
  const {
    rows,
    version,
    count,
    isHit,
    matcher,
    placeOf,
    isInRun,
    fold,
    onFold,
    services,
    steps,
    axis,
    twoLines,
    complete,
    ...grid
  } = props;
  const { selected, onOpen } = grid;
  const timeHead = useRef<HTMLDivElement>(null);
  const timed = axis !== null;
  const rowHeight = twoLines ? rowHeights.twoLines : rowHeights.oneLine;
  const width = useWidth(timeHead, timed);
  const scale = useMemo<TimeScale | null>(() => (axis && width > 0 ? { ...axis, width } : null), [axis, width]);
  const colour = useMemo(() => serviceColours(services), [services]);
  const open = useCallback((index: number) => onOpen(index, false), [onOpen]);
  // Once a longer number has been in view all have room for it: rows of one depth begin at one place. So with names.
  const [needs, setNeeds] = useState<ColumnNeeds>({ digits: String(steps).length, step: 0 });
  const ofService = useMemo(() => serviceNeed(services), [services]);
  const newest = useRef(rows);
  newest.current = rows;
  const foldAt = useMemo(
    () =>
      onFold &&
      ((index: number) => {
        const row = newest.current.at(index);
        if (row) onFold(row);
      }),
    [onFold],
  );
  const lead = (key: string, from: number) => {
    const row = rows.at(from);
    if (!foldAt || !row || !foldsBy(key, row))
      return levelTarget(key, from, { at: place => rows.at(place), placeOf, isInRun });
    foldAt(from);
    return from;
  };
  return (
    <Scale.Provider value={scale}>
      <VirtualGrid
        {...grid}
        role="treegrid"
        label={`Timeline, ${counted(count, 'step')}`}
        class={classOf(props)}
        columns={timed ? 4 : 3}
        count={count}
        digits={needs.digits}
        needs={{ '--step-need': needs.step + needs.digits, '--service-need': ofService }}
        rowHeight={rowHeight}
        headHeight={headHeight}
        head={() => <GridHead timed={timed} scale={scale} box={timeHead} fold={fold} />}
        background={view =>
          scale && (
            <TimeBackground
              scale={scale}
              view={view}
              rows={rows}
              version={version}
              rowHeight={rowHeight}
              selected={selected}
            />
          )
        }
        row={(index, place) => {
          const row = rows.at(index);
          return (
            <Row
              {...place}
              key={place.slot}
              row={row}
              index={index}
              count={count}
              match={isHit(index) ? matcher : null}
              complete={complete}
              colour={colour(row?.service ?? null)}
              timed={scale !== null}
              onOpen={open}
              onFold={foldAt}
            />
          );
        }}
        want={ranges => {
          rows.want(ranges);
          setNeeds(last => columnNeeds(rows, ranges, last));
        }}
        lead={lead}
        onSpace={grid.onToggleDetails}
      />
    </Scale.Provider>
  );
}

function classOf({ axis, twoLines, fold }: GridProps): string {
  const set = { untimed: axis === null, lens: fold?.lens, flat: !fold?.levels && !fold?.lens, 'two-lines': twoLines };
  return Object.entries(set)
    .flatMap(([name, on]) => (on ? name : []))
    .join(' ');
}
