import { nothingUsed, type UsedTokens, usedTogether } from '../model/usedTokens';
import type { TimelineRow } from './timelineRow';

/** What an entry of the list stands for besides its own row: what hangs below it, or a run of plumbing. */
export interface RowFold {
  kind: 'below' | 'run';
  /** Only a run has an entry of its own while its rows are shown. */
  open: boolean;
  /** `2a – 2c.2`: the numbers of the first and the last of its rows. */
  numbers: string;
  /** Rows that are folded; those among them that are made up for services that do not log. */
  rows: number;
  external: number;
  /** Log lines of severity error and worse, and failed steps without such a line. */
  errors: number;
  /** Steps that still run, and since when the first of them does; `null` where that is not known. */
  running: number;
  runningFromMs: number | null;
  /** What models used in them. */
  used: UsedTokens;
  /** From the earliest to the latest time; `null` where none of the rows has one. */
  startMs: number | null;
  endMs: number | null;
  /** Time in which any of the rows was at work; `null` as above. */
  busyMs: number | null;
  /** Rows without a time. */
  untimed: number;
  /** Where any of them was at work, where they are on the critical path, and where errors are: as much as can be drawn. */
  busy: FoldStretch[];
  path: (FoldStretch & { work: boolean })[];
  errorsMs: number[];
}

export interface FoldStretch {
  startMs: number;
  endMs: number;
}

/** Stretches that are closer than one part in so many of all of them are drawn as one. */
const finest = 500;

/** @param rows what is folded, in row order */
export function rowFold(kind: RowFold['kind'], open: boolean, rows: readonly TimelineRow[]): RowFold {
  const timed = rows.flatMap(({ startMs, endMs }) => {
    const start = startMs ?? endMs;
    return start === null ? [] : { startMs: start, endMs: Math.max(start, endMs ?? start) };
  });
  const startMs = timed.reduce<number | null>((first, row) => Math.min(first ?? row.startMs, row.startMs), null);
  const endMs = timed.reduce<number | null>((last, row) => Math.max(last ?? row.endMs, row.endMs), null);
  const busy = merged(timed, 0);
  const span = startMs === null || endMs === null ? 0 : endMs - startMs;
  const path = rows
    .flatMap(row => row.path)
    .filter(segment => segment.endMs > segment.startMs)
    .map(({ kind: how, ...times }) => ({ ...times, work: how === 'run' }));
  const running = rows.filter(({ status }) => status === 'running');
  const runningFrom = running.flatMap(({ startMs, endMs }) => startMs ?? endMs ?? []);
  return {
    kind,
    open,
    numbers: numbersOf(rows),
    rows: rows.length,
    external: rows.filter(({ external }) => external).length,
    errors: rows.reduce((sum, row) => sum + errorsOf(row), 0),
    running: running.length,
    runningFromMs: runningFrom.reduce<number | null>((first, ms) => Math.min(first ?? ms, ms), null),
    used: rows.reduce((sum, { used }) => usedTogether(sum, used), nothingUsed),
    startMs,
    endMs,
    busyMs: startMs === null ? null : busy.reduce((sum, stretch) => sum + stretch.endMs - stretch.startMs, 0),
    untimed: rows.length - timed.length,
    busy: merged(busy, span / finest),
    path: mergedPath(path, span / finest),
    errorsMs: thinned(rows.flatMap(errorTimes), finest),
  };
}

const numbersOf = (rows: readonly TimelineRow[]): string =>
  [...new Set([rows[0]!.number, rows.at(-1)!.number])].join(' – ');

const errorsOf = ({ errors, status }: TimelineRow): number => (errors === 0 && status === 'failed' ? 1 : errors);

function errorTimes(row: TimelineRow): readonly number[] {
  const end = row.endMs ?? row.startMs;
  return row.errorMarks.length > 0 || errorsOf(row) === 0 || end === null ? row.errorMarks : [end];
}

/** In time order; those that touch, overlap or are closer than `gap` are one. */
function merged(stretches: readonly FoldStretch[], gap: number): FoldStretch[] {
  const result: FoldStretch[] = [];
  for (const { startMs, endMs } of [...stretches].sort((a, b) => a.startMs - b.startMs)) {
    const last = result.at(-1);
    if (last && startMs - last.endMs <= gap) last.endMs = Math.max(last.endMs, endMs);
    else result.push({ startMs, endMs });
  }
  return result;
}

/** Work and waiting stay apart. What is left out between two of the same is thinner than a pixel. */
function mergedPath(path: readonly (FoldStretch & { work: boolean })[], gap: number): RowFold['path'] {
  const of = (work: boolean) =>
    merged(
      path.filter(segment => segment.work === work),
      gap,
    ).map(stretch => ({ ...stretch, work }));
  return [...of(true), ...of(false)];
}

/** Of many moments the first of each of `parts` equal stretches, in order: none is far from one that is left. */
export function thinned(moments: readonly number[], parts: number): number[] {
  if (moments.length <= parts) return [...moments].sort((a, b) => a - b);
  const from = moments.reduce((a, b) => Math.min(a, b));
  const span = moments.reduce((a, b) => Math.max(a, b)) - from;
  const firsts = new Map<number, number>();
  for (const ms of moments) {
    const part = span === 0 ? 0 : Math.min(parts - 1, Math.floor(((ms - from) / span) * parts));
    firsts.set(part, Math.min(ms, firsts.get(part) ?? ms));
  }
  return [...firsts.values()].sort((a, b) => a - b);
}
