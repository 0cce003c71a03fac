import type { Field } from '../model/fieldRole';

/** One record within the text of a document. */
export interface DocumentPart {
  /** UTF-16 offsets in the document's text. */
  start: number;
  end: number;
  /** Fields of what encloses the record (resource, process, trace): their offsets are 0, as they stand outside of it. */
  inherited: Field[];
}

/**
 * The records in a JSON document that is a batch of them (`resourceSpans[]…spans[]`, `data[].spans[]`, `records[]`), in
 * the order of the text; `null` where the document is one record itself.
 */
export function unfold(_text: string): DocumentPart[] | null {
  return null;
}
