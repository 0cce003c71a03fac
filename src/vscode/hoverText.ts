import { l10n, MarkdownString } from 'vscode';
import type { TraceStatus } from '../common/model/trace';
import type { StepDocument } from '../common/protocol/documents';
import type { RecordInsight } from '../common/protocol/logEngine';
import { formatDuration } from '../common/timeline/formatDuration';
import { visibleLines } from '../common/timeline/visibleText';
import { linkCommandIds } from './contributions';
import { durationText, labelText, statusText } from './format';

const maxQuote = 400;

/**
 * What is known of a line and its trace. Everything that a log says goes through `appendText` or `appendCodeblock`, so
 * that it stays text: no link, no picture, no HTML (SEC-05).
 */
export function hoverText(id: string | null, insight: RecordInsight | null, reading: boolean): MarkdownString {
  const text = new MarkdownString();
  const trace = insight?.trace ?? null;
  const own = insight?.correlationId ?? null;
  if (own === null && id !== null) line(text, roleTitle(id, insight), labelText(id));
  else if (own !== null) line(text, l10n.t('Request'), labelText(own));
  if (trace) {
    quote(text, trace.first.message);
    line(text, l10n.t('Asked for by'), whoText(trace.userId, trace.sessionId));
    line(text, l10n.t('Outcome'), outcomeText(trace.status, trace.durationMs));
    if (trace.step) line(text, l10n.t('This step'), stepText(trace.step, trace.stepNumber));
    line(text, l10n.t('Previous step'), trace.previous.map(previousText).join(', '));
    const since = trace.step?.sincePreviousMs ?? null;
    line(text, l10n.t('Since it began'), since === null ? null : formatDuration(since));
  } else if (insight) {
    for (const [name, role] of ownFacts()) {
      const value = fieldOf(insight, role);
      // The title has said it.
      if (own !== null || id === null || value !== labelText(id)) line(text, name, value);
    }
  }
  if (reading) text.appendMarkdown(`\n\n_${l10n.t('The logs are still being read for the rest.')}_`);
  else if (trace && !insight?.complete) text.appendMarkdown(`\n\n_${l10n.t('Not all logs were read.')}_`);
  return text;
}

/** What an ID is on a line that belongs to no request: by its field, else just an ID. */
function roleTitle(id: string, insight: RecordInsight | null): string {
  const role = insight?.explain.fields.find(({ value, role }) => role !== null && value === id)?.role;
  const names: Partial<Record<string, string>> = {
    ...Object.fromEntries(ownFacts().map(([name, known]) => [known, name])),
    messageId: l10n.t('Message ID'),
    toolCallId: l10n.t('Tool call ID'),
    entityId: l10n.t('Entity'),
    organizationId: l10n.t('Organisation'),
  };
  return (role && names[role]) ?? l10n.t('ID');
}

export interface HoverAction {
  /** A codicon's name. */
  icon: string;
  label: string;
  token: string;
}

/** The only trusted part, and no log text in it. */
export function hoverActions(actions: readonly HoverAction[]): MarkdownString {
  const links = actions.map(({ icon, label, token }) => {
    const argument = encodeURIComponent(JSON.stringify([token]));
    return `[$(${icon}) ${label}](command:${linkCommandIds.openHoverLink}?${argument})`;
  });
  const text = new MarkdownString(links.join(' &nbsp; '), true);
  text.isTrusted = { enabledCommands: [linkCommandIds.openHoverLink] };
  return text;
}

function line(text: MarkdownString, name: string, value: string | null): void {
  if (!value) return;
  text.appendMarkdown(`**${name}** `);
  text.appendText(value);
  text.appendMarkdown('  \n');
}

function quote(text: MarkdownString, message: string): void {
  const shown = message.length > maxQuote ? `${message.slice(0, maxQuote)}…` : message;
  text.appendCodeblock(visibleLines(shown), 'log');
}

function whoText(userId: string | null, sessionId: string | null): string {
  const user = userId && l10n.t('user {0}', labelText(userId));
  const session = sessionId && l10n.t('session {0}', labelText(sessionId));
  return [user, session].filter(Boolean).join(' · ');
}

function outcomeText(status: TraceStatus, durationMs: number | null): string {
  const known = status === 'unknown' ? null : statusText(status);
  return [known, durationMs === null ? null : formatDuration(durationMs)].filter(Boolean).join(' · ');
}

function stepText(step: StepDocument, number: string | null): string {
  const name = labelText(step.stepType ?? step.stepId ?? step.service ?? step.key);
  const duration = durationText(step.durationMs, step.bound);
  const facts = [
    step.service && labelText(step.service),
    duration,
    step.status === 'failed' ? statusText('failed') : null,
  ];
  return [[number, name].filter(Boolean).join(' '), ...facts].filter(Boolean).join(' · ');
}

const previousText = ({ number, label }: { number: string | null; label: string }): string =>
  [number, labelText(label)].filter(Boolean).join(' ');

/** What the line itself says, while its trace is not known. */
const ownFacts = (): [string, string][] => [
  [l10n.t('Service'), 'service'],
  [l10n.t('Step'), 'stepType'],
  [l10n.t('Step ID'), 'stepId'],
  [l10n.t('Previous step ID'), 'previousStepId'],
  [l10n.t('User'), 'userId'],
  [l10n.t('Session'), 'sessionId'],
];

function fieldOf(insight: RecordInsight, role: string): string | null {
  const field = insight.explain.fields.find(candidate => candidate.role === role);
  return field ? labelText(field.value) : null;
}
