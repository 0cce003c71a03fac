import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { commands, type Disposable, l10n, type Memento, TabInputCustom, TabInputText, Uri, window } from 'vscode';
import { maxTextBytes } from './compressedLogs';
import { logViewType, stateKeys } from './contributions';
import { labelText } from './format';
import { UserError } from './userError';

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

/** Offers the log view where the user opens a log in an editor that shows it to no extension, or not at all. Once a log. */
export function offerLogView({ state, note, ask = window.showInformationMessage }: OfferParts): Disposable {
  const offered = new Set<string>();
  const offer = async ({ fsPath }: Uri) => {
    const file = await stat(fsPath);
    if (file.size <= maxTextBytes || offered.has(fsPath) || state.get(stateKeys.noOffer)) return;
    offered.add(fsPath);
    const open = l10n.t('Open in Log View');
    const never = l10n.t('Don’t Ask Again');
    const chosen = await ask(
      l10n.t(
        '{0} has {1} MB: no extension can read it in a text editor. The log view shows any place of it at once, with hovers and links.',
        labelText(basename(fsPath)),
        Math.round(file.size / 1024 / 1024).toLocaleString('en'),
      ),
      open,
      never,
    );
    if (chosen === open) await openInLogView([Uri.file(fsPath)]);
    if (chosen === never) await state.update(stateKeys.noOffer, true);
  };
  return window.tabGroups.onDidChangeTabs(({ opened }) => {
    for (const { input } of opened) {
      const isLog = input instanceof TabInputText && input.uri.scheme === 'file' && logName.test(input.uri.path);
      if (isLog) offer(input.uri).catch(note);
    }
  });
}
