import { useCallback, useEffect, useMemo, useReducer, useRef } from 'preact/hooks';
import type { TraceHeader } from '../../src/common/protocol/logEngine';
import type { TimelineRow } from '../../src/common/timeline/timelineRow';
import { RowWindows } from '../page/rowWindows';
import type { HostConnection } from './hostConnection';
import { type Places, placeOf } from './places';

interface ShownRowsOptions {
  host: HostConnection;
  trace: TraceHeader;
  /** All rows. */
  rows: RowWindows<TimelineRow>;
  version: number;
  /** The only ones to show; `null`: all. */
  kept: Places | null;
  /** The selected row, among all. */
  index: number | null;
  report: (error: unknown) => void;
}

/** The rows that the grid lists: all of them, or only those that fit. Each has a place in the list besides its index. */
export function useShownRows({ host, trace, rows, version, kept, index, report }: ShownRowsOptions) {
  const { traceId, revision, steps } = trace;
  const [ownVersion, changed] = useReducer<number, void>(count => count + 1, 0);
  const newest = useRef({ host, traceId });
  newest.current = { host, traceId };
  const own = useMemo(
    () =>
      kept &&
      new RowWindows<TimelineRow>({
        load: async ({ from, to }, signal) => {
          const { host, traceId } = newest.current;
          const picked = await host.pick({ traceId, rows: kept.slice(from, to) }, signal);
          return picked.map(row => placed(row, kept));
        },
        changed,
        failed: report,
      }),
    [kept, report],
  );
  if (own && kept) own.renew(traceId, revision, kept.length);

  // The grid does not ask for it, but the details do.
  useEffect(() => {
    if (own && index !== null) rows.want([{ from: index, to: index + 1 }]);
  });

  const rowAt = useCallback((place: number) => kept?.[place] ?? place, [kept]);
  return {
    rows: own ?? rows,
    version: version + ownVersion,
    count: kept?.length ?? steps,
    selected: kept ? placeOf(kept, index) : index,
    rowAt,
  };
}

/** A row that leads to its previous ones where they stand in the list; to none that is hidden. */
const placed = (row: TimelineRow, kept: Places): TimelineRow => ({
  ...row,
  previous: row.previous.map(previous => ({ ...previous, row: placeOf(kept, previous.row) })),
});
