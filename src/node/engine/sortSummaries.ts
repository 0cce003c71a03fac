import type { TraceSummaryDocument } from '../../common/protocol/documents';
import type { ListRequest } from '../../common/protocol/logEngine';

type Compare = (a: TraceSummaryDocument, b: TraceSummaryDocument) => number;

const statuses: TraceSummaryDocument['status'][] = ['failed', 'recovered', 'running', 'unknown', 'ok'];
const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const byStart: Compare = (a, b) => byText(a.start ?? '9', b.start ?? '9');
const byDuration: Compare = (a, b) => (b.durationMs ?? -1) - (a.durationMs ?? -1);
const byStatus: Compare = (a, b) => statuses.indexOf(a.status) - statuses.indexOf(b.status);

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
