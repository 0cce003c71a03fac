import { commands, type Disposable, type Uri, ViewColumn, window, workspace } from 'vscode';
import { contextKeys, settingIds, tourId, tracesViewId } from '../contributions';
import type { EngineAccess } from '../engine/engineAccess';
import { addLogFiles } from '../sources/addLogFiles';
import { SourceChanges } from '../sources/sourceChanges';
import type { SourcePlaces } from '../sources/sourcePlaces';
import type { ShowManner } from '../timeline/timelines';
import type { ErrorReporter } from '../userError';
import { copyId, tracesCommands } from './tracesCommands';
import { TracesView } from './tracesView';

interface TracesParts {
  access: EngineAccess;
  places: SourcePlaces;
  errors: ErrorReporter;
  extensionUri: Uri;
  show(text: string, manner: ShowManner): Promise<void>;
  howRead(): Promise<void>;
}

/** The *Traces* view with its commands, and what keeps it up to date. */
export function createTraces({ access, places, errors, extensionUri, show, howRead }: TracesParts) {
  const open = (text: string, manner: ShowManner) => show(text, { column: ViewColumn.Active, ...manner });
  const view: TracesView = new TracesView({
    access,
    extensionUri,
    actions: {
      open: errors.guard(({ text, preview }) => {
        // As in VS Code's own lists: where a double click opens, a click only selects.
        const clickOpens = workspace.getConfiguration('workbench.list').get('openMode') !== 'doubleClick';
        return !preview || clickOpens ? open(text, { preview }) : undefined;
      }),
      copy: errors.guard(({ correlationId }) => copyId(correlationId)),
      addLogs: errors.guard(() => addLogFiles(places)),
      openFolder: errors.guard(() => commands.executeCommand('vscode.openFolder')),
      takeTour: errors.guard(() => commands.executeCommand('workbench.action.openWalkthrough', tourId)),
      openSetting: errors.guard(() => commands.executeCommand('workbench.action.openSettings', settingIds.sources)),
      howRead: errors.guard(howRead),
    },
  });
  const changes = new SourceChanges(places);
  const disposables: Disposable[] = [
    view,
    changes,
    changes.onDidChange(() => view.refreshIfStale()),
    window.registerWebviewViewProvider(tracesViewId, view),
    view.session.onDidChange(
      ({ query }) => void commands.executeCommand('setContext', contextKeys.tracesFiltered, query.filter.trim() !== ''),
    ),
  ];
  const { commands: handlers, list } = tracesCommands({ view, show: open });
  return { commands: handlers, list, disposables };
}
