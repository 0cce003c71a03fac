import type { FieldDocument } from '../../src/common/protocol/documents';
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
export declare function markedText(text: string, fields: FieldDocument[]): MarkedPart[];
