import { useState } from 'preact/hooks';
import type { TraceStatus } from '../../src/common/model/trace';
import type { TraceHeader } from '../../src/common/protocol/logEngine';
import type { TimelineRow } from '../../src/common/timeline/timelineRow';
import { visibleText } from '../../src/common/timeline/visibleText';
import { Action, CopyAction } from './controls';
import { counted, formatDuration, oneLine } from './format';
import type { HostConnection } from './hostConnection';
import { Icon, type IconName } from './icon';
import { NoteList } from './noteList';

const statuses: Record<TraceStatus, { icon: IconName; text: string }> = {
  ok: { icon: 'check', text: 'OK' },
  failed: { icon: 'error', text: 'Failed' },
  recovered: { icon: 'recovered', text: 'Recovered' },
  running: { icon: 'loading', text: 'Running' },
  unknown: { icon: 'question', text: 'Outcome unknown' },
};

const pivots = [
  { role: 'userId', name: 'user' },
  { role: 'sessionId', name: 'session' },
  { role: 'entityId', name: 'entity' },
  { role: 'organizationId', name: 'organization' },
] as const;

interface HeaderProps {
  trace: TraceHeader;
  failedStep: TimelineRow | null;
  host: HostConnection;
  select: (key: string) => void;
  detailsOpen: boolean;
  toggleDetails: () => void;
}

/** Who asked for what, how it ended, how long it took, and what the reader must know. */
export function Header({ trace, failedStep, host, select, detailsOpen, toggleDetails }: HeaderProps) {
  const [notesOpen, setNotesOpen] = useState(false);
  const { traceId, bottleneck } = trace;
  const copy = (what: 'id' | 'list' | 'markdown') => host.copy({ traceId, what });
  const notes = trace.notes.length;
  return (
    <header class="header">
      <div class="header-title">
        <h1 title={oneLine(trace.correlationId)}>{oneLine(trace.correlationId)}</h1>
        <CopyAction icon="copy" label="Copy Correlation ID" copy={() => copy('id')} />
        <div class="toolbar" role="toolbar" aria-label="Timeline actions">
          <CopyAction icon="list" label="Copy as List" showLabel copy={() => copy('list')} />
          <CopyAction icon="markdown" label="Copy as Markdown" showLabel copy={() => copy('markdown')} />
          <Action
            icon={detailsOpen ? 'detailsOn' : 'detailsOff'}
            label="Toggle Details"
            pressed={detailsOpen}
            onClick={toggleDetails}
          />
        </div>
      </div>
      <div class="facts">
        <Status trace={trace} failedStep={failedStep} select={select} />
        <strong class="fact">{trace.durationMs === null ? 'no times' : formatDuration(trace.durationMs)}</strong>
        <span class="fact">{counted(trace.steps, 'step')}</span>
        <span class="fact" title={trace.services.map(service => oneLine(service)).join(', ')}>
          {counted(trace.services.length, 'service')}
        </span>
        <span class="fact">{counted(trace.records, 'line')}</span>
        {pivots.map(({ role, name }) => {
          const id = trace[role];
          return (
            id !== null && (
              <span class="fact pivot" key={role}>
                {name}{' '}
                <button
                  type="button"
                  class="link"
                  title={`Show the traces of ${name} ${oneLine(id)}`}
                  onClick={() => void host.pivot({ traceId, role })}
                >
                  {oneLine(id)}
                </button>
              </span>
            )
          );
        })}
        {notes > 0 && (
          <button
            type="button"
            class="link notes-button"
            aria-expanded={notesOpen}
            aria-controls="notes"
            onClick={() => setNotesOpen(!notesOpen)}
          >
            <Icon name="warning" /> {counted(notes, 'note')}
          </button>
        )}
      </div>
      {bottleneck && (
        <p class="bottleneck">
          <button type="button" class="sentence" title="Show this step" onClick={() => select(bottleneck.key)}>
            {visibleText(bottleneck.sentence)}
          </button>
        </p>
      )}
      {notesOpen && notes > 0 && <NoteList notes={trace.notes} select={select} close={() => setNotesOpen(false)} />}
    </header>
  );
}

function Status({ trace, failedStep, select }: Pick<HeaderProps, 'trace' | 'failedStep' | 'select'>) {
  const { icon, text } = statuses[trace.status];
  return (
    <span class={`fact status status-${trace.status}`}>
      <Icon name={icon} class={icon === 'loading' ? 'spinning' : ''} />
      <span>{text}</span>
      {failedStep && (
        <button type="button" class="link" title="Show the failing step" onClick={() => select(failedStep.key)}>
          {trace.status === 'failed' ? 'in' : 'after a failure in'} {failedStep.number} {oneLine(failedStep.label)}
        </button>
      )}
      {!trace.complete && <span class="incomplete">so far</span>}
    </span>
  );
}
