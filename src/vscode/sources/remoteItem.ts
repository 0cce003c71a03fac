import { l10n, ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState } from 'vscode';
import type { RemoteState } from '../../common/protocol/sourceHost';
import { counted, labelText } from '../format';
import type { SourceGroup } from './sourceGroups';

export type RemoteGroup = Extract<SourceGroup, { kind: 'remote' }>;

/** What menus are told of a place on another machine; package.json has the same words. */
export const remoteContext = 'remote';
export const addedRemoteContext = 'remote added';

const longest = 300;

/** A place on another machine: how it is doing, and what it has. */
export function remoteItem({ path, isAdded, sources }: RemoteGroup, state: RemoteState | null): TreeItem {
  const { host, rest } = partsOf(path);
  // Open from the beginning: VS Code does not open what had nothing below it at first.
  const item = new TreeItem(labelText(host, longest), TreeItemCollapsibleState.Expanded);
  const facts = [
    phaseText(state, sources.length),
    state && state.bytes > 0 && l10n.t('{0} MB read', megabytes(state.bytes)),
    rest,
  ];
  item.id = `remote ${path}`;
  item.description = labelText(facts.filter(Boolean).join(' · '), longest);
  item.iconPath = iconOf(state);
  item.tooltip = [path, item.description, state?.error]
    .flatMap(line => (line ? [labelText(line, 1_000)] : []))
    .join('\n');
  item.contextValue = isAdded ? addedRemoteContext : remoteContext;
  item.accessibilityInformation = { label: [path, item.description, state?.error].filter(Boolean).join(', ') };
  return item;
}

/** Where a place is, and what of it is meant. */
function partsOf(place: string): { host: string; rest: string } {
  const [, host = place, rest = ''] = /^(?:[a-z]+:\/\/)?([^/]+)(.*)$/is.exec(place) ?? [];
  return { host, rest };
}

function phaseText(state: RemoteState | null, sources: number): string {
  const count = counted(sources, l10n.t('source'), l10n.t('sources'));
  switch (state?.phase) {
    case 'connecting':
      return l10n.t('connecting…');
    case 'asking':
      return l10n.t('waits for your answer');
    case 'reading':
      return l10n.t('{0}, reading…', count);
    case 'waiting':
      return l10n.t('waits to try again');
    case 'failed':
      return l10n.t('not read');
    default:
      return sources === 0 ? l10n.t('nothing to read') : count;
  }
}

function iconOf(state: RemoteState | null): ThemeIcon {
  switch (state?.phase) {
    case 'connecting':
    case 'reading':
      return new ThemeIcon('sync~spin');
    case 'asking':
      return new ThemeIcon('question');
    case 'waiting':
      return new ThemeIcon('debug-disconnect', new ThemeColor('list.warningForeground'));
    case 'failed':
      return new ThemeIcon('error', new ThemeColor('list.errorForeground'));
    default:
      return new ThemeIcon('remote');
  }
}

const megabytes = (bytes: number): string => Math.max(0.1, bytes / 1e6).toFixed(1);
