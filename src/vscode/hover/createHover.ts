import { type Disposable, languages, type TextEditor, window } from 'vscode';
import { hoverDocuments } from '../contributions';
import type { EngineAccess } from '../engine/engineAccess';
import type { ErrorReporter } from '../userError';
import { IdHoverProvider } from './hover';
import type { HoverLinks } from './hoverLinks';
import type { HoverTraces } from './hoverTraces';

interface HoverParts {
  access: EngineAccess;
  links: HoverLinks;
  traces: HoverTraces;
  errors: ErrorReporter;
}

/** In ms; a pointer takes longer to come to rest. */
const afterActivation = 100;

/** Hovers in logs, got ready as soon as a log is in front. */
export function createHover({ access, links, traces, errors }: HoverParts): Disposable[] {
  const hover = new IdHoverProvider(access, links, traces, errors);
  const prepare = (editor: TextEditor | undefined) =>
    editor && void hover.prepare(editor.document).catch(error => errors.note(error));
  // Not while VS Code waits for the extension: the engine's threads would take its time.
  const soon = setTimeout(() => prepare(window.activeTextEditor), afterActivation);
  return [
    { dispose: () => clearTimeout(soon) },
    window.onDidChangeActiveTextEditor(prepare),
    languages.registerHoverProvider([...hoverDocuments], hover),
  ];
}
