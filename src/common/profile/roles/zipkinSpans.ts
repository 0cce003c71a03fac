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
