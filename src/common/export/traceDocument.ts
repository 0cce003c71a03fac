import type { LogRecord } from '../model/logRecord';
import type { Step, Trace, TraceSummary } from '../model/trace';
import type {
  Completeness,
  RecordDocument,
  StepDocument,
  TraceDocument,
  TraceSummaryDocument,
} from '../protocol/documents';

export function traceDocument(_trace: Trace, _completeness: Completeness): TraceDocument {
  throw new Error('not yet');
}
export function stepDocument(_step: Step, _trace: Trace): StepDocument {
  throw new Error('not yet');
}
export function recordDocument(_record: LogRecord): RecordDocument {
  throw new Error('not yet');
}
/** The row that a list of traces shows. */
export function summarise(_trace: Trace): TraceSummary {
  throw new Error('not yet');
}
export function summaryDocument(_summary: TraceSummary): TraceSummaryDocument {
  throw new Error('not yet');
}
