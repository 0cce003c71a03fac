import { l10n } from 'vscode';
import { labelText, traceItem } from './format';
import { RankedPick } from './rankedPick';
import type { Choices } from './traceSession';

/** Several traces fit a text (a user, a session, a reused ID): the user says which one. */
export async function chooseTrace(choices: Choices, text: string): Promise<string | null> {
  const pick = new RankedPick({
    title: l10n.t('{0} is the {1} of {2} traces', labelText(text, 40), roleName(choices.role), choices.traces.length),
    placeholder: l10n.t('Type to filter by ID, status, user or service'),
    items: choices.traces.map(traceItem),
  });
  return (await pick.choose())?.id ?? null;
}

function roleName(role: string): string {
  const names: Record<string, string> = {
    userId: l10n.t('user'),
    sessionId: l10n.t('session'),
    entityId: l10n.t('entity'),
    organizationId: l10n.t('organisation'),
    correlationId: l10n.t('correlation ID'),
    messageId: l10n.t('message ID'),
    stepId: l10n.t('step ID'),
  };
  return names[role] ?? role;
}
