import type { NoteDocument } from '../../src/common/protocol/documents';
import { visibleText } from '../../src/common/timeline/visibleText';
import { Action } from '../page/action';
import { counted, formatCount } from '../page/format';
import { Limited } from './controls';

interface NoteListProps {
  notes: NoteDocument[];
  /** Whether offsets are suggested, whether they are applied, and how to change that. */
  clocks: { suggested: boolean; applied: boolean; move: (apply: boolean) => void };
  select: (key: string) => void;
  close: () => void;
}

/** What the reader must know about this trace, each with how often and a way to the first step concerned. */
export function NoteList({ notes, clocks, select, close }: NoteListProps) {
  return (
    <section id="notes" class="notes" aria-label="Notes" onKeyDown={event => event.key === 'Escape' && close()}>
      <ul>
        <Limited
          items={notes}
          show={({ kind, count, text, steps: [first, ...others] }, index) => (
            <li key={index}>
              <span class="badge" title={`${formatCount(count)}\u00a0× ${kind}`}>
                {formatCount(count)}
              </span>
              <span class="note-text">{visibleText(text)}</span>
              {first !== undefined && (
                <button type="button" class="link" onClick={() => select(first)}>
                  {others.length === 0 ? 'Show step' : `Show first of ${counted(others.length + 1, 'step')}`}
                </button>
              )}
            </li>
          )}
        />
      </ul>
      {(clocks.suggested || clocks.applied) && (
        <button type="button" class="button secondary" onClick={() => clocks.move(!clocks.applied)}>
          {clocks.applied ? 'Show Raw Times' : 'Apply Suggested Clock Offsets'}
        </button>
      )}
      <Action icon="close" label="Close Notes" onClick={close} />
    </section>
  );
}
