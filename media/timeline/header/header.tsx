import { useEffect, useState } from 'preact/hooks';
import type { CopyWhat } from '../../../src/common/protocol/timelineProtocol';
import { movedClocks } from '../../../src/common/timeline/movedClocks';
import { Action, CopyAction } from '../../page/action';
import { oneLine } from '../../page/format';
import { Icon } from '../../page/icon';
import { kept } from '../../page/kept';
import { keep, recall } from '../pageMemory';
import type { HeaderProps } from './headerProps';
import { KeyHelp } from './keyHelp';
import { NoteList } from './noteList';
import { PathSummary } from './pathSummary';
import { TraceFacts } from './traceFacts';

interface DetailsSwitch {
  /** Key of the selected step, now: a link leads there. */
  selected: () => string | null;
  detailsOpen: boolean;
  toggleDetails: () => void;
  findOpen: boolean;
  toggleFind: () => void;
}

/**
 * Who asked for what, how it ended, how long it took, and what the reader must know. It stays as it is while one step
 * after the other is selected.
 */
export const Header = kept((all: HeaderProps & DetailsSwitch) => {
  const { selected, detailsOpen, toggleDetails, findOpen, toggleFind, ...props } = all;
  const { trace, phase, live, host, select } = props;
  const query = trace.correlationId;
  const [notesOpen, setNotesOpen] = useState(recall(query).notes);
  /** Where there is little room all of it is shown on request. */
  const [whole, setWhole] = useState(recall(query).header);
  useEffect(() => keep(query, { notes: notesOpen, header: whole }), [query, notesOpen, whole]);
  const copy = (what: CopyWhat) => host.copy({ traceId: trace.traceId, ...what });
  const moved = movedClocks(trace);
  const clocks = {
    suggested: phase === 'complete' && trace.clockOffsets.length > 0,
    applied: moved !== null,
    move: (apply: boolean) => void host.moveClocks({ traceId: trace.traceId, apply }),
  };
  return (
    <header class={whole ? 'header whole' : 'header'}>
      <div class="header-title">
        <h1 title={oneLine(trace.correlationId)}>{oneLine(trace.correlationId)}</h1>
        <CopyAction icon="copy" label="Copy Correlation ID" copy={() => copy({ what: 'id' })} />
        <button type="button" class="link whole-switch" aria-expanded={whole} onClick={() => setWhole(!whole)}>
          {whole ? 'Less' : 'More'}
        </button>
        <div class="toolbar" role="toolbar" aria-label="Timeline actions">
          <span class="toolbar">
            <CopyAction icon="list" label="Copy as List" showLabel copy={() => copy({ what: 'list' })} />
            <CopyAction icon="markdown" label="Copy as Markdown" showLabel copy={() => copy({ what: 'markdown' })} />
            <CopyAction icon="link" label="Copy Link" copy={() => copy({ what: 'link', step: selected() })} />
          </span>
          {live !== undefined && (
            <Action
              icon="live"
              label={live ? 'Following the Logs' : 'Follow the Logs'}
              pressed={live}
              onClick={() => void host.setLive({ live: !live })}
            />
          )}
          <Action icon="search" label="Find (Ctrl+F)" pressed={findOpen} onClick={toggleFind} />
          <Action
            icon={detailsOpen ? 'detailsOn' : 'detailsOff'}
            label="Toggle Details"
            pressed={detailsOpen}
            onClick={toggleDetails}
          />
          <KeyHelp />
        </div>
      </div>
      <TraceFacts {...props} notesOpen={notesOpen} toggleNotes={() => setNotesOpen(!notesOpen)} />
      {moved && (
        <p class="moved-clocks">
          <Icon name="clock" /> {moved}{' '}
          <button type="button" class="link" onClick={() => clocks.move(false)}>
            Show Raw Times
          </button>
        </p>
      )}
      {phase === 'complete' && <PathSummary {...props} />}
      {notesOpen && trace.notes.length > 0 && (
        <NoteList
          notes={trace.notes}
          clocks={clocks}
          select={select}
          openRecord={(note, record, preview) => void host.openNote({ traceId: trace.traceId, note, record, preview })}
          howRead={() => void host.howRead()}
          close={() => setNotesOpen(false)}
        />
      )}
    </header>
  );
});
