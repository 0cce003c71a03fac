import { type Disposable, EventEmitter, window, workspace } from 'vscode';
import type { SourcePlaces } from './sourcePlaces';

/** Many things change at once (a window with ten tabs opens): they are one change. */
const restMs = 300;

/**
 * Tells that other logs may be meant now than before: by setting, by folder, by *Add Log Files…*, by what is open. That
 * a log has grown is told by the engine, see `TracesFollowing`.
 */
export class SourceChanges implements Disposable {
  private readonly changed = new EventEmitter<void>();
  readonly onDidChange = this.changed.event;
  private readonly subscriptions: Disposable[];
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(places: SourcePlaces) {
    const tell = () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.changed.fire(), restMs);
    };
    this.subscriptions = [
      places.onDidChangeAdded(tell),
      workspace.onDidChangeConfiguration(event => event.affectsConfiguration('throughline') && tell()),
      workspace.onDidChangeWorkspaceFolders(tell),
      workspace.onDidGrantWorkspaceTrust(tell),
      workspace.onDidSaveTextDocument(tell),
      window.tabGroups.onDidChangeTabs(({ opened, closed }) => (opened.length > 0 || closed.length > 0) && tell()),
    ];
  }

  dispose(): void {
    clearTimeout(this.timer);
    for (const subscription of this.subscriptions) subscription.dispose();
    this.changed.dispose();
  }
}
