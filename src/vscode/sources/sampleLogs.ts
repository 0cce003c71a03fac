import { commands, l10n, Uri, ViewColumn, window, workspace } from 'vscode';
import { containerId } from '../contributions';
import { updateContext } from './addLogFiles';
import type { SourcePlaces } from './sourcePlaces';

export interface SampleLogParts {
  extensionUri: Uri;
  /** Ours to write into. */
  storageUri: Uri;
  places: SourcePlaces;
}

/**
 * *Open Sample Logs*: a copy of the logs that come with the extension is a source from now on, as if it had been added by
 * hand, and is taken back like that. One of them is shown. A copy, since the extension's own folder has another name after each update.
 */
export async function openSampleLogs({ extensionUri, storageUri, places }: SampleLogParts): Promise<void> {
  const folder = Uri.joinPath(storageUri, 'sample-logs');
  await workspace.fs.createDirectory(storageUri);
  await workspace.fs.copy(Uri.joinPath(extensionUri, 'media', 'sample-logs'), folder, { overwrite: true });
  await places.setAdded([...places.added, folder.fsPath]);
  await updateContext(places);
  // Not by the command that the tour takes for its own step on the list.
  await commands.executeCommand(`workbench.view.extension.${containerId}`);
  // One to look at, beside the tour.
  const log = Uri.joinPath(folder, 'worker2.log');
  await window.showTextDocument(log, { viewColumn: ViewColumn.Beside, preserveFocus: true, preview: true });
  window.setStatusBarMessage(l10n.t('The sample logs are read from now on. The Sources view takes them back.'), 8_000);
}
