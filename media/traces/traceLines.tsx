import type { TraceSummaryDocument } from '../../src/common/protocol/documents';
import { counted, oneLine, traceStatusTexts } from '../page/format';
import { Icon } from '../page/icon';
import { Cell } from './cell';
import { DurationBar } from './durationBar';
import { durationHint, durationText, spokenTrace, startParts, statusIcons } from './traceTexts';

/** A trace in two lines, for a side bar: what it is and how long it took, then the rest as far as there is room. */
export function TraceLines({ trace, longestMs }: { trace: TraceSummaryDocument; longestMs: number | null }) {
  const { correlationId, status, start, errors, steps, services, userId } = trace;
  return (
    <>
      <Cell column="status" title={traceStatusTexts[status]}>
        <Icon name={statusIcons[status]} class="status-icon" />
      </Cell>
      <Cell column="correlationId" title={oneLine(correlationId, 2_000)}>
        <span class="log value">{oneLine(correlationId)}</span>
      </Cell>
      <Cell column="duration" title={durationHint(trace)}>
        <span class={trace.durationMs === null ? 'duration-value muted' : 'duration-value'}>{durationText(trace)}</span>
      </Cell>
      <Cell column="start" class="rest" title={spokenTrace(trace)}>
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
      <DurationBar trace={trace} longestMs={longestMs} />
    </>
  );
}
