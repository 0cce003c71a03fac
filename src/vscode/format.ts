import { l10n } from 'vscode';
import type { DurationBound, TraceStatus } from '../common/model/trace';
import type { TraceSummaryDocument } from '../common/protocol/documents';
import { formatDuration } from '../common/timeline/formatDuration';
import { visibleText } from '../common/timeline/visibleText';
import type { RankedItem } from './pick/ranking';

/**
 * One line of log text for a label of VS Code's own: made visible, without its markup, and not longer than a label can
 * show. VS Code makes pictures of `$(icon)` in labels, and links, even to commands, of `[text](target)` in messages.
 */
export function labelText(text: string, length = 80): string {
  const line = visibleText(
    text
      .slice(0, length * 4)
      .trim()
      .replace(/\s+/g, ' '),
  )
    .replaceAll('](', '] (')
    .replaceAll('$(', '$ (');
  return line.length > length ? `${line.slice(0, length - 1)}…` : line;
}

/** VS Code cuts a notification at 1000 characters. */
const longestNotification = 600;

/** Whatever goes into `window.show…Message`: an ID, a path, a setting or an error's text may be a stranger's. */
export const notificationText = (text: string): string => labelText(text, longestNotification);

/** `1 source`, `2 sources`: both words translated. */
export const counted = (count: number, one: string, many: string): string =>
  `${count.toLocaleString('en')} ${count === 1 ? one : many}`;

const boundSigns = { exact: '', atMost: '≤ ', atLeast: '≥ ' } as const;

/** How long a step took, with what is known of it; `null` where nothing is. */
export const durationText = (durationMs: number | null, bound: DurationBound | null): string | null =>
  durationMs === null ? null : `${boundSigns[bound ?? 'exact']}${formatDuration(durationMs)}`;

/** `4a Tool: search`: a step as the timeline names it, wherever it is spoken of. */
export const stepName = (number: string | null, label: string | null, length?: number): string =>
  [number, label && labelText(label, length)].filter(Boolean).join(' ');

/** A status as a person says it, in the words of the timeline. */
export function statusText(status: TraceStatus): string {
  const words: Record<TraceStatus, string> = {
    ok: l10n.t('OK'),
    failed: l10n.t('Failed'),
    recovered: l10n.t('Recovered'),
    running: l10n.t('Running'),
    unknown: l10n.t('Outcome unknown'),
  };
  return words[status];
}

/** `2026-03-04 10:15:00.120 UTC`: a label is for telling traces apart, not for reading nanoseconds. */
export const timeText = (iso: string): string => iso.replace('T', ' ').replace(/(?:(\.\d{1,3})\d*)?Z$/, '$1 UTC');

/** How a trace looks in a list to choose from. @param name what it is called, as far as that is known */
export function traceItem(trace: TraceSummaryDocument, name: string | null): RankedItem {
  const facts = [
    name && labelText(name, 60),
    trace.status === 'unknown' ? null : statusText(trace.status),
    trace.durationMs === null ? null : formatDuration(trace.durationMs),
    trace.userId && l10n.t('user {0}', trace.userId),
  ];
  const where = [
    trace.start && timeText(trace.start),
    trace.services.join(', '),
    counted(trace.records, l10n.t('log line'), l10n.t('log lines')),
  ];
  return {
    id: trace.correlationId,
    label: labelText(trace.correlationId),
    description: labelText(facts.filter(Boolean).join(' · '), 120),
    detail: labelText(where.filter(Boolean).join(' · '), 120),
  };
}
