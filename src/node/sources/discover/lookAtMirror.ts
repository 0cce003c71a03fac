import { open } from 'node:fs/promises';
import { sourceId } from '../../../common/model/units';
import type { MirroredFile } from '../../remote/mirror';
import type { SourceRef } from '../byteSource';
import { fileName } from '../fileSource';
import { missingOf, type Stretch } from '../heldBlocks';
import { endOfHole, headHash, holeOf } from './hole';
import { none, type Recognised, recognise } from './recognise';
import { unreadable } from './skipped';
import { sniff, sniffSize } from './sniff';

/**
 * What a remote file is, by what is here of it; never throws.
 * @param hold fetches more of it
 */
export async function lookAtMirror(
  file: MirroredFile,
  hold: (url: string, stretches: Stretch[]) => Promise<void>,
): Promise<Recognised> {
  const { url, size } = file;
  try {
    if (size === 0) return none(url, 'empty');
    const head = { from: 0, to: Math.min(size, sniffSize) };
    if (file.held && missingOf(file.held, head, size).length > 0) await hold(url, [head]);
    const bytes = await read(file, head.to);
    const start = holeOf(endOfHole(bytes));
    if (start > 0 && start === bytes.length) return none(url, 'binary (begins with nothing but NULs)');
    const log = bytes.subarray(start);
    const sniffed = sniff(log);
    if (sniffed.kind === 'log' && sniffed.encoding === 'utf-8')
      return { sources: [refOf(file, start, log)], skipped: [] };
    // Nothing of it can be read without what stands before.
    if (sniffed.kind !== 'skip' && file.held) await hold(url, [{ from: 0, to: size }]);
    return await recognise(refOf({ ...file, held: null }, start, log), log);
  } catch (error) {
    return none(url, unreadable(error));
  }
}

/** @throws Error where another copy came to its place, since the far file was renamed; Error of the file system */
async function read({ path, file }: MirroredFile, length: number): Promise<Buffer> {
  const handle = await open(path, 'r');
  try {
    if (fileName(await handle.stat()) !== file) throw new Error('it was rotated just now: search again');
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

const refOf = (
  { url, path, file, size, modified, written, held }: MirroredFile,
  start: number,
  log: Buffer,
): SourceRef => ({
  id: sourceId(url),
  kind: 'file',
  packing: 'none',
  encoding: 'utf-8',
  storedSize: size,
  start,
  file,
  identity: `${url}:${headHash(log)}`,
  modified,
  written,
  text: null,
  member: null,
  mirror: { path, held },
  set: null,
});
