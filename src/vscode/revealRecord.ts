import { stat } from 'node:fs/promises';
import {
  commands,
  l10n,
  languages,
  OverviewRulerLane,
  type Position,
  Range,
  Selection,
  type TextDocument,
  type TextDocumentShowOptions,
  type TextEditor,
  type TextEditorDecorationType,
  TextEditorRevealType,
  ThemeColor,
  Uri,
  ViewColumn,
  window,
  workspace,
} from 'vscode';
import { type CompressedLogs, isCompressed, maxTextBytes } from './compressedLogs';
import { UserError } from './userError';

export interface RecordPlace {
  /** Path of a file, or the URI that names an untitled text: as the engine said it, never as a page said it. */
  source: string;
  /** 1-based; `null` where nobody counted the lines before it. */
  line: number | null;
}

export interface RevealOptions {
  preserveFocus: boolean;
  /** Columns that show timelines: they stay. */
  avoid: readonly ViewColumn[];
}

const shownFor = 2_000;

/** Opens a log at the very line, in a preview tab beside the timeline, centred, and lit up for a moment. */
export async function revealRecord(place: RecordPlace, logs: CompressedLogs, options: RevealOptions): Promise<void> {
  const line = (place.line ?? 1) - 1;
  const show: TextDocumentShowOptions = {
    viewColumn: columnFor(place.source, options.avoid),
    preserveFocus: options.preserveFocus,
    preview: true,
    selection: new Range(line, 0, line, 0),
  };
  if (await isTooLarge(place.source)) {
    // No extension gets to see such a file, but VS Code itself opens it, and keeps the line.
    await commands.executeCommand('vscode.open', Uri.file(place.source), show);
    return;
  }
  const document = await openSource(place.source, logs);
  const editor = await window.showTextDocument(document, show);
  const { range } = document.lineAt(Math.min(line, document.lineCount - 1));
  editor.selection = new Selection(range.start, range.start);
  editor.revealRange(range, TextEditorRevealType.InCenter);
  lightUp(editor, range.start);
}

async function openSource(source: string, logs: CompressedLogs): Promise<TextDocument> {
  const text = workspace.textDocuments.find(({ uri }) => uri.toString() === source);
  if (text) return text;
  if (/^untitled:/.test(source)) throw new UserError(l10n.t('The untitled text that held this line was closed.'));
  if (isCompressed(source)) {
    const document = await workspace.openTextDocument(await logs.prepare(source));
    return languages.setTextDocumentLanguage(document, 'log').then(undefined, () => document);
  }
  if (!(await stat(source).catch(() => null))?.isFile()) {
    throw new UserError(l10n.t('The log is no longer there: {0}', source));
  }
  return workspace.openTextDocument(Uri.file(source));
}

async function isTooLarge(source: string): Promise<boolean> {
  if (isCompressed(source)) return false;
  const file = await stat(source).catch(() => null);
  return !!file?.isFile() && file.size > maxTextBytes;
}

/** Where the log is on show already, else a text editor's column, else one beside. */
function columnFor(source: string, avoid: readonly ViewColumn[]): ViewColumn {
  const free = window.visibleTextEditors.flatMap(({ document, viewColumn }) =>
    viewColumn && !avoid.includes(viewColumn) ? [{ document, viewColumn }] : [],
  );
  const same = free.find(({ document: { uri } }) => uri.fsPath === source || uri.toString() === source);
  const other = window.tabGroups.all.find(({ viewColumn }) => !avoid.includes(viewColumn));
  return same?.viewColumn ?? free[0]?.viewColumn ?? other?.viewColumn ?? ViewColumn.Beside;
}

let decoration: TextEditorDecorationType | undefined;

/** High contrast themes have no such background; there the border of the cursor's line marks the place. */
function lightUp(editor: TextEditor, at: Position): void {
  decoration ??= window.createTextEditorDecorationType({
    isWholeLine: true,
    backgroundColor: new ThemeColor('editor.symbolHighlightBackground'),
    overviewRulerColor: new ThemeColor('editorOverviewRuler.findMatchForeground'),
    overviewRulerLane: OverviewRulerLane.Full,
  });
  const lit = decoration;
  editor.setDecorations(lit, [new Range(at, at)]);
  setTimeout(() => editor.setDecorations(lit, []), shownFor);
}
