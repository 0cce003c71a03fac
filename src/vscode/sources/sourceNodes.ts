import { basename, dirname, posix } from 'node:path';
import { l10n, ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState, Uri, workspace } from 'vscode';
import type { DetectedSource, NoteDocument } from '../../common/protocol/documents';
import { isRemote } from '../../common/protocol/places/remotePlaces';
import type { RemoteState } from '../../common/protocol/sourceHost';
import { memberMark } from '../../node/sources/discover/sourceNames';
import { commandIds, settingIds } from '../contributions';
import type { SessionState } from '../debug/debugOutput';
import { counted, labelText } from '../format';
import { isCompressed } from './compressedLogs';
import { type RemoteGroup, remoteItem } from './remoteItem';
import type { SourceGroup } from './sourceGroups';

export type SourceNode =
  | { kind: 'group'; group: Exclude<SourceGroup, RemoteGroup> }
  | { kind: 'remote'; group: RemoteGroup; state: RemoteState | null }
  | { kind: 'source'; source: DetectedSource; state: SessionState | null }
  | { kind: 'stretch'; sources: readonly SourceNode[]; from: number; total: number }
  | { kind: 'notRead'; notes: readonly NoteDocument[] }
  | { kind: 'note'; text: string }
  | { kind: 'problem'; message: string };

/** What menus are told of a node; package.json has the same words. */
export const addedContext = 'added';
export const sourceContext = 'source';

const warning = new ThemeIcon('warning', new ThemeColor('list.warningForeground'));
const longest = 300;

export function sourceNodeItem(node: SourceNode): TreeItem {
  switch (node.kind) {
    case 'group':
      return groupItem(node.group);
    case 'remote':
      return remoteItem(node.group, node.state);
    case 'source':
      return sourceItem(node);
    case 'stretch': {
      const { from, sources, total } = node;
      const numbers = [from + 1, from + sources.length, total].map(value => value.toLocaleString('en'));
      const item = new TreeItem(l10n.t('More… {0} to {1} of {2}', ...numbers), TreeItemCollapsibleState.Collapsed);
      item.iconPath = new ThemeIcon('ellipsis');
      return item;
    }
    case 'notRead': {
      const item = new TreeItem(l10n.t('Not read'), TreeItemCollapsibleState.Expanded);
      item.description = node.notes.length.toLocaleString('en');
      item.iconPath = warning;
      return item;
    }
    case 'note':
      return textItem(node.text, warning);
    case 'problem': {
      const item = textItem(node.message, new ThemeIcon('error', new ThemeColor('list.errorForeground')));
      item.command = {
        command: 'workbench.action.openSettings',
        title: l10n.t('Open Setting'),
        arguments: [settingIds.sources],
      };
      return item;
    }
  }
}

function textItem(text: string, icon: ThemeIcon): TreeItem {
  const item = new TreeItem(labelText(text, longest), TreeItemCollapsibleState.None);
  item.iconPath = icon;
  item.tooltip = labelText(text, 1_000);
  return item;
}

function groupItem(group: Exclude<SourceGroup, RemoteGroup>): TreeItem {
  const { sources } = group;
  const state = sources.length > 0 ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.None;
  const item = new TreeItem(groupName(group), state);
  const count = counted(sources.length, l10n.t('source'), l10n.t('sources'));
  item.description = sources.length === 0 ? l10n.t('nothing to read') : count;
  item.iconPath = sources.length === 0 ? warning : new ThemeIcon(groupIcons[group.kind]);
  if (group.kind === 'added') {
    item.contextValue = addedContext;
    item.id = `added ${group.path}`;
    item.tooltip = labelText(group.path, longest);
  } else item.id = group.kind;
  return item;
}

const groupIcons = { settings: 'settings-gear', added: 'add', open: 'go-to-file', debug: 'debug-console' };

function groupName(group: Exclude<SourceGroup, RemoteGroup>): string {
  if (group.kind === 'added') return labelText(basename(group.path));
  const names = {
    settings: l10n.t('By setting'),
    open: l10n.t('Open documents'),
    debug: l10n.t('Debug sessions'),
  };
  return names[group.kind];
}

function sourceItem({ source, state }: Extract<SourceNode, { kind: 'source' }>): TreeItem {
  const item = new TreeItem(sourceName(source.path), TreeItemCollapsibleState.None);
  const format = source.format ?? l10n.t('no format fits');
  const dropped = state && state.droppedLines > 0 ? l10n.t('older lines dropped') : null;
  const folder = outerFolder(source.path);
  const facts = [state?.isRunning && l10n.t('running'), folder, format, source.timezone?.value, dropped];
  item.id = `source ${source.path}`;
  item.description = labelText(facts.filter(Boolean).join(' · '), 120);
  item.iconPath =
    source.format === null
      ? warning
      : new ThemeIcon(isCompressed(source.path) && !isRemote(source.path) ? 'file-zip' : 'file');
  item.tooltip = tooltipOf(source, state);
  item.contextValue = sourceContext;
  const spoken = [item.label, item.description, counted(source.sampled, l10n.t('record'), l10n.t('records'))];
  item.accessibilityInformation = { label: spoken.join(', ') };
  return item;
}

const isFilePath = (path: string): boolean => !/^[a-z][a-z-]+:/.test(path);
const isOutside = (path: string): boolean => isFilePath(path) && workspace.asRelativePath(path) === path;

/** Of a member of an archive the archive's name and its own. */
function nameIn(path: string): string {
  const [file = path, ...members] = path.split(memberMark);
  return [basename(file), ...members].join(memberMark);
}

/** Where a file outside of the workspace lies, by the end of its folder: the beginning is the same for many. */
function outerFolder(path: string): string | null {
  if (isRemote(path) || !isOutside(path)) return null;
  const [file = path] = path.split(memberMark, 1);
  const parts = dirname(file).split(/[\\/]/);
  return parts.length > 3 ? `…/${parts.slice(-2).join('/')}` : dirname(file);
}

/** A path as people name it; of a text that is no file its last part. */
function sourceName(path: string): string {
  // Of a remote log the place says where it is.
  if (isRemote(path)) return labelText(posix.basename(path) || path, longest);
  if (isFilePath(path)) return labelText(isOutside(path) ? nameIn(path) : workspace.asRelativePath(path), longest);
  const uri = Uri.parse(path);
  return labelText(basename(uri.path).replace(/\.log$/, '') || path, longest);
}

function tooltipOf(source: DetectedSource, state: SessionState | null): string {
  const { path, sampled, unparsed, format, timezone, service, encoding, set } = source;
  const zone = timezone && (timezone.assumed ? l10n.t('{0} (assumed)', timezone.value) : timezone.value);
  return [
    path,
    l10n.t('Format: {0}', format ?? l10n.t('no format fits')),
    zone && l10n.t('Time zone: {0}', zone),
    service.value && l10n.t('Service: {0}', service.value),
    encoding !== 'utf-8' && l10n.t('Encoding: {0}', encoding),
    set && l10n.t('Rotated set: {0}', set),
    l10n.t('Records looked at: {0}', sampled.toLocaleString('en')),
    unparsed ? l10n.t('Of them not understood: {0}', unparsed.toLocaleString('en')) : null,
    state && state.droppedLines > 0
      ? l10n.t('Older lines that are no longer kept: {0}', state.droppedLines.toLocaleString('en'))
      : null,
  ]
    .flatMap(line => (line ? [labelText(line, longest)] : []))
    .join('\n');
}

/** The command of a click. */
export const openCommand = (node: SourceNode) => ({
  command: commandIds.openSource,
  title: l10n.t('Open'),
  arguments: [node],
});
