import { commands, env, l10n, UIKind, type Uri, window, workspace } from 'vscode';
import { contextKeys } from '../contributions';
import { labelText } from '../format';
import type { SourcePlaces } from './sourcePlaces';

/**
 * *Add Log Files…*: any file or folder, inside the workspace or not; remembered with the workspace.
 * @returns whether any was added
 */
export async function addLogFiles(places: SourcePlaces): Promise<boolean> {
  const folder = workspace.workspaceFolders?.[0]?.uri;
  const selectable = await askForKind();
  if (!selectable) return false;
  const chosen = await window.showOpenDialog({
    title: l10n.t('Add Log Files'),
    openLabel: l10n.t('Add'),
    ...selectable,
    canSelectMany: true,
    ...(folder ? { defaultUri: folder } : {}),
  });
  if (!chosen?.length) return false;
  // What is not on this machine is read by VS Code.
  const named = chosen.map(uri => (uri.scheme === 'file' ? uri.fsPath : uri.toString()));
  await places.setAdded([...places.added, ...named]);
  await updateContext(places);
  const message = l10n.t('Throughline reads {0} from now on.', chosen.map(nameOf).join(', '));
  window.setStatusBarMessage(labelText(message, 200), 5_000);
  return true;
}

/** The native dialogs of Windows and Linux select either files or folders; macOS and VS Code's own take both. */
async function askForKind(): Promise<{ canSelectFiles: boolean; canSelectFolders: boolean } | null> {
  const native = env.uiKind === UIKind.Desktop && env.remoteName === undefined;
  if (!native || process.platform === 'darwin') return { canSelectFiles: true, canSelectFolders: true };
  const files = l10n.t('Files…');
  const chosen = await window.showQuickPick([files, l10n.t('Folders…')], { title: l10n.t('Add Log Files') });
  if (chosen === undefined) return null;
  return { canSelectFiles: chosen === files, canSelectFolders: chosen !== files };
}

/** *Remove Added Log Files…*: takes back what was added. The files themselves stay. */
export async function removeLogFiles(places: SourcePlaces): Promise<void> {
  const items = places.added.map(path => ({ label: labelText(path, 200), path }));
  const chosen = await window.showQuickPick(items, {
    title: l10n.t('Remove Added Log Files'),
    placeHolder: l10n.t('Choose what is to be searched no longer; the files themselves stay'),
    canPickMany: true,
  });
  if (!chosen?.length) return;
  const removed = new Set(chosen.map(({ path }) => path));
  await places.setAdded(places.added.filter(path => !removed.has(path)));
  await updateContext(places);
}

export const updateContext = (places: SourcePlaces): Thenable<unknown> =>
  commands.executeCommand('setContext', contextKeys.hasAddedLogs, places.added.length > 0);

const nameOf = (uri: Uri): string => workspace.asRelativePath(uri);
