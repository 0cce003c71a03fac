import type { NameCensus } from '../nameCensus';

const countedFromZero = /^\d{1,8}$/;

/**
 * Spans of Jaeger whose stamps count from zero, as those of test data and simulations do: every one of them is too small
 * for an epoch. Their unit is that of the document (microseconds), so they are times relative to a common zero.
 */
export const areRelativeSpans = (names: NameCensus): boolean =>
  ['traceID', 'spanID', 'operationName', 'duration'].every(name => names.get(name) !== undefined) &&
  (names.get('startTime')?.values.every(value => countedFromZero.test(value)) ?? false);

/** Spans of Zipkin v2 are told by their company of fields: their `timestamp`, in microseconds, is the start. */
export const areZipkinSpans = (names: NameCensus): boolean =>
  names.get('traceId') !== undefined &&
  names.get('id') !== undefined &&
  names.get('duration') !== undefined &&
  (names.get('timestamp')?.values.every(value => /^\d{16}$/.test(value)) ?? false);

const startAndEnd = [/^start(?:ed)?_?(?:time|at)$/i, /^end(?:ed)?_?(?:time|at)$/i];

/** Spans that have a bare `id` beside the trace's, and the stamps of their start and end (X-Ray, OpenAI, MLflow). */
export function areSpansById(names: NameCensus): boolean {
  const own = names.get('id')?.values ?? [];
  const has = (pattern: RegExp) => names.all().some(({ name }) => pattern.test(name));
  const isOwn = own.length > 0 && new Set(own).size === own.length;
  return isOwn && has(/^trace_?id$/i) && startAndEnd.every(has);
}
