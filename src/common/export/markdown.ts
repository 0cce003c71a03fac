import type { TraceDocument } from '../protocol/documents';

/** The trace as Markdown: facts, table of steps, notes; all log text escaped. */
export function markdown(_document: TraceDocument): string {
  throw new Error('not yet');
}
