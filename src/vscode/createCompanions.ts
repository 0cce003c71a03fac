import type { Disposable } from 'vscode';
import { createActivity } from './activity/createActivity';
import type { BackgroundIndex } from './backgroundIndex';
import type { DebugOutput } from './debug/debugOutput';
import type { EngineAccess } from './engineAccess';
import type { LogViews } from './logViews';
import type { SourcePlaces } from './sourcePlaces';
import { createSources } from './sources/createSources';
import { createSteps } from './steps/createSteps';
import type { Timelines } from './timelines';
import type { ErrorReporter } from './userError';

export interface CompanionParts {
  access: EngineAccess;
  places: SourcePlaces;
  debugOutput: DebugOutput;
  timelines: Timelines;
  views: LogViews;
  index: BackgroundIndex;
  errors: ErrorReporter;
}

/** What accompanies the timelines in the editor: views, the status bar, documents, links. */
export function createCompanions({ access, places, debugOutput, timelines, views, index, errors }: CompanionParts) {
  const reveal = { views, engine: access.current };
  debugOutput.register();
  const steps = createSteps({ timelines, note: error => errors.note(error) });
  const sources = createSources({ access, places, debugOutput, reveal, columns: () => timelines.columns });
  const activity = createActivity({ timelines, index });
  const disposables: Disposable[] = [
    debugOutput,
    ...steps.disposables,
    ...sources.disposables,
    ...activity.disposables,
  ];
  return { disposables, commands: { ...steps.commands, ...sources.commands, ...activity.commands } };
}
