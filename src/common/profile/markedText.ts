import type { FieldDocument } from '../protocol/documents';

/** A stretch of a record's text; `role` is null where it means nothing in particular. */
export interface MarkedPart {
  text: string;
  role: string | null;
  start: number;
}

/**
 * Cuts a record's text at the values that have a role, in its order. Of values within each other (a message and the IDs
 * in it) the inner one is marked.
 */
export function markedText(text: string, fields: FieldDocument[]): MarkedPart[] {
  const marks = fields
    .flatMap(({ role, start, end }) =>
      role && start !== null && end !== null && end > start ? [{ role, start, end }] : [],
    )
    .filter(({ end }) => end <= text.length)
    .sort((a, b) => a.end - a.start - (b.end - b.start));
  const taken: typeof marks = [];
  for (const mark of marks) {
    // A value that holds others is not drawn over them.
    if (taken.every(other => other.end <= mark.start || other.start >= mark.end)) taken.push(mark);
  }
  taken.sort((a, b) => a.start - b.start);
  const parts: MarkedPart[] = [];
  let at = 0;
  for (const { role, start, end } of taken) {
    if (start > at) parts.push({ text: text.slice(at, start), role: null, start: at });
    parts.push({ text: text.slice(start, end), role, start });
    at = end;
  }
  if (at < text.length) parts.push({ text: text.slice(at), role: null, start: at });
  return parts;
}
