import type { TraceTable } from '../../../common/index/traceTable';
import type { ListRequest } from '../../../common/protocol/logEngine';
import { IdOrder } from './idOrder';

/** A value of each row, the smallest first; NaN where it is not known. */
type Key = (table: TraceTable, row: number) => number;

const start: Key = ({ from }, row) => from[row]!;
const duration: Key = ({ from, to }, row) => from[row]! - to[row]!;

const keys: Record<NonNullable<ListRequest['sort']>, Key[]> = {
  correlationId: [],
  start: [start],
  duration: [duration],
  status: [({ status }, row) => status[row]!, duration],
  steps: [({ steps }, row) => -steps[row]!],
  records: [({ records }, row) => -records[row]!],
  errors: [({ errors }, row) => -errors[row]!],
};

/** The rows of a table in the order that `sortSummaries` gives their documents, which nobody makes for it. */
export function sortedRows(table: TraceTable, sort: ListRequest['sort'], reverse = false): Uint32Array {
  const own = keys[sort ?? 'status'];
  const turn = reverse ? -1 : 1;
  const turnOfId = sort === 'correlationId' ? turn : 1;
  const columns = [...own, ...(sort === 'correlationId' ? [] : [start])].map((key, at) =>
    Float64Array.from({ length: table.size }, (_, row) => (at < own.length ? turn : 1) * key(table, row)),
  );
  let ids: IdOrder | undefined;
  const rows = Uint32Array.from({ length: table.size }, (_, row) => row).filter(row => table.isThere(row));
  return rows.sort((a, b) => {
    for (const column of columns) {
      const [left, right] = [column[a]!, column[b]!];
      if (left < right) return -1;
      if (left > right) return 1;
      // What is not known comes last, whichever way the known ones are turned.
      if (left !== right && Number.isNaN(left) !== Number.isNaN(right)) return Number.isNaN(left) ? 1 : -1;
    }
    ids ??= new IdOrder(table);
    return turnOfId * ids.compare(a, b);
  });
}
