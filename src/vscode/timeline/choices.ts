import { l10n } from 'vscode';
import { parseQuery } from '../../common/query/query';
import { counted, labelText, traceItem } from '../format';
import { RankedPick } from '../pick/rankedPick';
import type { Choices } from './traceSession';

/** Several traces fit a text (a user, a session, a reused ID): the user says which one. */
export async function chooseTrace(choices: Choices, text: string): Promise<string | null> {
  const pick = new RankedPick({
    title: titleOf(choices, text),
    placeholder: l10n.t('Type to filter by ID, status, user or service'),
    items: choices.traces.map(trace => traceItem(trace, null)),
  });
  return (await pick.choose())?.id ?? null;
}

function titleOf({ role, traces }: Choices, text: string): string {
  const count = counted(traces.length, l10n.t('trace'), l10n.t('traces'));
  const asked = askedValue(text);
  if (role === 'query' || asked === null) return l10n.t('{0} for {1}', count, labelText(text, 60));
  return l10n.t('{0} of {1} {2}', count, roleName(role), labelText(asked, 60));
}

/** `u-42` of `user = u-42`; `null` where the text is a line or a query with more in it. */
function askedValue(text: string): string | null {
  try {
    const query = parseQuery(text);
    if (query.kind === 'text') return query.text;
    return query.kind === 'compare' && query.comparison === '=' ? String(query.value) : null;
  } catch {
    return null;
  }
}

/** What an ID is called, by its role; a role that is a field of the log is called by its own name. */
export function roleName(role: string): string {
  const names: Record<string, string> = {
    userId: l10n.t('user'),
    sessionId: l10n.t('session'),
    entityId: l10n.t('entity'),
    organizationId: l10n.t('organisation'),
    correlationId: l10n.t('correlation ID'),
    messageId: l10n.t('message ID'),
    stepId: l10n.t('step ID'),
    previousStepId: l10n.t('step ID'),
    toolCallId: l10n.t('tool call ID'),
  };
  return names[role] ?? labelText(role, 40);
}
