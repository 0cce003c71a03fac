import { useCallback, useEffect, useMemo, useReducer, useRef } from 'preact/hooks';
import type { TraceHeader } from '../../../src/common/protocol/logEngine';
import { entryKinds, entryOf, runEntryOf, type ShownEntries } from '../../../src/common/timeline/arrangement';
import type { TimelineRow } from '../../../src/common/timeline/timelineRow';
import { RowWindows } from '../../page/rowWindows';
import type { Folding } from '../fold/folding';
import type { HostConnection } from '../hostConnection';
import { EntryRows } from './entryRows';
import type { Places } from './places';
import type { ListedStep } from './selection';

interface ShownRowsOptions {
  host: HostConnection;
  trace: TraceHeader;
  /** All rows. */
  rows: RowWindows<TimelineRow>;
  version: number;
  /** The only ones to show; `null`: all that are not folded. */
  kept: Places | null;
  folding: Folding;
  /** What is selected, among all. */
  selected: ListedStep | null;
  report: (error: unknown) => void;
}

/** The rows that the grid lists: all of them, or only those that fit or are not folded. Each has a place in the list. */
export function useShownRows({ host, trace, rows, version, kept, folding, selected, report }: ShownRowsOptions) {
  const { traceId, revision, steps } = trace;
  const [ownVersion, changed] = useReducer<number, void>(count => count + 1, 0);
  const newest = useRef({ host, traceId });
  newest.current = { host, traceId };
  const last = useRef<EntryRows | null>(null);
  const entries = useMemo(() => (kept ? eachAlone(kept) : (folding.entries ?? null)), [kept, folding.entries]);
  const windows = useMemo(
    () =>
      entries &&
      new RowWindows<TimelineRow>({
        load: ({ from, to }, signal) => {
          const { host, traceId } = newest.current;
          return host.pick({ traceId, entries: stretch(entries, from, to) }, signal);
        },
        changed,
        failed: report,
      }),
    [entries, report],
  );
  // Entries of an older trace are not asked for anew: their rows are others by now.
  if (windows && entries && (kept || folding.current)) windows.renew(traceId, revision, entries.starts.length);
  const own = useMemo(() => {
    last.current = windows && entries && new EntryRows({ entries, windows, all: rows, before: last.current });
    return last.current;
  }, [entries, windows, rows]);

  // The grid does not ask for it, but the details do.
  const index = selected?.index ?? null;
  useEffect(() => {
    if (own && index !== null) rows.want([{ from: index, to: index + 1 }]);
  });

  const stepAt = useCallback((place: number) => listedStep(entries, place), [entries]);
  /** The rows that an entry stands for. */
  const rangeAt = useCallback(
    (place: number) => ({ from: entries?.starts[place] ?? place, to: entries ? entries.ends[place]! : place + 1 }),
    [entries],
  );
  const placeOf = useCallback((row: number) => (entries ? entryOf(entries, row) : row), [entries]);
  const folds = useMemo(() => entries?.ends.some((end, at) => end > entries.starts[at]! + 1) ?? false, [entries]);
  return {
    rows: own ?? rows,
    /** Whether an entry stands for several rows. */
    folds,
    version: version + ownVersion,
    count: entries?.starts.length ?? steps,
    selected: selected && placeOfStep(entries, selected),
    stepAt,
    rangeAt,
    placeOf,
    /** Whether an entry is of a run that is open, or in one. */
    kindAt: (place: number) => entries?.kinds[place] ?? entryKinds.row,
  };
}

/** The first step behind an entry. */
export function listedStep(entries: ShownEntries | null, place: number): ListedStep {
  return { index: entries?.starts[place] ?? place, run: entries?.kinds[place] === entryKinds.run };
}

function placeOfStep(entries: ShownEntries | null, { index, run }: ListedStep): number | null {
  if (!entries) return index;
  return (run ? runEntryOf(entries, index) : null) ?? entryOf(entries, index);
}

const eachAlone = (rows: Places): ShownEntries => ({
  starts: rows,
  ends: rows.map(row => row + 1),
  kinds: new Uint8Array(rows.length),
});

const stretch = ({ starts, ends, kinds }: ShownEntries, from: number, to: number): ShownEntries => ({
  starts: starts.slice(from, to),
  ends: ends.slice(from, to),
  kinds: kinds.slice(from, to),
});
