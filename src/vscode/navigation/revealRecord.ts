import { stat } from 'node:fs/promises';
import {
  l10n,
  OverviewRulerLane,
  Position,
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
import type { LogEngine } from '../../common/protocol/logEngine';
import { isRemote } from '../../common/protocol/places/remotePlaces';
import { memberMark } from '../../node/sources/discover/sourceNames';
import { debugScheme } from '../contributions';
import type { LogViews } from '../logView/logViews';
import { isCompressed, maxTextBytes } from '../sources/compressedLogs';
import { hasNoFile, sourceOf } from '../sources/logDocuments';
import { isVirtual } from '../sources/virtualLogs';
import { type UserAction, UserError } from '../userError';
import { ownMoves } from './ownMoves';
import { type LinesNow, lineOfRecord, type RecordPlace } from './recordLine';

export interface RevealParts {
  views: Pick<LogViews, 'reveal'>;
  /** Reads the line again: the log may have changed. */
  engine: Pick<LogEngine, 'at'>;
}

export interface RevealOptions {
  preserveFocus: boolean;
  /** Columns that show timelines: they stay. */
  avoid: readonly ViewColumn[];
  /** Where the log is to be shown; left out: beside the timeline. */
  column?: ViewColumn | undefined;
  /** The remedy where a log is no longer what it was. */
  again: UserAction;
}

const shownFor = 2_000;

/**
 * Opens a log at the very line, in a preview tab beside the timeline, centred, and lit up for a moment; in a log view where
 * no text editor can show it.
 * @throws UserError where there is no such log or line any more
 */
export async function revealRecord(place: RecordPlace, parts: RevealParts, options: RevealOptions): Promise<void> {
  const line = (place.line ?? 1) - 1;
  const show: TextDocumentShowOptions = {
    viewColumn: options.column ?? columnBeside(place.source, options.avoid),
    preserveFocus: options.preserveFocus,
    preview: true,
    selection: new Range(line, 0, line, 0),
  };
  if (await needsView(place.source)) {
    if (!(await isThere(place.source))) throw isGone(place.source, options.again);
    await parts.views.reveal(place.source, { offset: place.byteOffset ?? null, line: place.line }, show);
    const there = await lineOfRecord(place, parts.engine, {
      count: 0,
      lineText: () => '',
      ...(place.byteOffset === undefined ? {} : { offset: place.byteOffset }),
    });
    if (there === null) throw hasChanged(place.source, options.again);
    return;
  }
  const document = await openSource(place.source, options.again);
  const inDocument = (wanted: number) => Math.min(wanted, document.lineCount - 1);
  ownMoves.add(document, inDocument(line));
  const editor = await window.showTextDocument(document, show);
  const found = await lineOfRecord(place, parts.engine, linesNow(document));
  // From its beginning, however long it is: there are the time, the level, and mostly the message.
  const start = new Position(inDocument(found ?? line), 0);
  ownMoves.add(document, start.line);
  editor.selection = new Selection(start, start);
  editor.revealRange(new Range(start, start), TextEditorRevealType.InCenter);
  if (found === null) throw hasChanged(place.source, options.again);
  lightUp(editor, start);
}

const hasChanged = (source: string, again: UserAction): UserError =>
  new UserError(l10n.t('The log has changed since it was read: {0}', source), again);

const linesNow = (document: TextDocument): LinesNow => ({
  ...(document.isDirty || hasNoFile(document) ? { text: document.getText() } : {}),
  count: document.lineCount,
  lineText: line => document.lineAt(line).text,
});

async function openSource(source: string, again: UserAction): Promise<TextDocument> {
  const text = workspace.textDocuments.find(({ uri }) => uri.toString() === source);
  if (text) return text;
  if (/^untitled:/.test(source))
    throw new UserError(l10n.t('The untitled text that held this line was closed.'), again);
  if (source.startsWith(`${debugScheme}:`)) return workspace.openTextDocument(Uri.parse(source));
  if (isVirtual(source)) return openVirtual(source, again);
  const open = workspace.textDocuments.find(({ uri }) => uri.scheme === 'file' && uri.fsPath === source);
  // Deleted, but what was not saved of it is still there.
  if (open?.isDirty) return open;
  if (!(await isThere(source))) throw isGone(source, again);
  return workspace.openTextDocument(Uri.file(source));
}

async function openVirtual(source: string, again: UserAction): Promise<TextDocument> {
  try {
    return await workspace.openTextDocument(Uri.parse(source));
  } catch {
    throw isGone(source, again);
  }
}

const isGone = (source: string, again: UserAction): UserError =>
  new UserError(l10n.t('The log is no longer there: {0}', source), again);

/** Whether no text editor can show a log; such a one has a view of its own. */
async function needsView(source: string): Promise<boolean> {
  if (isCompressed(source)) return true;
  const file = await stat(source).catch(() => null);
  return !!file?.isFile() && file.size > maxTextBytes;
}

/** Whether the file is there; nobody asks a server. */
async function isThere(source: string): Promise<boolean> {
  if (isRemote(source)) return true;
  const [file = source] = source.split(memberMark, 1);
  const found = await Promise.all([source, file].map(path => stat(path).catch(() => null)));
  return found.some(stats => stats?.isFile());
}

/** Where a file is on show already, else a text editor's column, else one beside. */
export function columnBeside(source: string, avoid: readonly ViewColumn[]): ViewColumn {
  const free = window.visibleTextEditors.flatMap(({ document, viewColumn }) =>
    viewColumn && !avoid.includes(viewColumn) ? [{ document, viewColumn }] : [],
  );
  const same = free.find(({ document }) => sourceOf(document) === source);
  const other = window.tabGroups.all.find(({ viewColumn }) => !avoid.includes(viewColumn));
  return same?.viewColumn ?? free[0]?.viewColumn ?? other?.viewColumn ?? ViewColumn.Beside;
}

let decoration: TextEditorDecorationType | undefined;
let lit: { editor: TextEditor; timer: NodeJS.Timeout } | undefined;

/** High contrast themes have no such background; there the border of the cursor's line marks the place. */
function lightUp(editor: TextEditor, at: Position): void {
  decoration ??= window.createTextEditorDecorationType({
    isWholeLine: true,
    backgroundColor: new ThemeColor('editor.symbolHighlightBackground'),
    overviewRulerColor: new ThemeColor('editorOverviewRuler.findMatchForeground'),
    overviewRulerLane: OverviewRulerLane.Full,
  });
  const type = decoration;
  // One place at a time: what is lit up anew must not go out with the timer of the one before.
  if (lit) {
    clearTimeout(lit.timer);
    if (lit.editor !== editor) lit.editor.setDecorations(type, []);
  }
  editor.setDecorations(type, [new Range(at, at)]);
  lit = { editor, timer: setTimeout(() => editor.setDecorations(type, []), shownFor) };
}
