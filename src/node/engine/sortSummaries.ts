import { statusOrder, type TraceTable } from '../../common/index/traceTable';
import type { TraceSummaryDocument } from '../../common/protocol/documents';
import type { ListRequest } from '../../common/protocol/logEngine';

type Compare = (a: TraceSummaryDocument, b: TraceSummaryDocument) => number;

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const byStart: Compare = (a, b) => byText(a.start ?? '9', b.start ?? '9');
const byDuration: Compare = (a, b) => (b.durationMs ?? -1) - (a.durationMs ?? -1);
const byStatus: Compare = (a, b) => statusOrder.indexOf(a.status) - statusOrder.indexOf(b.status);

const orders: Record<NonNullable<ListRequest['sort']>, Compare[]> = {
  start: [byStart],
  duration: [byDuration],
  status: [byStatus, byDuration],
  records: [(a, b) => b.records - a.records],
  errors: [(a, b) => b.errors - a.errors],
};

/** Worst first: failed ones, then the longest. The order of equals does not depend on the order of reading. */
export function sortSummaries(traces: TraceSummaryDocument[], sort: ListRequest['sort']): TraceSummaryDocument[] {
  const order = [...orders[sort ?? 'status'], byStart, (a, b) => byText(a.correlationId, b.correlationId)] as Compare[];
  return traces.toSorted((a, b) => {
    for (const compare of order) {
      const difference = compare(a, b);
      if (difference !== 0) return difference;
    }
    return 0;
  });
}

type CompareRows = (table: TraceTable, a: number, b: number) => number;

const rowsByStart: CompareRows = ({ from }, a, b) => known(from[a]!, Infinity) - known(from[b]!, Infinity) || 0;
const rowsByDuration: CompareRows = ({ from, to }, a, b) => known(to[b]! - from[b]!, -1) - known(to[a]! - from[a]!, -1);
const rowsByStatus: CompareRows = ({ status }, a, b) => status[a]! - status[b]!;
const known = (value: number, instead: number): number => (Number.isNaN(value) ? instead : value);

const rowOrders: Record<NonNullable<ListRequest['sort']>, CompareRows[]> = {
  start: [rowsByStart],
  duration: [rowsByDuration],
  status: [rowsByStatus, rowsByDuration],
  records: [({ records }, a, b) => records[b]! - records[a]!],
  errors: [({ errors }, a, b) => errors[b]! - errors[a]!],
};

/** The rows of a table in the same order, without an object for each. */
export function sortedRows(table: TraceTable, sort: ListRequest['sort']): Uint32Array {
  const order = [...rowOrders[sort ?? 'status'], rowsByStart];
  const rows = Uint32Array.from({ length: table.size }, (_, row) => row).filter(row => table.isThere(row));
  return rows.sort((a, b) => {
    for (const compare of order) {
      const difference = compare(table, a, b);
      if (difference !== 0 && !Number.isNaN(difference)) return difference;
    }
    return byText(table.idOf(a), table.idOf(b));
  });
}
