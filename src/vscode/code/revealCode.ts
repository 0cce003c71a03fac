import { basename, dirname } from 'node:path';
import { l10n, Range, type Uri, type ViewColumn, window, workspace } from 'vscode';
import { settingIds } from '../contributions';
import { labelText } from '../format';
import { columnBeside } from '../navigation/revealRecord';
import { openSetting } from '../settings';
import { manageTrust, UserError } from '../userError';
import { findCode } from './findCode';

/** As a log says it: whatever may stand there. */
export interface CodePlace {
  file: string;
  /** 1-based. */
  line: number | null;
  column?: number | null;
}

/**
 * Opens the code that a log names, see `findCode`; of several files the user says which one is meant.
 * @param avoid columns that show timelines: they stay
 * @throws UserError where there is no such file
 */
export async function revealCode({ file, line, column }: CodePlace, avoid: readonly ViewColumn[]): Promise<void> {
  const found = await findCode(file);
  if (found.length === 0) throw noSuchCode(file);
  const uri = found.length > 1 ? await choose(found) : found[0];
  if (!uri) return;
  const at = [Math.max(0, (line ?? 1) - 1), Math.max(0, (column ?? 1) - 1)] as const;
  await window.showTextDocument(uri, {
    viewColumn: columnBeside(uri.fsPath, avoid),
    preview: true,
    selection: new Range(...at, ...at),
  });
}

function noSuchCode(file: string): UserError {
  const text = l10n.t('No file of this workspace is the code that the log names: {0}.', file);
  const setting = settingIds.codePaths;
  const remedy = workspace.isTrusted
    ? l10n.t('If it lies elsewhere, say so in "{0}".', setting)
    : l10n.t(
        'If it lies elsewhere, say so in "{0}" of your user settings; those of this workspace wait for trust.',
        setting,
      );
  return new UserError(`${text} ${remedy}`, openSetting(setting), ...(workspace.isTrusted ? [] : [manageTrust()]));
}

async function choose(found: readonly Uri[]): Promise<Uri | undefined> {
  const items = found.map(uri => {
    const folder = dirname(workspace.asRelativePath(uri));
    return { label: labelText(basename(uri.path)), description: labelText(folder === '.' ? '' : folder, 200), uri };
  });
  return (await window.showQuickPick(items, { title: l10n.t('Which file is meant?'), matchOnDescription: true }))?.uri;
}
