import { l10n } from 'vscode';
import type { RecordInsight } from '../../common/protocol/logEngine';
import { formatDuration } from '../../common/timeline/formatDuration';
import { durationText, labelText, statusText, stepName, timeText } from '../format';

/** A name of ours and what a log says, made visible and cut, but not escaped. */
export interface Fact {
  name: string;
  value: string;
}

type KnownTrace = NonNullable<RecordInsight['trace']>;

const longestQuote = 400;

/**
 * What is known of a line and its trace: the same in the editor's hover and in the log view's.
 * @param id the ID that is pointed at
 * @returns whose line it is first; `quote` is the record that began the trace
 */
export function lineFacts(id: string | null, insight: RecordInsight | null): { facts: Fact[]; quote: string | null } {
  const own = insight?.correlationId ?? null;
  const trace = insight?.trace ?? null;
  const title = own === null ? fact(id === null ? '' : roleTitle(id, insight), id) : fact(l10n.t('Request'), own);
  const others = trace ? traceFacts(trace) : ownFacts(insight);
  const facts = [title, ...others.filter(({ value }) => value !== title.value)];
  const quote = trace?.first.message ?? null;
  return {
    facts: facts.filter(({ value }) => value !== ''),
    quote: quote !== null && quote.length > longestQuote ? `${quote.slice(0, longestQuote)}…` : quote,
  };
}

/** Why the facts are not all: a look-up runs, or took too long for a hover. */
export type Missing = 'reading' | 'late' | null;

/** What the facts leave out by now; `null`: nothing. */
export function missingText(insight: RecordInsight | null, missing: Missing): string | null {
  if (insight?.complete) return null;
  if (missing === 'reading') return l10n.t('The logs are still being read for the rest: hover again to see it.');
  if (missing === 'late')
    return l10n.t('The logs take too long to search for a hover. Show Timeline searches them for the rest.');
  return insight?.trace ? l10n.t('Not all logs were read.') : null;
}

function traceFacts(trace: KnownTrace): Fact[] {
  const { userId, sessionId, status, durationMs, step, previous } = trace;
  const who = [
    userId && l10n.t('user {0}', labelText(userId)),
    sessionId && l10n.t('session {0}', labelText(sessionId)),
  ];
  const outcome = [statusText(status), durationMs === null ? null : formatDuration(durationMs)];
  const before = previous.map(({ number, label }) => stepName(number, label)).join(', ');
  const ms = step?.sincePreviousMs ?? null;
  const since = before === '' || ms === null ? null : l10n.t('began {0} before', formatDuration(ms));
  return [
    fact(l10n.t('Asked for by'), joined(who)),
    fact(l10n.t('Outcome'), joined(outcome)),
    fact(l10n.t('This step'), step && stepText(step, trace)),
    fact(l10n.t('Previous step'), joined([before, since])),
  ];
}

function stepText(step: NonNullable<KnownTrace['step']>, { stepNumber, stepLabel }: KnownTrace): string {
  const { service, durationMs, bound, status } = step;
  const failed = status === 'failed' ? statusText('failed') : null;
  return joined([
    stepName(stepNumber, stepLabel),
    service && labelText(service),
    durationText(durationMs, bound),
    failed,
  ]);
}

const roleNames = (): [role: string, name: string][] => [
  ['service', l10n.t('Service')],
  ['stepType', l10n.t('Step')],
  ['stepId', l10n.t('Step ID')],
  ['previousStepId', l10n.t('Previous step ID')],
  ['userId', l10n.t('User')],
  ['sessionId', l10n.t('Session')],
];

/** What the line itself says, while its trace is not known. */
function ownFacts(insight: RecordInsight | null): Fact[] {
  const stated = (role: string) => insight?.explain.fields.find(field => field.role === role)?.value;
  const time = insight?.record.timestamp;
  return [...roleNames().map(([role, name]) => fact(name, stated(role))), fact(l10n.t('Time'), time && timeText(time))];
}

/** What an ID is on a line that belongs to no request: by its field, else just an ID. */
function roleTitle(id: string, insight: RecordInsight | null): string {
  const role = insight?.explain.fields.find(({ value, role }) => role !== null && value === id)?.role;
  const names = new Map<string, string>([
    ...roleNames(),
    ['messageId', l10n.t('Message ID')],
    ['toolCallId', l10n.t('Tool call ID')],
    ['entityId', l10n.t('Entity')],
    ['organizationId', l10n.t('Organisation')],
  ]);
  return (role && names.get(role)) ?? l10n.t('ID');
}

const fact = (name: string, value: string | null | undefined): Fact => ({ name, value: labelText(value ?? '', 200) });

const joined = (parts: readonly (string | null | undefined)[]): string => parts.filter(Boolean).join(' · ');
