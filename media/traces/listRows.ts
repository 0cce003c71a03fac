import { useMemo, useReducer } from 'preact/hooks';
import type { TraceName, TraceSummaryDocument } from '../../src/common/protocol/documents';
import type { TraceList } from '../../src/common/protocol/tracesProtocol';
import { type RowRange, RowWindows } from '../page/rowWindows';
import type { HostConnection } from './hostConnection';
import type { Similar } from './similar';
import { TraceNames } from './traceNames';

/** Rows by their place, wherever they come from. */
export interface TraceRows {
  at(index: number): TraceSummaryDocument | undefined;
  /** `null` until it has come. */
  nameOf(id: string): TraceName | null;
  indexOf(id: string): number | null;
  /** Sees to it that these rows come, and the names of those that are there. */
  want(ranges: readonly RowRange[]): void;
}

interface ListRows {
  rows: TraceRows;
  count: number;
  version: number;
}

/** The rows on show: those of the list, by windows, or what is like the text that none of them holds. */
export function useListRows(
  host: HostConnection,
  list: TraceList | null,
  similar: Similar | null,
  report: (error: unknown) => void,
): ListRows {
  const [version, changed] = useReducer<number, void>(count => count + 1, 0);
  const windows = useMemo(
    () =>
      new RowWindows<TraceSummaryDocument>({
        load: ({ revision, from, to }, signal) => host.rows({ revision, from, to }, signal),
        changed,
        failed: report,
      }),
    [host, report],
  );
  const names = useMemo(() => new TraceNames({ load: (ids, signal) => host.names(ids, signal), changed }), [host]);
  const rows = useMemo(() => rowsOf(windows, names), [windows, names]);
  const found = useMemo(() => similar && rowsOf(fixed(similar.traces), names), [similar, names]);
  if (list) {
    windows.renew(JSON.stringify(list.query), list.revision, list.total);
    names.renew(list.revision);
  }
  if (similar && found) return { rows: found, count: similar.traces.length, version };
  return { rows, count: list?.total ?? 0, version };
}

type Rows = Pick<RowWindows<TraceSummaryDocument>, 'at' | 'indexOf' | 'want'>;

const rowsOf = (rows: Rows, names: TraceNames): TraceRows => ({
  at: index => rows.at(index),
  nameOf: id => names.of(id),
  indexOf: id => rows.indexOf(({ correlationId }) => correlationId === id),
  want: ranges => {
    rows.want(ranges);
    names.want(ranges.flatMap(range => idsIn(range, rows)));
  },
});

function idsIn({ from, to }: RowRange, rows: Rows): string[] {
  const ids: string[] = [];
  for (let index = from; index < to; index++) {
    const trace = rows.at(index);
    if (trace) ids.push(trace.correlationId);
  }
  return ids;
}

const fixed = (traces: readonly TraceSummaryDocument[]): Rows => ({
  at: index => traces[index],
  want: () => {},
  indexOf: fits => {
    const index = traces.findIndex(fits);
    return index === -1 ? null : index;
  },
});
