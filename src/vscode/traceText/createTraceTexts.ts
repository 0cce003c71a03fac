import { type Disposable, l10n, languages, type ViewColumn, window, workspace } from 'vscode';
import { revealCode } from '../code/revealCode';
import { commandIds, linkCommandIds, traceTextScheme } from '../contributions';
import { type RevealParts, revealRecord } from '../navigation/revealRecord';
import type { Timelines } from '../timeline/timelines';
import { commandAction, UserError } from '../userError';
import { TraceTexts } from './traceTexts';

export interface TraceTextParts {
  timelines: Pick<Timelines, 'current' | 'columns'>;
  reveal: RevealParts;
  note(error: unknown): void;
}

/** *Open Trace as Text*, and what its links lead to. */
export function createTraceTexts({ timelines, reveal, note }: TraceTextParts) {
  const texts = new TraceTexts();
  const open = async () => {
    const uri = timelines.current && (await texts.write(timelines.current.session, note));
    if (!uri) throw new UserError(l10n.t('There is no trace to show as text yet: open its timeline first.'));
    await window.showTextDocument(await workspace.openTextDocument(uri), { preview: false });
  };
  const follow = async (...args: unknown[]) => {
    const again = commandAction(l10n.t('Trace Correlation ID'), commandIds.trace);
    const target = texts.targetOf(args[0], args[1], args[2]);
    if (!target) throw new UserError(l10n.t('This text is no longer held: open the trace again.'), again);
    const avoid: ViewColumn[] = [...timelines.columns, ...columnsOf(traceTextScheme)];
    if (target.kind === 'code') return revealCode(target, avoid);
    await revealRecord({ ...target.record, ids: target.ids }, reveal, { preserveFocus: false, avoid, again });
  };
  const disposables: Disposable[] = [
    texts,
    workspace.registerTextDocumentContentProvider(traceTextScheme, texts),
    languages.registerDocumentLinkProvider({ scheme: traceTextScheme }, texts),
    workspace.onDidCloseTextDocument(({ uri }) => uri.scheme === traceTextScheme && texts.forget(uri)),
  ];
  return {
    disposables,
    commands: { [commandIds.openTraceText]: open, [linkCommandIds.openTextLink]: follow },
  };
}

/** A log opens beside the text that leads to it. */
const columnsOf = (scheme: string): ViewColumn[] =>
  window.visibleTextEditors.flatMap(({ document, viewColumn }) =>
    document.uri.scheme === scheme && viewColumn ? [viewColumn] : [],
  );
