import type { RecordDocument } from '../protocol/documents';

/** All that a record says, as a text log would have it: its message, and below it the stack that a field of its own holds. */
export const recordText = ({ message, stack }: Pick<RecordDocument, 'message' | 'stack'>): string =>
  [message, stack].filter(Boolean).join('\n');
