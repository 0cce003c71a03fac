import type { ComponentChildren } from 'preact';
import type { TraceList, TracesState } from '../../src/common/protocol/tracesProtocol';
import { visibleText } from '../../src/common/timeline/visibleText';
import { oneLine } from '../page/format';
import { Icon, type IconName } from '../page/icon';
import type { HostConnection } from './hostConnection';
import { freeText } from './similar';

interface MessageProps {
  icon: IconName;
  title: string;
  children: ComponentChildren;
}

/** What the view says where it has no rows. */
const Message = ({ icon, title, children }: MessageProps) => (
  <section class="message">
    <Icon name={icon} class="message-icon" />
    <h2>{title}</h2>
    {children}
  </section>
);

interface ButtonProps {
  label: string;
  primary?: boolean;
  onClick: () => void;
}

const Button = ({ label, primary = false, onClick }: ButtonProps) => (
  <button type="button" class={primary ? 'button' : 'button secondary'} onClick={onClick}>
    {label}
  </button>
);

/** Why there are no rows, what was searched, and ways to get some. */
export function Empty({ list, host, clear }: { list: TraceList; host: HostConnection; clear: () => void }) {
  const { query, searched, read, sources, hasFolder } = list;
  const add = () => void host.tell('addLogs');
  if (query.filter.trim() !== '') {
    const text = freeText(query.filter);
    return (
      <Message icon="search" title="No trace fits">
        <p>{visibleText(read)}</p>
        <div class="buttons">
          <Button primary label="Clear Filter" onClick={clear} />
          {text !== null && (
            <Button
              label={`Trace ${oneLine(text, 24)}`}
              onClick={() => void host.tell('open', { text, preview: false })}
            />
          )}
        </div>
      </Message>
    );
  }
  if (sources === 0) {
    return (
      <Message icon="list" title="No logs yet">
        <p>{visibleText(searched)}</p>
        <div class="buttons">
          <Button primary label="Add Log Files…" onClick={add} />
          {!hasFolder && <Button label="Open Folder…" onClick={() => void host.tell('openFolder')} />}
          {hasFolder && <Button label="Open Setting" onClick={() => void host.tell('openSetting')} />}
          <Button label="Take the Tour" onClick={() => void host.tell('takeTour')} />
        </div>
      </Message>
    );
  }
  return (
    <Message icon="list" title="No traces in these logs">
      <p>{visibleText(read)} No record has a correlation ID that is known as one.</p>
      <div class="buttons">
        <Button primary label="How Are My Logs Read?" onClick={() => void host.tell('howRead')} />
        <Button label="Add Log Files…" onClick={add} />
      </div>
    </Message>
  );
}

interface ProblemProps {
  problem: NonNullable<TracesState['problem']>;
  host: HostConnection;
}

/** Nothing could be read, and nothing was before. */
export function NoList({ problem: { kind, message }, host }: ProblemProps) {
  return (
    <Message
      icon={kind === 'cancelled' ? 'cancelled' : 'error'}
      title={kind === 'cancelled' ? 'Stopped' : 'The logs could not be read'}
    >
      <p role="alert">{visibleText(message)}</p>
      <div class="buttons">
        <Button
          primary
          label={kind === 'cancelled' ? 'Read Again' : 'Try Again'}
          onClick={() => void host.tell('refresh')}
        />
        <Button label="Open Setting" onClick={() => void host.tell('openSetting')} />
      </div>
    </Message>
  );
}

/** The list on show is an older one. */
export function Outdated({ problem: { message }, host }: ProblemProps) {
  return (
    <div class="outdated" role="alert">
      <Icon name="warning" />
      <span>{visibleText(message)} This is what was read before.</span>
      <Button label="Try Again" onClick={() => void host.tell('refresh')} />
    </div>
  );
}
