import type { TraceDocument } from '../protocol/documents';
import { compactDuration } from '../timeline/formatDuration';
import { visibleText } from '../timeline/visibleText';
import { failureText } from './failureText';
import { stepList } from './stepList';

/** A trace for a chat or a ticket: whose it is, how it went and where, what failed, and its steps. */
export function sharedList(document: TraceDocument): string {
  const { correlationId, status, durationMs, services, userId } = document;
  const facts = [
    status === 'unknown' ? 'outcome unknown' : status,
    durationMs === null ? null : compactDuration(durationMs),
    services.length > 0 ? services.join(', ') : null,
    userId === null ? null : `user ${userId}`,
  ];
  const failure = failureText(document);
  return [
    visibleText(correlationId),
    visibleText(facts.filter(fact => fact !== null).join(' · ')),
    ...(failure === null ? [] : [failure]),
    '',
    stepList(document),
  ].join('\n');
}
