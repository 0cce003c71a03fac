import type { TimelineRow } from '../../src/common/timeline/timelineRow';
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
    | 'start'; // all that is known is when it began
  left: number;
  width: number;
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
  kind: 'wait' | 'idle' | 'elapsed' | 'earlier';
  startMs: number;
  endMs: number;
}

/** Where a row's bars are, in pixels of the bar column. Only visible rows are laid out. */
export function layoutBars(row: TimelineRow, scale: TimeScale): BarLayout {
  const box = (kind: Box['kind'], fromMs: number, toMs: number, open = false): Box => {
    const left = toX(scale, fromMs);
    return { kind, left, width: toX(scale, toMs) - left, open, compressedMs: compressedIn(scale, fromMs, toMs) };
  };
  const boxes = [...before(row).map(({ kind, startMs, endMs }) => box(kind, startMs, endMs)), ...body(row, box)];
  const path = row.path
    .filter(({ startMs, endMs }) => endMs > startMs)
    .map(({ kind, startMs, endMs }) => {
      const left = toX(scale, startMs);
      return { left, width: toX(scale, endMs) - left, work: kind === 'run' };
    });
  return {
    boxes,
    path,
    left: Math.min(...boxes.map(({ left }) => left)),
    right: Math.max(...boxes.map(({ left, width }) => left + width)),
  };
}

const compressedIn = ({ map }: TimeScale, fromMs: number, toMs: number): number =>
  map.breaks.reduce((sum, gap) => sum + Math.max(0, Math.min(toMs, gap.toMs) - Math.max(fromMs, gap.fromMs)), 0);

function body(row: TimelineRow, box: (kind: Box['kind'], from: number, to: number, open?: boolean) => Box): Box[] {
  const { startMs, endMs } = row;
  if (startMs === null && endMs === null) return [];
  const from = startMs ?? endMs ?? 0;
  const to = endMs ?? from;
  if (row.durationKind === 'instant') return [box('instant', from, from)];
  if (row.durationKind === 'unknown' && to <= from) return [box('start', from, from, startMs !== null)];
  if (row.durationKind === 'inferred' || row.durationKind === 'unknown') return [box('inferred', from, to)];
  return [box('work', from, to, row.bound === 'atLeast' || row.status === 'running')];
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
