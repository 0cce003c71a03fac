import { Range, workspace } from 'vscode';
import type { RecordDocument } from '../../common/protocol/documents';
import type { LogEngine } from '../../common/protocol/logEngine';
import { isCompressed } from '../sources/compressedLogs';
import { sourceOf } from '../sources/logDocuments';

/** A list of references shows a line from a little before the range on, and no more of it than this. */
const shownColumns = 60;
/** Lines that no editor holds are read again, each by itself; a list of more is nobody's to read through. */
const mostRead = 300;
const lineEnd = Number.MAX_SAFE_INTEGER;

/** The lines of records; of a wide one whose message stands far in, the part from the message on. In their order. */
export async function referenceRanges(
  records: readonly (RecordDocument & { line: number })[],
  engine: Pick<LogEngine, 'lines'>,
): Promise<Range[]> {
  const open = new Map(workspace.textDocuments.map(document => [sourceOf(document), document]));
  let left = mostRead;
  const textOf = async ({ source, line, byteOffset }: RecordDocument & { line: number }): Promise<string> => {
    const document = open.get(source);
    if (document) return line <= document.lineCount ? document.lineAt(line - 1).text : '';
    if (isCompressed(source) || left-- <= 0) return '';
    // What cannot be read any more is shown from its beginning.
    const shown = await engine.lines({ source, at: byteOffset, before: 0, after: 1 }).catch(() => null);
    return shown?.lines[0]?.text ?? '';
  };
  return Promise.all(
    records.map(async record => {
      const at = messageAt(await textOf(record), record.message);
      return new Range(record.line - 1, at < shownColumns ? 0 : at, record.line - 1, lineEnd);
    }),
  );
}

/** Where a message begins in its line; 0 where it is not to be found there as it is. */
function messageAt(text: string, message: string): number {
  const [first = ''] = message.split('\n', 1);
  // Escapes and quotes stand otherwise in JSON.
  const [piece = ''] = /^[ !#-[\]-~]+/.exec(first.slice(0, 200)) ?? [];
  return piece.trim() === '' ? 0 : Math.max(0, text.indexOf(piece));
}
