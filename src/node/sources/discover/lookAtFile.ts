import { closeSync, constants, fstatSync, lstatSync, openSync, realpathSync, type Stats, statSync } from 'node:fs';
import { sourceId } from '../../../common/model/units';
import type { SourceRef } from '../byteSource';
import { fileName, readFully } from '../fileSource';
import { endOfHole, headHash, holeOf } from './hole';
import { none, type Recognised, recognise } from './recognise';
import { unreadable } from './skipped';
import { sniffSize } from './sniff';
import { leadsOut } from './within';

/**
 * What a file is, by its first 8 KiB; never throws.
 * @param physical the files that are read already, by what names them physically; takes this one in
 * @param within the physical folder that it may not be outside of
 * @returns `known` for a file that is read already under another name
 */
export async function lookAtFile(
  file: string,
  physical: Map<string, string>,
  within: string | null,
): Promise<Recognised & { known: boolean }> {
  const skip = (reason: string) => ({ ...none(file, reason), known: false });
  try {
    const out = within === null ? null : leadsOut(file, within);
    if (out) return skip(out.reason);
    const stat = statSync(file);
    if (!stat.isFile()) return skip(irregular);
    const id = lstatSync(file).isSymbolicLink() ? realpathSync(file) : file;
    // Some file systems have no inode numbers.
    const key = fileName(stat) ?? realpathSync(file);
    const known = physical.get(key);
    if (known === id) return { sources: [], skipped: [], known: true };
    if (known !== undefined) return skip(`the same file as ${known}`);
    physical.set(key, id);
    return { ...(await headOf(id, key, stat)), known: false };
  } catch (error) {
    return skip(unreadable(error));
  }
}

/** What the heads of plain files said: every search asks anew, and most files have not changed. By what names the file. */
const heads = new Map<string, { written: string; found: Recognised }>();
const mostHeads = 10_000;
/** Times of files have gaps: within one, in ms, a file may change unseen. */
const tick = 20;

async function headOf(id: string, key: string, stat: Stats): Promise<Recognised> {
  const name = `${key}\n${id}`;
  const written = writtenOf(stat);
  const known = heads.get(name);
  if (known?.written === written) return known.found;
  const isSettled = Date.now() - Math.max(stat.mtimeMs, stat.ctimeMs) > tick;
  const found = await readHead(id, key);
  heads.delete(name);
  const [oldest] = heads.keys();
  if (heads.size >= mostHeads && oldest !== undefined) heads.delete(oldest);
  // An archive has a memory of its own.
  if (isSettled && found.sources.every(({ member }) => member === null)) heads.set(name, { written, found });
  return found;
}

/** Same as long as nobody wrote to the file. */
const writtenOf = ({ size, mtimeMs, ctimeMs }: Stats): string => `${size}:${mtimeMs}:${ctimeMs}`;

const irregular = 'no regular file (a pipe, socket or device)';

async function readHead(id: string, key: string): Promise<Recognised> {
  // Not blocking: the file may have become a pipe since.
  const descriptor = openSync(id, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  let ref: SourceRef;
  let bytes: Buffer;
  try {
    const stat = fstatSync(descriptor);
    if (!stat.isFile()) return none(id, irregular);
    const start = endOfFileHole(descriptor, stat.size);
    const head = Buffer.alloc(sniffSize);
    bytes = head.subarray(0, readFully(descriptor, head, start, sniffSize));
    if (bytes.length === 0 && stat.size > 0) return none(id, 'binary (nothing but NULs)');
    ref = {
      id: sourceId(id),
      kind: 'file',
      packing: 'none',
      encoding: 'utf-8',
      storedSize: stat.size,
      start,
      file: fileName(stat),
      identity: `${key}:${headHash(bytes)}`,
      modified: stat.mtime.getTime(),
      written: writtenOf(stat),
      text: null,
      member: null,
      mirror: null,
      set: null,
    };
  } finally {
    closeSync(descriptor);
  }
  return recognise(ref, bytes);
}

const holeChunk = 1024 * 1024;

/** Where the hole of NULs at the beginning of a file ends; 0 where it has none. */
function endOfFileHole(descriptor: number, size: number): number {
  const chunk = Buffer.allocUnsafe(holeChunk);
  for (let at = 0, length = 1; at < size; at += length, length = holeChunk) {
    const bytes = chunk.subarray(0, readFully(descriptor, chunk, at, length));
    const end = endOfHole(bytes);
    if (end < bytes.length || bytes.length === 0) return holeOf(at + end);
  }
  return size;
}
