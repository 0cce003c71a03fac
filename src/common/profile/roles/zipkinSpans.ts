import type { NameCensus } from '../nameCensus';

/** Spans of Zipkin v2 are told by their company of fields: their `timestamp`, in microseconds, is the start. */
export const areZipkinSpans = (names: NameCensus): boolean =>
  names.get('traceId') !== undefined &&
  names.get('id') !== undefined &&
  names.get('duration') !== undefined &&
  (names.get('timestamp')?.values.every(value => /^\d{16}$/.test(value)) ?? false);
