import { l10n } from 'vscode';
import type { TraceSummaryDocument } from '../common/protocol/documents';
import { formatDuration } from '../common/timeline/formatDuration';
import { visibleText } from '../common/timeline/visibleText';
import type { RankedItem } from './ranking';

/** One line of log text for a label of VS Code's own: made visible, and not longer than a label can show. */
export function labelText(text: string, length = 80): string {
  const line = visibleText(
    text
      .slice(0, length * 4)
      .trim()
      .replace(/\s+/g, ' '),
  );
  return line.length > length ? `${line.slice(0, length - 1)}…` : line;
}

/** `2026-03-04 10:15:00.120 UTC`: a label is for telling traces apart, not for reading nanoseconds. */
export const timeText = (iso: string): string => iso.replace('T', ' ').replace(/(\.\d{1,3})?\d*Z$/, '$1 UTC');

/** How a trace looks in a list to choose from. */
export function traceItem(trace: TraceSummaryDocument): RankedItem {
  const facts = [
    trace.status === 'unknown' ? null : trace.status,
    trace.durationMs === null ? null : formatDuration(trace.durationMs),
    trace.userId && l10n.t('user {0}', trace.userId),
  ];
  const where = [
    trace.start && timeText(trace.start),
    trace.services.join(', '),
    l10n.t('{0} log lines', trace.records),
  ];
  return {
    id: trace.correlationId,
    label: labelText(trace.correlationId),
    description: labelText(facts.filter(Boolean).join(' · '), 120),
    detail: labelText(where.filter(Boolean).join(' · '), 120),
  };
}
