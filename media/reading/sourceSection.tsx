import { useEffect, useState } from 'preact/hooks';
import type { DetectedSource } from '../../src/common/protocol/documents';
import { visibleText } from '../../src/common/timeline/visibleText';
import { Icon } from '../page/icon';
import { counted, share } from './counts';
import { Coverage } from './coverage';
import { Facts } from './facts';
import { Samples } from './samples';
import type { SourceProps } from './sourceProps';

/** One log: a line that says how it is read, and all that there is to say once it is opened. */
export function SourceSection(props: SourceProps) {
  const [isOpen, setOpen] = useState(props.open);
  return (
    <details class="source" open={isOpen} onToggle={event => setOpen(event.currentTarget.open)}>
      <summary>
        <Icon name="chevron" class="chevron" />
        <h2 class="log">{visibleText(props.source.name)}</h2>
        <Summary {...props} />
      </summary>
      {isOpen && <Body {...props} />}
    </details>
  );
}

function Summary({ source }: SourceProps) {
  const records = source.records ?? 0;
  const withId = source.recordsWithCorrelationId ?? 0;
  const unparsed = source.unparsed ?? 0;
  return (
    <span class="summary-facts">
      <span class="badge">{source.format ?? 'text'}</span>
      <span>{counted(records, 'record')}</span>
      <span class={withId === 0 ? 'warning-text' : ''}>
        {withId === 0 ? 'no correlation ID' : `${share(withId, records)} with a correlation ID`}
      </span>
      {source.timezone?.assumed && <span class="muted">time zone assumed</span>}
      {unparsed > 0 && <span class="warning-text">{counted(unparsed, 'record')} not understood</span>}
    </span>
  );
}

function Body(props: SourceProps) {
  const { source, request, host } = props;
  const { revision, source: index } = request;
  const [details, setDetails] = useState<DetectedSource | null>(null);
  useEffect(() => {
    let current = true;
    void host.source({ revision, source: index }).then(found => current && setDetails(found));
    return () => {
      current = false;
    };
  }, [host, revision, index]);
  return (
    <div class="source-body">
      <Facts {...props} />
      {source.advice.length > 0 && (
        <ul class="advice">
          {source.advice.map(text => (
            <li key={text}>
              <Icon name="info" /> <span>{visibleText(text)}</span>
            </li>
          ))}
        </ul>
      )}
      <Coverage coverage={source.coverage} />
      {details ? <Samples details={details} request={request} host={host} /> : <p class="muted">Reading…</p>}
    </div>
  );
}
