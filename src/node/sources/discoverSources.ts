import { createHash } from 'node:crypto';
import { closeSync, constants, fstatSync, lstatSync, openSync, realpathSync, statSync } from 'node:fs';
import { sourceId } from '../../common/model/units';
import type { SourcePlace } from '../../common/protocol/logEngine';
import type { SourceRef } from './byteSource';
import { expandPlace } from './expandPlace';
import { fileName, readFully } from './fileSource';
import { type Skipped, unreadable } from './skipped';
import { holeSize, sniff, sniffSize } from './sniff';
import { leadsOut, realFolder } from './within';

export interface Discovered {
  /** In the order of the places; files of a folder or a glob in the order of their names. */
  sources: SourceRef[];
  /** Everything that was named or found and is not read, with the reason. */
  skipped: Skipped[];
}

/** Finds what can be read in the places that a user named. Reads the first 8 KiB of each file, no more. */
export async function discoverSources(places: readonly SourcePlace[]): Promise<Discovered> {
  const sources: SourceRef[] = [];
  const skipped: Skipped[] = [];
  const physical = new Map<string, string>();
  const unsaved = new Map(places.flatMap(place => (place.kind === 'unsaved' ? [[place.id, place.text]] : [])));
  for (const place of places) {
    if (place.kind === 'unsaved') continue;
    if (place.kind === 'text') {
      const looked = lookAtText(place.id, place.text);
      if ('reason' in looked) skipped.push(looked);
      else sources.push(looked);
      continue;
    }
    const found = await expandPlace(place);
    skipped.push(...found.skipped);
    const within = place.within === undefined ? null : realFolder(place.within);
    for (const file of found.files) {
      const looked = look(file, physical, within);
      if (looked === null) continue;
      const open = [file, 'id' in looked ? looked.id : file].find(id => unsaved.has(id));
      const newer = open === undefined ? undefined : unsaved.get(open);
      if (open !== undefined && newer?.trim()) sources.push(textRef(open, newer));
      else if (open !== undefined) skipped.push({ source: open, reason: 'empty' });
      else if ('reason' in looked) skipped.push(looked);
      else sources.push(looked);
    }
  }
  return { sources, skipped };
}

/** A text as a source; its bytes are shared with the workers, not copied to each. */
export function textRef(id: string, text: string | Uint8Array): SourceRef {
  const length = typeof text === 'string' ? Buffer.byteLength(text) : text.length;
  const bytes = Buffer.from(new SharedArrayBuffer(length));
  if (typeof text === 'string') bytes.write(text);
  else bytes.set(text);
  const start = holeOf(endOfHole(bytes));
  return {
    id: sourceId(id),
    kind: 'text',
    encoding: 'utf-8',
    storedSize: length,
    start,
    file: null,
    identity: `text:${id}:${headHash(bytes.subarray(start))}`,
    year: new Date().getUTCFullYear(),
    text: new Uint8Array(bytes.buffer),
  };
}

/** Text is what it is; bytes are looked at as those of a file are. */
function lookAtText(id: string, text: string | Uint8Array): SourceRef | Skipped {
  const ref = textRef(id, text);
  if (typeof text === 'string') return ref;
  const sniffed = sniff(text.subarray(ref.start, ref.start + sniffSize));
  if (sniffed.kind === 'skip') return { source: id, reason: sniffed.reason };
  return { ...ref, kind: sniffed.source === 'gzip' ? 'gzip' : 'text', encoding: sniffed.encoding };
}

/** @returns `null` for a file that is read already under another name */
function look(file: string, physical: Map<string, string>, within: string | null): SourceRef | Skipped | null {
  try {
    const out = within === null ? null : leadsOut(file, within);
    if (out) return out;
    const stat = statSync(file);
    if (!stat.isFile()) return { source: file, reason: 'no regular file (a pipe, socket or device)' };
    const id = lstatSync(file).isSymbolicLink() ? realpathSync(file) : file;
    // Some file systems have no inode numbers.
    const key = fileName(stat) ?? realpathSync(file);
    const known = physical.get(key);
    if (known !== undefined) return known === id ? null : { source: file, reason: `the same file as ${known}` };
    physical.set(key, id);
    return readHead(id, key);
  } catch (error) {
    return { source: file, reason: unreadable(error) };
  }
}

function readHead(id: string, key: string): SourceRef | Skipped {
  // Not blocking: the file may have become a pipe since.
  const descriptor = openSync(id, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const stat = fstatSync(descriptor);
    if (!stat.isFile()) return { source: id, reason: 'no regular file (a pipe, socket or device)' };
    const start = endOfFileHole(descriptor, stat.size);
    const head = Buffer.alloc(sniffSize);
    const bytes = head.subarray(0, readFully(descriptor, head, start, sniffSize));
    if (bytes.length === 0 && stat.size > 0) return { source: id, reason: 'binary (nothing but NULs)' };
    const sniffed = sniff(bytes);
    if (sniffed.kind === 'skip') return { source: id, reason: sniffed.reason };
    return {
      id: sourceId(id),
      kind: sniffed.source,
      encoding: sniffed.encoding,
      storedSize: stat.size,
      start,
      file: fileName(stat),
      identity: `${key}:${headHash(bytes)}`,
      year: stat.mtime.getUTCFullYear(),
      text: null,
    };
  } finally {
    closeSync(descriptor);
  }
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

const endOfHole = (bytes: Uint8Array): number => {
  const end = bytes.findIndex(byte => byte !== 0);
  return end < 0 ? bytes.length : end;
};

/** A few NULs at the beginning are part of a binary format. */
const holeOf = (end: number): number => (end < holeSize ? 0 : end);

/** Of the first kilobyte, or of the last power of two that fits: a small file that grows keeps it for a while. */
function headHash(bytes: Uint8Array): string {
  const size = bytes.length >= 1024 ? 1024 : 2 ** Math.floor(Math.log2(Math.max(1, bytes.length)));
  return createHash('sha1').update(bytes.subarray(0, size)).digest('hex').slice(0, 16);
}
