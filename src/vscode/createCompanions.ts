import type { Disposable, ExtensionContext } from 'vscode';
import { createActivity } from './activity/createActivity';
import { commandIds } from './contributions';
import type { DebugOutput } from './debug/debugOutput';
import type { BackgroundIndex } from './engine/backgroundIndex';
import { clearIndex } from './engine/clearIndex';
import type { EngineAccess } from './engine/engineAccess';
import type { LogViews } from './logView/logViews';
import { offerLogView, openInLogView } from './logView/openInLogView';
import type { RecentIds } from './pick/recentIds';
import { traceInFolder } from './pick/traceInFolder';
import { addLogSource } from './remote/addLogSource';
import { clearRemote } from './remote/clearRemote';
import type { RemoteHost } from './remote/remoteHost';
import { removeLogFiles, updateContext } from './sources/addLogFiles';
import { createSources } from './sources/createSources';
import { openSampleLogs } from './sources/sampleLogs';
import type { SourcePlaces } from './sources/sourcePlaces';
import { createSteps } from './steps/createSteps';
import type { ShowManner, Timelines } from './timeline/timelines';
import { createTraceTexts } from './traceText/createTraceTexts';
import type { ErrorReporter } from './userError';

export interface CompanionParts {
  context: Pick<ExtensionContext, 'extensionUri' | 'globalState' | 'globalStorageUri'>;
  remote: RemoteHost;
  access: EngineAccess;
  recent: RecentIds;
  places: SourcePlaces;
  debugOutput: DebugOutput;
  timelines: Timelines;
  views: LogViews;
  index: BackgroundIndex;
  errors: ErrorReporter;
}

/** What accompanies the timelines in the editor: views, the status bar, documents, links. */
export function createCompanions(parts: CompanionParts) {
  const { remote, access, recent, places, debugOutput, timelines, views, index, errors } = parts;
  const { extensionUri, globalState, globalStorageUri: storageUri } = parts.context;
  const reveal = { views, engine: access.current };
  const show = (text: string, manner: ShowManner) => timelines.show(text, manner);
  const within = { access, recent, scopes: timelines.scopes, show };
  const note = (error: unknown) => errors.note(error);
  debugOutput.register();
  void updateContext(places);
  const steps = createSteps({ timelines, note });
  const sources = createSources({ access, places, debugOutput, remote, reveal, columns: () => timelines.columns });
  const activity = createActivity({ timelines, index });
  const texts = createTraceTexts({ timelines, reveal, note });
  const disposables: Disposable[] = [
    places,
    debugOutput,
    offerLogView({ state: globalState, note }),
    ...steps.disposables,
    ...sources.disposables,
    ...activity.disposables,
    ...texts.disposables,
  ];
  return {
    disposables,
    commands: {
      ...steps.commands,
      ...sources.commands,
      ...activity.commands,
      ...texts.commands,
      [commandIds.goToLine]: () => views.goToLine(),
      [commandIds.openInLogView]: (...args: unknown[]) => openInLogView(args),
      [commandIds.removeLogFiles]: () => removeLogFiles(places),
      [commandIds.clearIndex]: () => clearIndex(index),
      [commandIds.addLogSource]: () => addLogSource(places, () => remote.askAgain()),
      [commandIds.clearRemote]: () => clearRemote(access.current, remote),
      [commandIds.openSampleLogs]: () => openSampleLogs({ extensionUri, storageUri, places }),
      [commandIds.traceInFolder]: (...args: unknown[]) => traceInFolder(within, args),
      [commandIds.traceInFile]: (...args: unknown[]) => traceInFolder(within, args),
    },
  };
}
