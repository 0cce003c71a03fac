import type { NoteKind } from '../../model/note';
import type { StepDraft } from '../steps/stepDraft';

/** An observation made while a trace is put together; those of one kind become one note. */
export interface NoteDraft {
  kind: NoteKind;
  steps: StepDraft[];
  /** An ID or a name that the note's text quotes. */
  about?: string;
}
