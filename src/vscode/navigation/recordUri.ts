import { Location, Range, Uri } from 'vscode';
import type { RecordDocument } from '../../common/protocol/documents';
import { compressedLogUri, isCompressed } from '../sources/compressedLogs';

const lineEnd = Number.MAX_SAFE_INTEGER;

/** Where a record stands, as the editor says it; `null` where nobody counted the lines before it. */
export function locationOf({ source, line }: RecordDocument): Location | null {
  return line === null ? null : new Location(uriOf(source), new Range(line - 1, 0, line - 1, lineEnd));
}

/** The document that shows a source: a file, a read-only text of what is packed, or an open text by its URI. */
export function uriOf(source: string): Uri {
  if (isCompressed(source)) return compressedLogUri(source);
  return /^[a-z][\w+.-]+:/i.test(source) && !/^[a-z]:[\\/]/i.test(source) ? Uri.parse(source, true) : Uri.file(source);
}
