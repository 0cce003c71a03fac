import { l10n, window } from 'vscode';
import type { EngineAccess } from '../engine/engineAccess';
import type { LogViews } from '../logView/logViews';
import type { RemoteHost } from '../remote/remoteHost';
import { idOfEditor, visibleIds } from './idsOfEditor';
import { idItem, late, pickTrace } from './pickTrace';
import type { RecentIds } from './recentIds';

export interface TraceCommandParts {
  access: EngineAccess;
  remote: Pick<RemoteHost, 'askAgain'>;
  recent: RecentIds;
  views: Pick<LogViews, 'idAtCursor'>;
  show(text: string): Promise<void>;
}

const linePatience = 300;

/**
 * *Trace Correlation ID…*: with an ID as its argument (a script, a link), from a context menu (VS Code then gives the
 * document's URI, and what was clicked on is meant), or by a picker that takes any text.
 */
export async function traceCommand(parts: TraceCommandParts, args: readonly unknown[]): Promise<void> {
  const { access, recent, remote, show, views } = parts;
  remote.askAgain();
  const [argument] = args;
  if (typeof argument === 'string' && argument.trim() !== '') return show(argument.trim());
  const editor = window.activeTextEditor;
  const offered = editor ? idOfEditor(editor) : await Promise.race([views.idAtCursor(), late(linePatience)]);
  if (argument !== undefined && editor && offered !== null) return show(offered);
  const visible = window.activeTextEditor;
  const chosen = await pickTrace({
    access,
    title: l10n.t('Trace Correlation ID'),
    placeholder: l10n.t('An ID, or anything that holds one: a log line, a header, a URL, user = u-42'),
    offered,
    items: [
      ...recent.all.map(id => idItem(id, l10n.t('traced before'), 'history')),
      ...(visible ? visibleIds(visible) : []).map(id => idItem(id, l10n.t('in this document'), 'file')),
    ],
  });
  if (chosen !== null) await show(chosen);
}
