import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { env, l10n, Uri, window, workspace } from 'vscode';
import { labelText } from './format';
import { idToOffer } from './idsOfEditor';
import type { ShowManner } from './timelines';
import { UserError } from './userError';

/**
 * *Trace in This Folder…* of the explorer's menu: searches what was chosen there and nothing else, whether or not the
 * setting names it. Of a file that is selected beside a folder its own folder is meant.
 * @param args the entry that was clicked on, and all that are selected
 * @throws UserError where it is no folder of this machine
 */
export async function traceInFolder(
  show: (text: string, manner: ShowManner) => Promise<void>,
  args: readonly unknown[],
): Promise<void> {
  const [clicked, selected] = args;
  const uris = (Array.isArray(selected) && selected.length > 0 ? selected : [clicked]).filter(isLocal);
  const folders = [...new Set(await Promise.all(uris.map(folderOf)))];
  const [first] = folders;
  if (first === undefined) throw new UserError(l10n.t('Throughline reads folders of this machine only.'));
  const name = folders.map(folder => workspace.asRelativePath(folder)).join(', ');
  const copied = await Promise.resolve(env.clipboard.readText()).catch(() => '');
  const text = await window.showInputBox({
    title: l10n.t('Trace in {0}', labelText(name, 60)),
    prompt: l10n.t('An ID, or anything that holds one: only this folder is searched'),
    value: idToOffer(copied) ?? '',
    ignoreFocusOut: true,
  });
  if (!text?.trim()) return;
  await show(text.trim(), { within: { name, folders } });
}

const isLocal = (uri: unknown): uri is Uri => uri instanceof Uri && uri.scheme === 'file';

async function folderOf({ fsPath }: Uri): Promise<string> {
  const isFolder = (await stat(fsPath).catch(() => null))?.isDirectory() ?? false;
  return isFolder ? fsPath : dirname(fsPath);
}
