import type { TimelineRow } from './timelineRow';

/** A part of a row's time, in ms since the trace's start, and what it was. */
export interface RowStretch {
  kind:
    | 'work' // known work
    | 'inferred' // work or waiting, the logs do not say
    | 'wait' // in a queue
    | 'idle'
    | 'earlier' // earlier attempts
    | 'elapsed' // before the bar, work or waiting: an earlier attempt, or a neighbour without times
    | 'instant' // a single moment
    | 'start' // all that is known is when it began
    | 'running'; // from its last log line to now
  startMs: number;
  endMs: number;
  /** The end is not known: it took at least this long. */
  open?: boolean;
}

/** @param nowMs up to where a running step has come, at least */
export function ownStretches(row: TimelineRow, nowMs: number): RowStretch[] {
  const { startMs, endMs } = row;
  if (startMs === null && endMs === null) return [];
  const from = startMs ?? endMs ?? 0;
  const to = endMs ?? from;
  const stretch = (kind: RowStretch['kind'], endMs: number, open = false): RowStretch => ({
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
export function stretchesBefore(row: TimelineRow): RowStretch[] {
  const { startMs, waitMs, path } = row;
  const entry = startMs === null ? null : Math.min(row.entryMs ?? startMs, startMs);
  const stretches = path.flatMap(({ kind, ...times }): RowStretch[] => {
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
