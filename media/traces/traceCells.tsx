import type { ComponentChild } from 'preact';
import type { TraceName, TraceSummaryDocument } from '../../src/common/protocol/documents';
import { formatCount, oneLine, traceStatusTexts } from '../page/format';
import { Icon } from '../page/icon';
import { Cell } from './cell';
import type { Column, ColumnId } from './columns';
import { DurationBar } from './durationBar';
import { NameText, nameHint } from './nameText';
import { durationHint, durationText, startParts, statusIcons, statusWords } from './traceTexts';

interface TraceCellsProps {
  trace: TraceSummaryDocument;
  name: TraceName | null;
  shown: readonly Column[];
  longestMs: number | null;
}

/** A trace in one line: a cell for each column that there is room for. */
export function TraceCells({ trace, name, shown, longestMs }: TraceCellsProps) {
  return (
    <>
      {shown.map(({ id, isNumber }) => {
        const { title, text } = contents[id](trace, longestMs, name);
        return (
          <Cell key={id} column={id} class={isNumber ? 'number-cell' : ''} title={title}>
            {text}
          </Cell>
        );
      })}
    </>
  );
}

interface Content {
  text: ComponentChild;
  title?: string;
}

const logText = (value: string | null): Content =>
  value === null
    ? { text: '' }
    : { text: <span class="log value">{oneLine(value)}</span>, title: oneLine(value, 2_000) };

const contents: Record<
  ColumnId,
  (trace: TraceSummaryDocument, longestMs: number | null, name: TraceName | null) => Content
> = {
  status: ({ status }) => ({
    title: traceStatusTexts[status],
    text: (
      <>
        <Icon name={statusIcons[status]} class="status-icon" />
        <span class="value">{statusWords[status]}</span>
      </>
    ),
  }),
  name: (_trace, _longestMs, name) => ({ text: <NameText name={name} />, title: nameHint(name) }),
  correlationId: ({ correlationId }) => logText(correlationId),
  start: ({ start }) => {
    if (start === null) return { text: <None />, title: 'Its records have no times' };
    const [second, fraction] = startParts(start);
    return {
      title: start,
      text: (
        <span class="value">
          {second}
          <span class="fraction">{fraction}</span>
        </span>
      ),
    };
  },
  duration: (trace, longestMs) => ({
    title: durationHint(trace),
    text: (
      <>
        <span class={trace.durationMs === null ? 'duration-value muted' : 'duration-value'}>{durationText(trace)}</span>
        <DurationBar trace={trace} longestMs={longestMs} />
      </>
    ),
  }),
  steps: ({ steps }) => ({ text: formatCount(steps) }),
  records: ({ records }) => ({ text: formatCount(records) }),
  errors: ({ errors }) => ({ text: <span class={errors > 0 ? 'error-count' : 'muted'}>{formatCount(errors)}</span> }),
  services: ({ services }) => logText(services.length === 0 ? null : services.join(', ')),
  userId: ({ userId }) => logText(userId),
  sessionId: ({ sessionId }) => logText(sessionId),
  entityId: ({ entityId }) => logText(entityId),
  organizationId: ({ organizationId }) => logText(organizationId),
};

const None = () => <span class="muted">—</span>;
