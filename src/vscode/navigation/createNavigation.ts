import { type Disposable, languages, type ViewColumn, window, workspace } from 'vscode';
import { FrameLinkProvider, openFrame } from '../code/frameLinks';
import { commandIds, hoverDocuments, linkCommandIds } from '../contributions';
import type { EngineAccess } from '../engine/engineAccess';
import type { HoverLinks } from '../hover/hoverLinks';
import type { HoverTraces } from '../hover/hoverTraces';
import type { LogViews } from '../logView/logViews';
import type { ShowManner } from '../timeline/timelines';
import type { TraceSession } from '../timeline/traceSession';
import type { ErrorReporter } from '../userError';
import { CursorSync } from './cursorSync';
import { ErrorLensProvider } from './errorLenses';
import { LineTraces } from './lineTraces';
import { goToRecord } from './nextRecord';
import { openHoverLink } from './openHoverLink';
import { PreviousStepProvider } from './previousStep';
import { RecordReferenceProvider } from './recordReferences';
import type { RevealParts } from './revealRecord';
import { TerminalIdProvider } from './terminalIds';

export interface NavigationParts {
  access: EngineAccess;
  traces: HoverTraces;
  links: HoverLinks;
  errors: ErrorReporter;
  reveal: RevealParts & { views: Pick<LogViews, 'onDidSelectLine'> };
  /** Of the open timelines. */
  sessions(): readonly TraceSession[];
  /** Of the open timelines. */
  columns(): ViewColumn[];
  show(text: string, manner?: ShowManner): Promise<void>;
}

/** VS Code's own ways from a line to another, for traces: definition, references, lenses, links, the cursor. */
export function createNavigation(parts: NavigationParts) {
  const { access, traces, links, errors, reveal, sessions, columns, show } = parts;
  const lines = new LineTraces(access, traces);
  const lenses = new ErrorLensProvider(lines, links);
  const documents = [...hoverDocuments];
  const disposables: Disposable[] = [
    languages.registerDefinitionProvider(documents, new PreviousStepProvider(lines)),
    languages.registerReferenceProvider(documents, new RecordReferenceProvider(lines)),
    languages.registerCodeLensProvider(documents, lenses),
    languages.registerDocumentLinkProvider(documents, new FrameLinkProvider()),
    window.registerTerminalLinkProvider(new TerminalIdProvider(errors.guard(id => show(id)))),
    new CursorSync(lines, sessions, reveal.views.onDidSelectLine, error => errors.note(error)),
    workspace.onDidChangeConfiguration(event => event.affectsConfiguration('throughline') && lenses.refresh()),
  ];
  return {
    disposables,
    commands: {
      [commandIds.nextRecord]: () => goToRecord(lines, reveal, 1),
      [commandIds.previousRecord]: () => goToRecord(lines, reveal, -1),
      [linkCommandIds.openHoverLink]: (token: unknown) => openHoverLink({ links, lines, reveal, show }, token),
      [linkCommandIds.openFrame]: (...args: unknown[]) => openFrame(args, columns()),
    },
  };
}
