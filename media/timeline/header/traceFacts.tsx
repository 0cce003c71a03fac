import type { TraceStatus } from '../../../src/common/model/trace';
import { costMeaning, usageLines, usageText } from '../../../src/common/timeline/usageText';
import { shortNumber } from '../../../src/common/trace/steps/shortNumber';
import { counted, formatCount, oneLine, traceStatusTexts, unbrokenDuration } from '../../page/format';
import { Icon, type IconName } from '../../page/icon';
import { useNamedStep } from '../details/stepData';
import type { HeaderProps } from './headerProps';
import { noteSeverity } from './noteSeverity';

const statusIcons: Record<TraceStatus, IconName> = {
  ok: 'check',
  failed: 'error',
  recovered: 'recovered',
  running: 'loading',
  unknown: 'question',
};

const pivots = [
  { role: 'userId', name: 'user' },
  { role: 'sessionId', name: 'session' },
  { role: 'entityId', name: 'entity' },
  { role: 'organizationId', name: 'organisation' },
] as const;

const outsideText =
  'Made up: services that are called, or queues that are written to, without log lines of their own here';

interface NotesSwitch {
  notesOpen: boolean;
  toggleNotes: () => void;
}

/** The trace in one line; what has been found so far says that it is no more than that. */
export function TraceFacts({ notesOpen, toggleNotes, ...props }: HeaderProps & NotesSwitch) {
  const { trace, phase, host } = props;
  const { traceId } = trace;
  const notes = trace.notes.length;
  const severity = noteSeverity(...trace.notes);
  return (
    <div class="facts">
      <Outcome {...props} />
      <strong class="fact">{trace.durationMs === null ? 'no times' : unbrokenDuration(trace.durationMs)}</strong>
      <span class="fact">
        {counted(trace.steps - trace.external, 'step')}
        {trace.external > 0 && (
          <span class="muted" title={outsideText}>
            {' '}
            and {formatCount(trace.external)} outside these logs
          </span>
        )}
      </span>
      <span class="fact services" title={trace.services.map(service => oneLine(service)).join(', ')}>
        {counted(trace.services.length, 'service')}
      </span>
      <span class="fact">{counted(trace.records, 'line')}</span>
      {trace.concurrency && trace.concurrency.peak > 1 && (
        <span class="fact extra" title={`${trace.concurrency.average.toFixed(2)} on average while any step worked`}>
          up to {formatCount(trace.concurrency.peak)} at once
        </span>
      )}
      <Used {...trace} />
      {pivots.map(({ role, name }) => {
        const id = trace[role];
        return (
          id !== null && (
            <span class="fact pivot extra" key={role}>
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
          onClick={toggleNotes}
        >
          <Icon name={severity} class={severity} /> {counted(notes, 'note')}
          {phase !== 'complete' && ' so far'}
        </button>
      )}
      {phase === 'cancelled' && (
        <button type="button" class="button secondary" onClick={() => void host.searchAgain()}>
          Search Again
        </button>
      )}
    </div>
  );
}

function Outcome({ trace, phase, host, select }: HeaderProps) {
  const failed = useNamedStep(host, trace, phase === 'complete' ? trace.failedStep : null);
  if (phase === 'reading') return <Status icon="loading" text="Reading…" />;
  if (phase === 'cancelled') return <Status icon="cancelled" text="Cancelled: so far" />;
  const { status } = trace;
  return (
    <Status icon={statusIcons[status]} text={traceStatusTexts[status]} kind={status}>
      {failed && (
        <button type="button" class="link" title="Show the failing step" onClick={() => select(failed.key)}>
          {status === 'failed' ? 'in' : 'after a failure in'} {shortNumber(failed.number)} {oneLine(failed.label)}
        </button>
      )}
    </Status>
  );
}

/** What the models used, all calls together; by model on hover and for a screen reader. */
function Used(trace: HeaderProps['trace']) {
  const used = usageText(trace);
  if (used === null) return null;
  const byModel = [...usageLines(trace), trace.cost === null ? [] : `cost ${costMeaning}`].flat().join('; ');
  return (
    <span class="fact usage extra" title={byModel}>
      {used}
      <span class="spoken"> ({byModel})</span>
    </span>
  );
}

interface StatusProps {
  icon: IconName;
  text: string;
  kind?: TraceStatus;
  children?: preact.ComponentChildren;
}

const Status = ({ icon, text, kind, children }: StatusProps) => (
  <span class={`fact status${kind ? ` status-${kind}` : ''}`}>
    <Icon name={icon} class={icon === 'loading' ? 'spinning' : ''} />
    <span>{text}</span>
    {children}
  </span>
);
