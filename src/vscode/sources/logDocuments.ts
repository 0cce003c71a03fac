import { languages, type TextDocument } from 'vscode';
import { logDocuments, logScheme, outputScheme } from '../contributions';
import { compressedLogSource } from './compressedLogs';

/** Whether a document may be a log: by scheme, language or name. */
export const isLogDocument = (document: TextDocument): boolean => languages.match([...logDocuments], document) > 0;

/** Whether a text is in no file: an untitled one, or what a program writes to the Output panel. */
export const hasNoFile = ({ uri }: TextDocument): boolean => uri.scheme === 'untitled' || uri.scheme === outputScheme;

/** The source that the engine knows a document by. */
export function sourceOf(document: TextDocument): string {
  const { scheme, fsPath } = document.uri;
  if (scheme === logScheme) return compressedLogSource(document.uri);
  return scheme === 'file' ? fsPath : document.uri.toString();
}
