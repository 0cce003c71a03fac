import type { Completeness } from './documents';

/** What a search says before anything is known of it. */
export const nothingCounted: Completeness = {
  sources: null,
  bytesRead: null,
  lines: null,
  records: null,
  recordsOfTrace: null,
  unparsed: null,
  skippedSources: [],
  elapsedMs: null,
};
