import type { RowFold } from '../../../src/common/timeline/rowFold';
import { ownStretches, type RowStretch, stretchesBefore } from '../../../src/common/timeline/rowStretches';
import type { TimelineRow } from '../../../src/common/timeline/timelineRow';
import type { TimeWindow } from '../../../src/common/timeline/timeWindow';
import { type TimeScale, toX } from './timeScale';

export interface Box {
  /** Folded: what is hidden, or folded into the row, was at work. */
  kind: RowStretch['kind'] | 'folded';
  left: number;
  width: number;
  durationMs: number;
  /** The end is not known: it took at least this long. */
  open: boolean;
  /** How much compressed idle time it runs through. */
  compressedMs: number;
}

export interface PathStretch {
  left: number;
  width: number;
  /** False where the time went into waiting, or nobody knows into what. */
  work: boolean;
}

export interface BarLayout {
  boxes: Box[];
  path: PathStretch[];
  /** Where everything of this row begins and ends. */
  left: number;
  right: number;
}

/** Where a row's bars are, in pixels of the bar column. Only visible rows are laid out. */
export function layoutBars(row: TimelineRow, scale: TimeScale): BarLayout {
  const fold = row.fold?.open ? null : row.fold;
  const own = row.fold?.kind === 'run' ? [] : [...stretchesBefore(row), ...ownStretches(row, scale.nowMs)];
  const folded = (fold ? foldedStretches(fold, scale.nowMs) : []).map(stretch => ({
    kind: 'folded' as const,
    ...stretch,
  }));
  const boxes = [...folded, ...own].map(({ kind, startMs, endMs, open = false }): Box => {
    const left = toX(scale, startMs);
    const compressedMs = compressedIn(scale, startMs, endMs);
    return { kind, left, width: toX(scale, endMs) - left, durationMs: endMs - startMs, open, compressedMs };
  });
  const path = [
    ...row.path
      .filter(({ startMs, endMs }) => endMs > startMs)
      .map(({ kind, ...times }) => ({ ...times, work: kind === 'run' })),
    ...(fold?.path ?? []),
  ].map(({ startMs, endMs, work }) => {
    const left = toX(scale, startMs);
    return { left, width: toX(scale, endMs) - left, work };
  });
  return {
    boxes,
    path,
    left: Math.min(...boxes.map(({ left }) => left)),
    right: Math.max(...boxes.map(({ left, width }) => left + width)),
  };
}

/** What is folded is at work where its rows are, and until now where one of them still runs. */
function foldedStretches({ busy, runningFromMs }: RowFold, nowMs: number): Omit<RowStretch, 'kind'>[] {
  if (runningFromMs === null) return busy;
  return [...busy, { startMs: runningFromMs, endMs: Math.max(runningFromMs, nowMs), open: true }];
}

const compressedIn = ({ map }: TimeScale, fromMs: number, toMs: number): number =>
  map.breaks.reduce((sum, gap) => sum + Math.max(0, Math.min(toMs, gap.toMs) - Math.max(fromMs, gap.fromMs)), 0);

/** When a row began to be waited for: its wait's start, else its own. */
export function arrivalMs(row: TimelineRow): number | null {
  const first = stretchesBefore(row).map(({ startMs }) => startMs);
  const start = row.startMs ?? row.endMs;
  return start === null ? null : Math.min(start, ...first);
}

/** From the first to the last time of a row and of what is folded into it; `null` where there is none. */
export function extentOf(row: TimelineRow): TimeWindow | null {
  const start = arrivalMs(row);
  const starts = [start, row.fold?.startMs ?? null].filter(ms => ms !== null);
  if (starts.length === 0) return null;
  const fromMs = Math.min(...starts);
  return { fromMs, toMs: Math.max(fromMs, row.endMs ?? row.startMs ?? fromMs, row.fold?.endMs ?? fromMs) };
}
