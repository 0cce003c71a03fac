import { commands, type Disposable, l10n, type ViewColumn, window } from 'vscode';
import { commandIds, contextKeys, sourcesViewId } from '../contributions';
import type { DebugOutput } from '../debug/debugOutput';
import type { EngineAccess } from '../engine/engineAccess';
import { type RevealParts, revealRecord } from '../navigation/revealRecord';
import type { RemoteHost } from '../remote/remoteHost';
import { commandAction } from '../userError';
import { updateContext } from './addLogFiles';
import { SourceChanges } from './sourceChanges';
import type { SourcePlaces } from './sourcePlaces';
import { SourcesTree } from './sourcesTree';

export interface SourcesParts {
  access: EngineAccess;
  places: SourcePlaces;
  debugOutput: DebugOutput;
  remote: RemoteHost;
  reveal: RevealParts;
  columns(): ViewColumn[];
}

/** The *Sources* view: what is read, and how. Nothing is read before it is seen. */
export function createSources({ access, places, debugOutput, remote, reveal, columns }: SourcesParts) {
  const tree = new SourcesTree({
    access,
    places,
    sessionOf: source => debugOutput.stateOf(source),
    remoteOf: place => remote.stateOf(place),
  });
  const view = window.createTreeView(sourcesViewId, { treeDataProvider: tree, showCollapseAll: true });
  let isStale = true;
  const read = () => {
    isStale = !view.visible;
    if (isStale) return;
    void window.withProgress({ location: { viewId: sourcesViewId } }, async () => {
      await tree.read();
      await commands.executeCommand('setContext', contextKeys.noSources, tree.isEmpty);
    });
  };
  const changes = new SourceChanges(places);
  const disposables: Disposable[] = [
    view,
    tree,
    changes,
    changes.onDidChange(read),
    debugOutput.onDidBegin(read),
    remote.onDidChange(() => tree.redraw()),
    remote.onDidReach(read),
    view.onDidChangeVisibility(() => isStale && read()),
  ];
  const open = async (argument: unknown) => {
    const node = tree.own(argument);
    if (node?.kind !== 'source') return;
    const place = { source: node.source.path, line: null, message: '', timestamp: null, ids: [] };
    const again = commandAction(l10n.t('Refresh'), commandIds.refreshSources);
    await revealRecord(place, reveal, { preserveFocus: true, avoid: columns(), again });
  };
  const again = async () => {
    remote.askAgain();
    await commands.executeCommand(`${sourcesViewId}.focus`);
    read();
  };
  return {
    disposables,
    commands: {
      [commandIds.refreshSources]: again,
      [commandIds.retrySource]: again,
      [commandIds.openSource]: open,
      [commandIds.removeSource]: async (argument: unknown) => {
        const node = tree.own(argument);
        if (node?.kind !== 'group' && node?.kind !== 'remote') return;
        if (node.group.kind !== 'added' && node.group.kind !== 'remote') return;
        const { path } = node.group;
        await places.setAdded(places.added.filter(added => added !== path));
        await updateContext(places);
      },
    },
  };
}
