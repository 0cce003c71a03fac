import { useMemo, useReducer } from 'preact/hooks';
import type { TraceSummaryDocument } from '../../src/common/protocol/documents';
import type { TraceList } from '../../src/common/protocol/tracesProtocol';
import { RowWindows } from '../page/rowWindows';
import type { HostConnection } from './hostConnection';
import type { Similar } from './similar';
import type { TraceRows } from './table';

interface ListRows {
  rows: TraceRows & { indexOf(id: string): number | null };
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
  const rows = useMemo(
    () => ({
      at: (index: number) => windows.at(index),
      want: (ranges: Parameters<TraceRows['want']>[0]) => windows.want(ranges),
      indexOf: (id: string) => windows.indexOf(({ correlationId }) => correlationId === id),
    }),
    [windows],
  );
  const found = useMemo(() => similar && fixed(similar.traces), [similar]);
  if (list) windows.renew(JSON.stringify(list.query), list.revision, list.total);
  if (similar && found) return { rows: found, count: similar.traces.length, version };
  return { rows, count: list?.total ?? 0, version };
}

const fixed = (traces: readonly TraceSummaryDocument[]): ListRows['rows'] => ({
  at: index => traces[index],
  want: () => {},
  indexOf: id => {
    const index = traces.findIndex(({ correlationId }) => correlationId === id);
    return index === -1 ? null : index;
  },
});
