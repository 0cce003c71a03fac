import type { LineNumber, SourceId } from './units';

/** Kinds of things a reader must know about a result. */
export const noteKinds = [
  'missingPrevious',
  'cycle',
  'duplicate',
  'effectBeforeCause',
  'clockOffset',
  'untimed',
  'neverConsumed',
  'timeout',
  'startMissing',
  'endMissing',
  'alias',
  'ofSource',
  'mention',
  'severalValues',
  'zoneAssumed',
  'dateAssumed',
  'skippedSource',
  'cut',
  'fallbackSpelling',
  'countedNot',
  'truncatedSource',
  'staleIndex',
] as const;
export type NoteKind = (typeof noteKinds)[number];

export interface Note {
  kind: NoteKind;
  count: number;
  /** One sentence for a person; names the source and the remedy where there is one. */
  text: string;
  /** Keys of the steps concerned. */
  steps: string[];
  records: { source: SourceId; line: LineNumber | null }[];
}
