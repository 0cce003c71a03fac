import { env, l10n, window } from 'vscode';
import { markdown } from '../../common/export/markdown';
import { sharedList } from '../../common/export/sharedList';
import { stepText } from '../../common/export/stepText';
import type { CopyWhat } from '../../common/protocol/timelineProtocol';
import { traceLink } from '../../common/query/traceLink';
import { extensionId } from '../contributions';
import { UserError } from '../userError';
import type { TraceSession } from './traceSession';

/** Puts a trace, one of its steps or a link to it on the clipboard. */
export async function copyTrace(session: TraceSession, request: CopyWhat): Promise<void> {
  await env.clipboard.writeText(await textOf(session, request));
  window.setStatusBarMessage(copied[request.what](), 3_000);
}

async function textOf(session: TraceSession, request: CopyWhat): Promise<string> {
  const { trace } = session;
  if (!trace) throw new UserError(l10n.t('There is nothing to copy yet: no trace was found.'));
  const { traceId, correlationId } = trace;
  const document = () => session.ask(traceId, engine => engine.document(traceId));
  const step = (key: string) => session.ask(traceId, engine => engine.step({ traceId, key }));
  switch (request.what) {
    case 'id':
      return correlationId;
    case 'link':
      return traceLink(env.uriScheme, extensionId, { id: correlationId, step: request.step });
    case 'list':
      return sharedList(await document());
    case 'markdown':
      return markdown(await document());
    case 'stepText':
      return stepText(await step(request.step));
    case 'stepJson':
      return `${JSON.stringify(await step(request.step), null, 2)}\n`;
  }
}

const copied: Record<CopyWhat['what'], () => string> = {
  id: () => l10n.t('Copied the correlation ID'),
  list: () => l10n.t('Copied the steps as a list'),
  markdown: () => l10n.t('Copied the trace as Markdown'),
  link: () => l10n.t('Copied a link to the trace'),
  stepText: () => l10n.t('Copied the step as text'),
  stepJson: () => l10n.t('Copied the step as JSON'),
};
