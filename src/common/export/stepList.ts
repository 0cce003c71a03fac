import type { TraceDocument } from '../protocol/documents';

/** The seed's plain list: `Step 2  LLM Inference  8.4s`, one line a step. */
export function stepList(_document: TraceDocument): string {
  throw new Error('not yet');
}
