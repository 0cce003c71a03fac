import { type Disposable, languages, type TextEditor, window } from 'vscode';
import { hoverDocuments } from './contributions';
import type { EngineAccess } from './engineAccess';
import { IdHoverProvider } from './hover';
import type { HoverLinks } from './hoverLinks';
import type { HoverTraces } from './hoverTraces';
import type { ErrorReporter } from './userError';

interface HoverParts {
  access: EngineAccess;
  links: HoverLinks;
  traces: HoverTraces;
  errors: ErrorReporter;
}

/** Hovers in logs, got ready as soon as a log is in front. */
export function createHover({ access, links, traces, errors }: HoverParts): Disposable[] {
  const hover = new IdHoverProvider(access, links, traces, errors);
  const prepare = (editor: TextEditor | undefined) =>
    editor && void hover.prepare(editor.document).catch(error => errors.note(error));
  prepare(window.activeTextEditor);
  return [window.onDidChangeActiveTextEditor(prepare), languages.registerHoverProvider([...hoverDocuments], hover)];
}
