import type { TraceDocument } from '../protocol/documents';

/** What a person reads in a terminal: head line, bottleneck, tree of steps with bars, plain list, notes. */
export function traceTree(_document: TraceDocument, _options: { width: number; color: boolean }): string {
  throw new Error('not yet');
}
