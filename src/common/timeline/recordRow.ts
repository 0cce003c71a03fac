import { recordText } from '../export/recordText';
import { recordDocument } from '../export/traceDocument';
import { type LogRecord, logOf } from '../model/logRecord';
import type { Trace } from '../model/trace';
import { nanos, toMs } from '../model/units';

/** One log record in the list of all of a trace's, ready to draw. */
export interface RecordRow {
  /** Names the record, whatever comes before it in the list, and wherever its log is moved to by a rotation. */
  id: string;
  /** Key and row of its step; `null` where it belongs to none. */
  key: string | null;
  row: number | null;
  /** As logged, ISO 8601. */
  timestamp: string | null;
  /** From the record before; `null` where one of both has no time. */
  sinceMs: number | null;
  severity: string | null;
  service: string | null;
  /** The beginning of its text, stack included, and how long all of it is. */
  message: string;
  length: number;
  source: string;
  line: number | null;
}

/** By the log and the place in it, which stay when its files are rotated. */
const recordId = ({ location }: LogRecord): string =>
  `${location.set?.index ?? 0}:${location.byteStart}:${logOf(location)}`;

/** Index of a record by its `id`; `null` where there is none. */
export function recordAt({ records }: Trace, id: string): number | null {
  const index = records.findIndex(record => recordId(record) === id);
  return index === -1 ? null : index;
}

const longestMessage = 500;

/** Row of each record's step, by the record's index; -1 where it belongs to none. */
export function stepsOfRecords({ steps, records }: Trace): Int32Array {
  const rows = new Int32Array(records.length).fill(-1);
  for (const [row, step] of steps.entries()) {
    for (const record of step.records) if (rows[record] === -1) rows[record] = row;
  }
  return rows;
}

/** A stretch of a trace's records, which are in time order. @param steps as `stepsOfRecords` has them */
export function recordRows(trace: Trace, steps: Int32Array, from: number, to: number): RecordRow[] {
  return trace.records.slice(from, to).map((record, offset) => {
    const index = from + offset;
    const row = steps[index]!;
    const document = recordDocument(record);
    const { source, line, timestamp, severity } = document;
    const message = recordText(document);
    const before = trace.records[index - 1]?.time?.at;
    return {
      id: recordId(record),
      key: trace.steps[row]?.key ?? null,
      row: row === -1 ? null : row,
      timestamp,
      sinceMs: record.time && before !== undefined ? toMs(nanos(Number(record.time.at - before))) : null,
      severity,
      service: record.service,
      message: message.slice(0, longestMessage),
      length: message.length,
      source,
      line,
    };
  });
}
