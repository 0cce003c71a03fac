import type { Disposable } from 'vscode';
import { createSteps } from './steps/createSteps';
import type { Timelines } from './timelines';
import type { ErrorReporter } from './userError';

export interface CompanionParts {
  timelines: Timelines;
  errors: ErrorReporter;
}

/** What accompanies the timelines in the editor: views, the status bar, documents, links. */
export function createCompanions({ timelines, errors }: CompanionParts) {
  const steps = createSteps({ timelines, note: error => errors.note(error) });
  const disposables: Disposable[] = [...steps.disposables];
  return { disposables, commands: { ...steps.commands } };
}
