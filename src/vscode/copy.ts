import { env, l10n, window } from 'vscode';
import { markdown } from '../common/export/markdown';
import { stepList } from '../common/export/stepList';
import type { TraceDocument } from '../common/protocol/documents';
import type { TraceSession } from './traceSession';
import { UserError } from './userError';

export type CopyForm = 'id' | 'list' | 'markdown';

const forms: Record<Exclude<CopyForm, 'id'>, (document: TraceDocument) => string> = { list: stepList, markdown };

/** Puts a trace on the clipboard, in one of its forms. */
export async function copyTrace(session: TraceSession, form: CopyForm): Promise<void> {
  const { trace } = session;
  if (!trace) throw new UserError(l10n.t('There is nothing to copy yet: no trace was found.'));
  if (form === 'id') await env.clipboard.writeText(trace.correlationId);
  else {
    const document = await session.ask(trace.traceId, engine => engine.document(trace.traceId));
    await env.clipboard.writeText(forms[form](document));
  }
  window.setStatusBarMessage(copied[form](), 3_000);
}

const copied: Record<CopyForm, () => string> = {
  id: () => l10n.t('Copied the correlation ID'),
  list: () => l10n.t('Copied the steps as a list'),
  markdown: () => l10n.t('Copied the trace as Markdown'),
};
