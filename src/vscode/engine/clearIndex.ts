import { l10n, window } from 'vscode';
import type { BackgroundIndex } from './backgroundIndex';

/** Forgets what is known of the logs and says how much room that made. */
export async function clearIndex(index: BackgroundIndex): Promise<void> {
  const bytes = await index.clear();
  const message =
    bytes === 0
      ? l10n.t('There was no index to clear.')
      : l10n.t('The index is cleared: {0} MB are free. The next search builds it anew.', megabytes(bytes));
  void window.showInformationMessage(message);
}

const megabytes = (bytes: number): string => Math.max(0.1, bytes / 1e6).toFixed(1);
