import type { ComponentChildren } from 'preact';
import type { TimelineState } from '../../src/common/protocol/timelineProtocol';
import { visibleText } from '../../src/common/timeline/visibleText';
import { counted, oneLine } from '../page/format';
import { Icon, type IconName } from '../page/icon';
import type { HostConnection } from './hostConnection';
import { SearchProgress } from './searchProgress';

/** A state of the page without a trace, and whom its buttons ask. */
type MessageProps<Kind> = Extract<TimelineState, { kind: Kind }> & { host: HostConnection };

/** An ID that is whole in a line of its own rather than broken at a dash. */
const id = (text: string) => <span class="id">{oneLine(text)}</span>;

/** What the page says where there is no trace to show. */
function Message({ icon, title, children }: { icon: IconName; title: ComponentChildren; children: ComponentChildren }) {
  return (
    <section class="message">
      <Icon name={icon} class="message-icon" />
      <h1>{title}</h1>
      {children}
    </section>
  );
}

export function NotFound({ title, searched, hints, host }: MessageProps<'notFound'>) {
  return (
    <Message icon="search" title={title === '' ? 'Nothing found' : <>Nothing found for {id(title)}</>}>
      <p>{visibleText(searched)}</p>
      {hints.length > 0 && (
        <>
          <h2>What to try</h2>
          <ul>
            {hints.map(hint => (
              <li key={hint}>{visibleText(hint)}</li>
            ))}
          </ul>
        </>
      )}
      <Remedies host={host} />
    </Message>
  );
}

export function Failed({ title, message, cancelled, host }: MessageProps<'failed'>) {
  const failure = title === '' ? 'This did not work' : <>{id(title)} could not be traced</>;
  return (
    <Message icon={cancelled ? 'cancelled' : 'error'} title={cancelled ? <>Search cancelled: {id(title)}</> : failure}>
      <p role="alert">{visibleText(message)}</p>
      <Remedies host={host} />
    </Message>
  );
}

/** Search again, or change what is searched. */
function Remedies({ host }: { host: HostConnection }) {
  return (
    <div class="buttons">
      <button type="button" class="button" onClick={() => void host.searchAgain()}>
        Search Again
      </button>
      <button type="button" class="button secondary" onClick={() => void host.addLogs()}>
        Add Log Files…
      </button>
      <button type="button" class="button secondary" onClick={() => void host.openSetting()}>
        Open Setting
      </button>
    </div>
  );
}

const roleNames: Record<string, string> = {
  userId: 'user',
  sessionId: 'session',
  entityId: 'entity',
  organizationId: 'organisation',
  correlationId: 'correlation ID',
  messageId: 'message ID',
  stepId: 'step ID',
};

export function Choices({ title, role, count, host }: MessageProps<'choices'>) {
  const name = roleNames[role] ?? oneLine(role);
  return (
    <Message icon="list" title="Choose a trace">
      <p>
        {counted(count, 'trace fits', 'traces fit')} the {name} {oneLine(title)}. The list at the top of the window asks
        which one is meant.
      </p>
      <button type="button" class="button" onClick={() => void host.searchAgain()}>
        Choose Trace…
      </button>
    </Message>
  );
}

export function Loading({ title, progress, host }: MessageProps<'loading'>) {
  return (
    <Message icon="search" title={title === '' ? 'Opening the timeline…' : <>Tracing {id(title)}</>}>
      <SearchProgress progress={progress} cancel={() => void host.cancel()} />
    </Message>
  );
}
