import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { constants, createGunzip } from 'node:zlib';
import { l10n, type TextDocumentContentProvider, Uri } from 'vscode';
import { logScheme } from './contributions';
import { UserError } from './userError';

/** VS Code hands no larger document to extensions, and an editor is no place for one. Also stops a zip bomb. */
export const maxTextBytes = 50 * 1024 * 1024;

export const isCompressed = (path: string): boolean => /\.gz$/i.test(path);

export const compressedLogUri = (path: string): Uri => Uri.file(path).with({ scheme: logScheme });

/** Shows what is inside a `.gz` as a read-only document. */
export class CompressedLogs implements TextDocumentContentProvider {
  private readonly ready = new Map<string, string>();

  /** Before the document is opened: an error on this way reaches the user as it was written. @throws UserError */
  async prepare(path: string): Promise<Uri> {
    const uri = compressedLogUri(path);
    this.ready.set(uri.toString(), await unzippedText(path));
    return uri;
  }

  async provideTextDocumentContent(uri: Uri): Promise<string> {
    const prepared = this.ready.get(uri.toString());
    // VS Code holds the text from here on.
    this.ready.delete(uri.toString());
    return prepared ?? unzippedText(uri.with({ scheme: 'file' }).fsPath);
  }
}

async function unzippedText(path: string): Promise<string> {
  const name = basename(path);
  if (!isCompressed(path)) throw new UserError(l10n.t('{0} is not a compressed log (.gz).', name));
  const file = await stat(path).catch(() => null);
  if (!file?.isFile()) throw new UserError(l10n.t('{0} is no longer there: {1}', name, path));
  const chunks: Buffer[] = [];
  let length = 0;
  // A log that is still being written, or was cut off, has no proper end: what is there counts.
  const unzip = createGunzip({ finishFlush: constants.Z_SYNC_FLUSH });
  try {
    await pipeline(createReadStream(path), unzip, async (source: AsyncIterable<Buffer>) => {
      for await (const chunk of source) {
        length += chunk.length;
        if (length > maxTextBytes) throw tooLarge(name);
        chunks.push(chunk);
      }
    });
  } catch (error) {
    if (error instanceof UserError) throw error;
    if (chunks.length === 0) throw new UserError(l10n.t('{0} cannot be decompressed: it is no valid gzip file.', name));
  }
  return Buffer.concat(chunks).toString('utf8');
}

const tooLarge = (name: string): UserError =>
  new UserError(
    l10n.t(
      '{0} has more than {1} MB when decompressed, which is more than an editor can show. Decompress it and open the result.',
      name,
      maxTextBytes / 1024 / 1024,
    ),
  );
