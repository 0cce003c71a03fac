import type { TraceName, TraceSummaryDocument } from '../../src/common/protocol/documents';
import { counted, oneLine, traceStatusTexts } from '../page/format';
import { Icon } from '../page/icon';
import { Cell } from './cell';
import { DurationBar } from './durationBar';
import { NameText, nameHint } from './nameText';
import { durationHint, durationText, spokenTrace, startParts, statusIcons } from './traceTexts';

interface TraceLinesProps {
  trace: TraceSummaryDocument;
  name: TraceName | null;
  longestMs: number | null;
}

/**
 * A trace in two lines, for a side bar: what it is called and how long it took, then its ID and the rest as far as there is
 * room. Without a name its ID is what it is called.
 */
export function TraceLines({ trace, name, longestMs }: TraceLinesProps) {
  const { correlationId, status, start, errors, steps, services, userId } = trace;
  const isNamed = name === null || name.name !== null;
  const fullId = oneLine(correlationId, 2_000);
  const id = (
    <Cell
      column="correlationId"
      class={isNamed ? '' : 'title'}
      title={isNamed ? fullId : `${fullId}\n${nameHint(name)}`}
    >
      <span class="log value">{oneLine(correlationId)}</span>
    </Cell>
  );
  return (
    <>
      <Cell column="status" title={traceStatusTexts[status]}>
        <Icon name={statusIcons[status]} class="status-icon" />
      </Cell>
      {isNamed ? (
        <Cell column="name" class="title" title={nameHint(name)}>
          <NameText name={name} />
        </Cell>
      ) : (
        id
      )}
      <Cell column="duration" title={durationHint(trace)}>
        <span class={trace.durationMs === null ? 'duration-value muted' : 'duration-value'}>{durationText(trace)}</span>
      </Cell>
      <div class="below" role="presentation">
        {isNamed && id}
        <Cell column="start" class="rest" title={spokenTrace(trace, name)}>
          {errors > 0 && <span class="error-count">{counted(errors, 'error')}</span>}
          <span class="value">
            {[
              // Without the year, which a narrow list has no room for and the tooltip has.
              start === null ? null : startParts(start)[0].slice(5),
              counted(steps, 'step'),
              userId && oneLine(userId, 60),
              services.map(name => oneLine(name, 60)).join(', '),
            ]
              .filter(Boolean)
              .join(' · ')}
          </span>
        </Cell>
      </div>
      <DurationBar trace={trace} longestMs={longestMs} />
    </>
  );
}
