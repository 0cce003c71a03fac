import { sep } from 'node:path';
import { type Memento, TabInputText, type Uri, window } from 'vscode';
import { stateKeys } from '../contributions';

/**
 * What the user took back from what was added, as long as a log of it stands in a tab: to be open is no reason to read on
 * what was just removed. Once its tabs are closed it is like any other log.
 */
export class RemovedLogs {
  private readonly state: Memento;

  constructor(state: Memento) {
    this.state = state;
  }

  /** Whether a document is read no longer. */
  has({ fsPath }: Uri): boolean {
    return this.paths.some(path => isIn(path, fsPath));
  }

  /** @param before and after: what is added, by absolute paths */
  async change(before: readonly string[], after: readonly string[]): Promise<void> {
    const open = openFiles();
    const removed = [...this.paths, ...before.filter(path => !after.includes(path))];
    const kept = removed.filter(path => !after.includes(path) && open.some(file => isIn(path, file)));
    await this.state.update(stateKeys.removedLogs, [...new Set(kept)]);
  }

  private get paths(): string[] {
    const paths = this.state.get<string[]>(stateKeys.removedLogs, []);
    if (paths.length === 0) return paths;
    const open = openFiles();
    const kept = paths.filter(path => open.some(file => isIn(path, file)));
    if (kept.length < paths.length) void this.state.update(stateKeys.removedLogs, kept);
    return kept;
  }
}

const isIn = (place: string, file: string): boolean =>
  file === place || file.startsWith(place.endsWith(sep) ? place : `${place}${sep}`);

/** Of the tabs, and not only of the documents that VS Code has loaded by now. */
const openFiles = (): string[] =>
  window.tabGroups.all.flatMap(({ tabs }) =>
    tabs.flatMap(({ input }) =>
      input instanceof TabInputText && input.uri.scheme === 'file' ? [input.uri.fsPath] : [],
    ),
  );
