import type { RowFold } from '../../src/common/timeline/rowFold';
import type { TimelineRow } from '../../src/common/timeline/timelineRow';
import type { TimeWindow } from '../../src/common/timeline/timeWindow';
import { type TimeScale, toX } from './timeScale';

export interface Box {
  kind:
    | 'work' // known work
    | 'inferred' // work or waiting, the logs do not say
    | 'wait' // in a queue
    | 'idle'
    | 'earlier' // earlier attempts
    | 'elapsed' // before the bar, work or waiting: an earlier attempt, or a neighbour without times
    | 'instant' // a single moment
    | 'start' // all that is known is when it began
    | 'running' // from its last log line to now
    | 'folded'; // what is hidden, or folded into the row, was at work
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

interface Stretch {
  kind: Box['kind'];
  startMs: number;
  endMs: number;
  open?: boolean;
}

/** Where a row's bars are, in pixels of the bar column. Only visible rows are laid out. */
export function layoutBars(row: TimelineRow, scale: TimeScale): BarLayout {
  const fold = row.fold?.open ? null : row.fold;
  const own = row.fold?.kind === 'run' ? [] : [...before(row), ...body(row, scale.nowMs)];
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
function foldedStretches({ busy, runningFromMs }: RowFold, nowMs: number): Omit<Stretch, 'kind'>[] {
  if (runningFromMs === null) return busy;
  return [...busy, { startMs: runningFromMs, endMs: Math.max(runningFromMs, nowMs), open: true }];
}

const compressedIn = ({ map }: TimeScale, fromMs: number, toMs: number): number =>
  map.breaks.reduce((sum, gap) => sum + Math.max(0, Math.min(toMs, gap.toMs) - Math.max(fromMs, gap.fromMs)), 0);

/** @param nowMs up to where a running step has come, at least */
function body(row: TimelineRow, nowMs: number): Stretch[] {
  const { startMs, endMs } = row;
  if (startMs === null && endMs === null) return [];
  const from = startMs ?? endMs ?? 0;
  const to = endMs ?? from;
  const stretch = (kind: Stretch['kind'], endMs: number, open = false): Stretch => ({
    kind,
    startMs: from,
    endMs,
    open,
  });
  if (row.status === 'running') {
    const since = to > from ? [stretch('work', to, true)] : [stretch('start', from, true)];
    return nowMs > to ? [...since, { kind: 'running', startMs: to, endMs: nowMs, open: true }] : since;
  }
  if (row.durationKind === 'instant') return [stretch('instant', from)];
  if (row.durationKind === 'unknown' && to <= from) return [stretch('start', from, startMs !== null)];
  if (row.durationKind === 'inferred' || row.durationKind === 'unknown') return [stretch('inferred', to)];
  return [stretch('work', to, row.bound === 'atLeast')];
}

/**
 * What stands before the bar: the wait, which ends at the first attempt, then the attempts before the one that counts.
 * The critical path knows best where the waiting was.
 */
function before(row: TimelineRow): Stretch[] {
  const { startMs, waitMs, path } = row;
  const entry = startMs === null ? null : Math.min(row.entryMs ?? startMs, startMs);
  const stretches = path.flatMap(({ kind, ...times }): Stretch[] => {
    if (kind === 'wait' || kind === 'idle') return [{ kind, ...times }];
    return kind === 'elapsed' && entry !== null && times.endMs <= entry ? [{ kind, ...times }] : [];
  });
  if (startMs === null || entry === null) return stretches;
  if (waitMs !== null && waitMs > 0 && !stretches.some(({ kind }) => kind === 'wait')) {
    stretches.unshift({ kind: 'wait', startMs: entry - waitMs, endMs: entry });
  }
  if (entry < startMs) stretches.push({ kind: 'earlier', startMs: entry, endMs: startMs });
  return stretches;
}

/** When a row began to be waited for: its wait's start, else its own. */
export function arrivalMs(row: TimelineRow): number | null {
  const first = before(row).map(({ startMs }) => startMs);
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
