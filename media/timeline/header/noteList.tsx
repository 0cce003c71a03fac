import { useState } from 'preact/hooks';
import type { NoteDocument } from '../../../src/common/protocol/documents';
import { visibleText } from '../../../src/common/timeline/visibleText';
import { Action } from '../../page/action';
import { counted, formatCount, oneLine } from '../../page/format';
import { Icon } from '../../page/icon';
import { Limited } from '../details/controls';
import { recordPlace } from '../details/recordList';
import { noteSeverity } from './noteSeverity';

interface NoteActions {
  select: (key: string) => void;
  /** Opens a record that a note is about. */
  openRecord: (note: number, record: number, preview: boolean) => void;
  /** Opens the page where it can be said how the logs are to be read. */
  howRead: () => void;
}

interface NoteListProps extends NoteActions {
  notes: NoteDocument[];
  /** Whether offsets are suggested, whether they are applied, and how to change that. */
  clocks: { suggested: boolean; applied: boolean; move: (apply: boolean) => void };
  close: () => void;
}

/** What the reader must know about this trace, each with how often and a way to the steps and log lines concerned. */
export function NoteList({ notes, clocks, close, ...actions }: NoteListProps) {
  return (
    <section id="notes" class="notes" aria-label="Notes" onKeyDown={event => event.key === 'Escape' && close()}>
      <ul>
        <Limited items={notes} show={(note, index) => <Note key={index} note={note} index={index} {...actions} />} />
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

const severityTexts = { warning: 'Warning', info: 'For your information' };

/** Whether the text begins with the number by itself. */
const tellsCount = ({ count, text }: NoteDocument): boolean =>
  [String(count), formatCount(count)].some(number => text.startsWith(`${number} `));

/** What is so of many records of a log is shown at the first of them. */
function linesOf({ kind, count, records }: NoteDocument): string {
  const isFirst = (kind === 'zoneAssumed' || kind === 'dateAssumed') && count > records.length;
  if (!isFirst) return counted(records.length, 'log line');
  return records.length === 1 ? 'First line' : `First line in each of ${counted(records.length, 'file')}`;
}

function Note({ note, index, select, openRecord, howRead }: NoteActions & { note: NoteDocument; index: number }) {
  const [open, setOpen] = useState(false);
  const { kind, count, text, steps, records } = note;
  const [first, ...others] = steps;
  const id = `note-${index}`;
  const severity = noteSeverity(note);
  return (
    <li>
      <span class={`note-icon ${severity}`} title={severityTexts[severity]}>
        <Icon name={severity} />
        <span class="spoken">{severityTexts[severity]}: </span>
      </span>
      {count > 1 && !tellsCount(note) && (
        <span class="badge" title={`${formatCount(count)}\u00a0× ${kind}`}>
          {formatCount(count)}
        </span>
      )}
      <span class="note-text">{visibleText(text)}</span>{' '}
      {first !== undefined && (
        <button type="button" class="link" onClick={() => select(first)}>
          {others.length === 0 ? 'Show step' : `Show first of ${counted(others.length + 1, 'step')}`}
        </button>
      )}
      {records.length > 0 && (
        <button type="button" class="link" aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
          {linesOf(note)}
        </button>
      )}{' '}
      {kind === 'zoneAssumed' && (
        <button type="button" class="link" onClick={howRead}>
          How Are My Logs Read?
        </button>
      )}
      {open && (
        <ul class="note-records" id={id}>
          <Limited
            items={records}
            show={(record, at) => (
              <li key={at}>
                <button
                  type="button"
                  class="link log"
                  title={`Open ${recordPlace(record)}`}
                  onClick={event => openRecord(index, at, event.detail === 1)}
                >
                  {oneLine(recordPlace(record, true))}
                </button>
              </li>
            )}
          />
        </ul>
      )}
    </li>
  );
}
