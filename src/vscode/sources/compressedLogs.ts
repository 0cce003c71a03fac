import { basename } from 'node:path';
import { l10n, type TextDocumentContentProvider, Uri } from 'vscode';
import { isRemote } from '../../common/protocol/places/remotePlaces';
import { gone } from '../../node/sources/discover/skipped';
import { memberMark } from '../../node/sources/discover/sourceNames';
import { logScheme } from '../contributions';
import { UserError } from '../userError';

/** VS Code hands no larger document to extensions, and an editor is no place for one. Also stops a bomb. */
export const maxTextBytes = 50 * 1024 * 1024;

/** Whether no text editor opens a source by itself: it is packed, a member of an archive, or behind a URL. */
export const isCompressed = (source: string): boolean =>
  isRemote(source) || source.includes(memberMark) || /\.(?:gz|zstd?|bz2|xz)$/i.test(source);

/** A source that is no path goes with the URI, whose own path only names the tab. */
export function compressedLogUri(source: string): Uri {
  if (isRemote(source)) {
    const path = source.replace(/^[a-z]+:(?:\/\/)?(?:[^@/]*@)?/i, '/').replace(/[?#].*$/s, '');
    return Uri.from({ scheme: logScheme, path, query: source });
  }
  const uri = Uri.file(source).with({ scheme: logScheme });
  return source.includes(memberMark) ? uri.with({ query: source }) : uri;
}

/** The source that a document of {@link logScheme} shows. */
export const compressedLogSource = ({ query, fsPath }: Uri): string => query || fsPath;

/** Shows what no text editor opens by itself as a read-only document. */
export class CompressedLogs implements TextDocumentContentProvider {
  async provideTextDocumentContent(uri: Uri): Promise<string> {
    const source = compressedLogSource(uri);
    // A document is opened by its URI, which anyone can make up: the network is asked only for what was searched.
    if (isRemote(source)) throw new UserError(l10n.t('Search again to see {0}.', source));
    return textOf(source);
  }
}

async function textOf(source: string): Promise<string> {
  const name = basename(source);
  if (!isCompressed(source)) throw new UserError(l10n.t('{0} is not a compressed log.', name));
  // Not before it is needed: what unpacks is half of the extension.
  const { readText } = await import('../../node/sources/readText');
  const read = await readText(source, maxTextBytes);
  if (read.kind === 'text') return read.text;
  if (read.kind === 'tooLong') throw tooLarge(name);
  if (read.reason === gone) throw new UserError(l10n.t('{0} is no longer there: {1}', name, source));
  throw new UserError(l10n.t('{0} cannot be shown: {1}', name, read.reason));
}

const tooLarge = (name: string): UserError =>
  new UserError(
    l10n.t(
      '{0} has more than {1} MB when decompressed, which is more than an editor can show. Decompress it and open the result.',
      name,
      maxTextBytes / 1024 / 1024,
    ),
  );
