import { languages, type TextDocument } from 'vscode';
import { compressedLogSource } from './compressedLogs';
import { logDocuments, logScheme } from './contributions';

/** Whether a document may be a log: by scheme, language or name. */
export const isLogDocument = (document: TextDocument): boolean => languages.match([...logDocuments], document) > 0;

export const isUntitled = (document: TextDocument): boolean => document.uri.scheme === 'untitled';

/** The source that the engine knows a document by. */
export function sourceOf(document: TextDocument): string {
  const { scheme, fsPath } = document.uri;
  if (scheme === logScheme) return compressedLogSource(document.uri);
  return scheme === 'file' ? fsPath : document.uri.toString();
}
