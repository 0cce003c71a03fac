import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import {
  commands,
  type Disposable,
  l10n,
  type Memento,
  type Tab,
  TabInputCustom,
  TabInputText,
  type TextDocumentShowOptions,
  Uri,
  window,
  workspace,
} from 'vscode';
import { logViewType, stateKeys } from '../contributions';
import { labelText } from '../format';
import { maxTextBytes } from '../sources/compressedLogs';
import { UserError } from '../userError';

const logName = /\.(?:log|jsonl|ndjson|out)(?:\.|$)/i;

/**
 * *Open in Log View*: of the explorer's menu, of a tab's, or of the file in front.
 * @throws UserError where it is no file of this machine
 */
export async function openInLogView(args: readonly unknown[]): Promise<void> {
  const [clicked] = args;
  const uri = clicked instanceof Uri ? clicked : fileInFront();
  if (uri?.scheme !== 'file') throw new UserError(l10n.t('The log view shows files of this machine only.'));
  await commands.executeCommand('vscode.openWith', uri, logViewType);
}

function fileInFront(): Uri | undefined {
  const input = window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof TabInputText || input instanceof TabInputCustom ? input.uri : undefined;
}

export interface OfferParts {
  /** Where it is kept that nobody wants to be asked. */
  state: Memento;
  note(error: unknown): void;
  /** @returns the button that was pressed */
  ask?(text: string, ...buttons: string[]): PromiseLike<string | undefined>;
}

const mb = 1024 * 1024;
/** A log view that was left for the text editor is not to come back by itself. */
const leftWithin = 500;

/**
 * Where the user opens a log in a text editor that shows it to no extension, offers the log view; opens it where VS Code
 * refuses to show the log at all.
 */
export function offerLogView({ state, note, ask = window.showInformationMessage }: OfferParts): Disposable {
  const leftAt = new Map<string, number>();
  const offer = async (tab: Tab, uri: Uri) => {
    const { size } = await stat(uri.fsPath);
    if (state.get(stateKeys.noOffer)) return;
    if (size > refusedFrom(uri)) {
      const left = leftAt.get(uri.toString());
      if (left === undefined || performance.now() - left > leftWithin) await putInPlace(tab, uri);
      return;
    }
    if (size <= maxTextBytes) return;
    const open = l10n.t('Open in Log View');
    const never = l10n.t('Don’t Ask Again');
    const chosen = await ask(
      l10n.t(
        '{0} has {1} MB: no extension can read it in a text editor. The log view shows any place of it at once, with hovers and links.',
        labelText(basename(uri.fsPath)),
        Math.round(size / mb).toLocaleString('en'),
      ),
      open,
      never,
    );
    if (chosen === open) await openInLogView([uri]);
    if (chosen === never) await state.update(stateKeys.noOffer, true);
  };
  return window.tabGroups.onDidChangeTabs(({ opened, closed }) => {
    for (const { input } of closed) {
      if (input instanceof TabInputCustom && input.viewType === logViewType)
        leftAt.set(input.uri.toString(), performance.now());
    }
    for (const tab of opened) {
      const { input } = tab;
      if (input instanceof TabInputText && input.uri.scheme === 'file' && logName.test(input.uri.path))
        offer(tab, input.uri).catch(note);
    }
  });
}

/** In bytes. VS Code's own limit, which is 10 MB where files come from afar, and 1 GB on a desktop. */
function refusedFrom(uri: Uri): number {
  const limit = workspace.getConfiguration('workbench', uri).get<unknown>('editorLargeFileConfirmation');
  return typeof limit === 'number' ? limit * mb : Number.POSITIVE_INFINITY;
}

/** Shows the log view where a text editor says only that it does not show the file. It stays, unlike a preview. */
async function putInPlace({ group: { viewColumn } }: Tab, uri: Uri): Promise<void> {
  const options: TextDocumentShowOptions = { viewColumn, preserveFocus: true, preview: false };
  await commands.executeCommand('vscode.openWith', uri, logViewType, options);
  const tabs = window.tabGroups.all.find(group => group.viewColumn === viewColumn)?.tabs ?? [];
  const refused = tabs.find(({ input }) => input instanceof TabInputText && input.uri.toString() === uri.toString());
  if (refused) await window.tabGroups.close(refused, true);
}
