import type { NoteKind } from '../../../src/common/model/note';
import type { NoteDocument } from '../../../src/common/protocol/documents';

/** Notes on how logs were read and what else they hold; the others are of what is missing or contradicts itself. */
const plain: ReadonlySet<NoteKind> = new Set([
  'alias',
  'ofSource',
  'mention',
  'severalValues',
  'zoneAssumed',
  'dateAssumed',
  'fallbackSpelling',
] as const);

export type NoteSeverity = 'warning' | 'info';

/** Of one note, or the worst of several. */
export const noteSeverity = (...notes: readonly Pick<NoteDocument, 'kind'>[]): NoteSeverity =>
  notes.every(({ kind }) => plain.has(kind)) ? 'info' : 'warning';
