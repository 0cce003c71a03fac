import type { RecordRow } from '../../../src/common/timeline/recordRow';
import type { PageTrace } from './traces';

/** All records of a made-up trace: those of its steps, one step after the other. */
export function recordRowsOf({ rows, step }: PageTrace, from: number, to: number): RecordRow[] {
  const found: RecordRow[] = [];
  let first = 0;
  for (const [row, given] of rows.entries()) {
    if (first + given.records > from && first < to) {
      for (const [index, record] of step(given).records.entries()) {
        if (first + index < from || first + index >= to) continue;
        const { timestamp, severity, message, source, line } = record;
        const text = message.slice(0, 500);
        const more = { message: text, length: message.length, source, line };
        found.push({
          id: `${given.key}:${index}`,
          key: given.key,
          row,
          timestamp,
          sinceMs: 12.5,
          severity,
          service: given.service,
          ...more,
        });
      }
    }
    first += given.records;
  }
  return found;
}

export function recordAt(trace: PageTrace, id: string): number | null {
  const [key = '', index = '0'] = id.split(':');
  const first = recordOf(trace, key);
  return first === null ? null : first + Number(index);
}

export function recordOf({ rows }: PageTrace, key: string): number | null {
  let first = 0;
  for (const row of rows) {
    if (row.key === key) return row.records === 0 ? null : first;
    first += row.records;
  }
  return null;
}
