import { statusOrder } from '../../../common/index/traceTable';
import type { TraceSummaryDocument } from '../../../common/protocol/documents';
import type { ListRequest } from '../../../common/protocol/logEngine';

type Compare = (a: TraceSummaryDocument, b: TraceSummaryDocument) => number;

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Two known values as `compare` says; what is not known comes last whichever way the known ones are turned. */
const knownFirst =
  <Value>(of: (trace: TraceSummaryDocument) => Value | null, compare: (a: Value, b: Value) => number) =>
  (turn: 1 | -1): Compare =>
  (a, b) => {
    const [left, right] = [of(a), of(b)];
    if (left === null || right === null) return Number(left === null) - Number(right === null);
    return turn * compare(left, right);
  };

const mostFirst = (of: (trace: TraceSummaryDocument) => number | null) => knownFirst(of, (a, b) => b - a);

const byId = knownFirst(trace => trace.correlationId, byText);
const byStart = knownFirst(trace => trace.start, byText);
const byDuration = mostFirst(trace => trace.durationMs);
const byStatus = knownFirst(
  trace => statusOrder.indexOf(trace.status),
  (a, b) => a - b,
);

const orders: Record<NonNullable<ListRequest['sort']>, ((turn: 1 | -1) => Compare)[]> = {
  correlationId: [byId],
  start: [byStart],
  duration: [byDuration],
  status: [byStatus, byDuration],
  steps: [mostFirst(trace => trace.steps)],
  records: [mostFirst(trace => trace.records)],
  errors: [mostFirst(trace => trace.errors)],
};

/** Worst first: failed ones, then the longest. The order of equals does not depend on the order of reading. */
export function sortSummaries(
  traces: TraceSummaryDocument[],
  sort: ListRequest['sort'],
  reverse = false,
): TraceSummaryDocument[] {
  const own = orders[sort ?? 'status'].map(order => order(reverse ? -1 : 1));
  const order: Compare[] = [...own, byStart(1), byId(1)];
  return traces.toSorted((a, b) => {
    for (const compare of order) {
      const difference = compare(a, b);
      if (difference !== 0) return difference;
    }
    return 0;
  });
}
