import type { TraceTable } from '../../../common/index/traceTable';
import { nanos, toMs } from '../../../common/model/units';
import type { Completeness, ListDocument } from '../../../common/protocol/documents';
import type { ListOptions, ListRequest, SourcePlace } from '../../../common/protocol/logEngine';
import { matches, type Query } from '../../../common/query/query';
import type { Engine } from '../engine';
import { parseFilter } from '../parseFilter';
import { sortedRows } from './sortRows';

/**
 * The traces of the sources that a request wants. What was read is kept: of sources that are the same nothing is read
 * again, of grown ones what is new.
 * @throws AbortError, EngineError where the filter is wrong
 */
export async function listTraces(
  engine: Engine,
  request: Omit<ListRequest, 'places'> & { only?: string[] | undefined; places?: SourcePlace[] | undefined },
  { signal, onProgress }: ListOptions = {},
): Promise<ListDocument> {
  const started = performance.now();
  const query = request.filter?.trim() ? parseFilter(request.filter, 'filter') : null;
  const { profiled, skipped } = await engine.profiledSources(request, signal);
  const { table, notes, counts } = await engine.tables.of(engine, profiled, {
    signal,
    onProgress,
    isPart: request.only !== undefined || request.places !== undefined,
  });
  const rows = keptRows(table, query, request);
  const completeness: Completeness = {
    sources: profiled.length - counts.skipped.length,
    bytesRead: counts.bytes,
    lines: counts.lines,
    records: counts.records,
    recordsOfTrace: null,
    unparsed: counts.unparsed,
    skippedSources: [...skipped, ...counts.skipped],
    elapsedMs: Math.round(performance.now() - started),
  };
  const from = Math.max(0, request.from ?? 0);
  const window = rows.subarray(from, from + (request.limit ?? rows.length));
  const traces = Array.from(window, row => table.rowAt(row));
  return { traces, total: rows.length, longestMs: longestOf(table, rows), notes, completeness };
}

type ListOrder = Pick<ListRequest, 'sort' | 'reverse'>;

/** What was asked of a table last: a view asks for window after window of the same rows. */
const lastRows = new WeakMap<TraceTable, { key: string; rows: Uint32Array }>();

function keptRows(
  table: TraceTable,
  query: Query | null,
  request: ListOrder & Pick<ListRequest, 'filter'>,
): Uint32Array {
  const { sort, reverse, filter } = request;
  const key = JSON.stringify([sort, reverse, filter]);
  const last = lastRows.get(table);
  if (last?.key === key) return last.rows;
  const rows = fittingRows(table, query, request);
  lastRows.set(table, { key, rows });
  return rows;
}

/** The rows that a query asks for, in order. */
function fittingRows(table: TraceTable, query: Query | null, { sort, reverse }: ListOrder): Uint32Array {
  const rows = sortedRows(table, sort, reverse);
  return query ? rows.filter(row => matches(query, table.rowAt(row))) : rows;
}

function longestOf({ from, to }: TraceTable, rows: Uint32Array): number | null {
  let longest = -1;
  for (const row of rows) {
    const length = to[row]! - from[row]!;
    if (length > longest) longest = length;
  }
  return longest < 0 ? null : toMs(nanos(longest));
}
