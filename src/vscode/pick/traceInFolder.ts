import { stat } from 'node:fs/promises';
import { l10n, Uri, workspace } from 'vscode';
import type { EngineAccess } from '../engine/engineAccess';
import { labelText } from '../format';
import type { SearchScope, SearchScopes } from '../timeline/searchScopes';
import type { ShowManner } from '../timeline/timelines';
import { UserError } from '../userError';
import { pickTrace } from './pickTrace';
import type { RecentIds } from './recentIds';

export interface TraceInFolderParts {
  access: Pick<EngineAccess, 'withSources'>;
  recent: Pick<RecentIds, 'all'>;
  scopes: Pick<SearchScopes, 'placesOf'>;
  show(text: string, manner: ShowManner): Promise<void>;
}

/**
 * *Trace in This Folder…* and *Trace in This File…* of the explorer's menu: searches what was chosen there and nothing else,
 * whether or not the setting names it, and offers the IDs that are in it.
 * @param args the entry that was clicked on, and all that are selected
 * @throws UserError where it is nothing of this machine
 */
export async function traceInFolder(
  { access, recent, scopes, show }: TraceInFolderParts,
  args: readonly unknown[],
): Promise<void> {
  const [clicked, selected] = args;
  const uris = (Array.isArray(selected) && selected.length > 0 ? selected : [clicked]).filter(isLocal);
  const paths = [...new Set(uris.map(({ fsPath }) => fsPath))];
  const [first] = paths;
  if (first === undefined) throw new UserError(l10n.t('Throughline reads files and folders of this machine only.'));
  const name = paths.map(path => workspace.asRelativePath(path)).join(', ');
  const within: SearchScope = { name, paths };
  const text = await pickTrace({
    access,
    title: l10n.t('Trace in {0}', labelText(name, 60)),
    placeholder: await placeholderOf(paths),
    offered: null,
    items: [],
    places: scopes.placesOf(within),
    recent: recent.all,
  });
  if (text?.trim()) await show(text.trim(), { within });
}

const isLocal = (uri: unknown): uri is Uri => uri instanceof Uri && uri.scheme === 'file';

async function placeholderOf([path, ...others]: readonly string[]): Promise<string> {
  if (path === undefined || others.length > 0)
    return l10n.t('An ID, or anything that holds one: only what you selected is searched');
  const isFolder = (await stat(path).catch(() => null))?.isDirectory() ?? false;
  return isFolder
    ? l10n.t('An ID, or anything that holds one: only this folder is searched')
    : l10n.t('An ID, or anything that holds one: only this file is searched');
}
