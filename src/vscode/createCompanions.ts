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
import { createTraceTexts } from './traceText/createTraceTexts';
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
  const note = (error: unknown) => errors.note(error);
  debugOutput.register();
  const steps = createSteps({ timelines, note });
  const sources = createSources({ access, places, debugOutput, reveal, columns: () => timelines.columns });
  const activity = createActivity({ timelines, index });
  const texts = createTraceTexts({ timelines, reveal, note });
  const disposables: Disposable[] = [
    debugOutput,
    ...steps.disposables,
    ...sources.disposables,
    ...activity.disposables,
    ...texts.disposables,
  ];
  return {
    disposables,
    commands: { ...steps.commands, ...sources.commands, ...activity.commands, ...texts.commands },
  };
}
