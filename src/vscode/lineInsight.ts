import { l10n } from 'vscode';
import type { RecordInsight } from '../common/protocol/logEngine';
import type { LineInsight, LineOfLog } from '../common/protocol/logViewProtocol';
import { formatDuration } from '../common/timeline/formatDuration';
import { durationText, labelText, statusText } from './format';

const longestQuote = 400;

/** What a hover says of a line, for a page: texts without any markup. */
export function lineInsight(insight: RecordInsight, { offset }: LineOfLog): LineInsight {
  const { correlationId, trace, record, explain, complete } = insight;
  const facts = [
    fact(l10n.t('Request'), correlationId),
    ...(trace ? traceFacts(trace) : ownFacts(insight)),
    fact(l10n.t('Time'), record.timestamp),
  ];
  return {
    facts: facts.filter(({ value }) => value !== ''),
    quote: trace?.first.message.slice(0, longestQuote) ?? null,
    note: trace && !complete ? l10n.t('Not all logs were read.') : null,
    traced: correlationId === null ? null : { id: correlationId, step: trace?.step?.key ?? null },
    // Where the record begins, the line may be one behind.
    record: { from: Math.min(record.byteOffset, offset), bytes: explain.record.bytes },
  };
}

function traceFacts(trace: NonNullable<RecordInsight['trace']>): LineInsight['facts'] {
  const { userId, sessionId, status, durationMs, step, stepNumber, previous } = trace;
  const who = [userId && l10n.t('user {0}', userId), sessionId && l10n.t('session {0}', sessionId)];
  const outcome = [
    status === 'unknown' ? null : statusText(status),
    durationMs === null ? null : formatDuration(durationMs),
  ];
  return [
    fact(l10n.t('Asked for by'), joined(who)),
    fact(l10n.t('Outcome'), joined(outcome)),
    fact(l10n.t('This step'), step && stepText(step, stepNumber)),
    fact(
      l10n.t('Previous step'),
      previous.map(({ number, label }) => [number, label].filter(Boolean).join(' ')).join(', '),
    ),
  ];
}

function stepText(step: NonNullable<NonNullable<RecordInsight['trace']>['step']>, number: string | null): string {
  const { stepType, stepId, service, key, durationMs, bound, status } = step;
  const duration = durationText(durationMs, bound);
  const name = [number, stepType ?? stepId ?? service ?? key].filter(Boolean).join(' ');
  return joined([name, service, duration, status === 'failed' ? statusText('failed') : null]);
}

/** What the line itself says, while its trace is not known. */
function ownFacts({ explain }: RecordInsight): LineInsight['facts'] {
  const names: [string, string][] = [
    [l10n.t('Service'), 'service'],
    [l10n.t('Step'), 'stepType'],
    [l10n.t('Step ID'), 'stepId'],
    [l10n.t('Previous step ID'), 'previousStepId'],
    [l10n.t('User'), 'userId'],
    [l10n.t('Session'), 'sessionId'],
  ];
  return names.map(([name, role]) => fact(name, explain.fields.find(field => field.role === role)?.value ?? null));
}

const fact = (name: string, value: string | null | undefined) => ({ name, value: labelText(value ?? '', 200) });

const joined = (parts: readonly (string | null | undefined)[]): string => parts.filter(Boolean).join(' · ');
