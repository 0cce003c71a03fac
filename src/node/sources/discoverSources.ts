import { createHash } from 'node:crypto';
import { closeSync, constants, fstatSync, lstatSync, openSync, realpathSync, statSync } from 'node:fs';
import { sourceId } from '../../common/model/units';
import type { SourcePlace } from '../../common/protocol/logEngine';
import type { SourceRef } from './byteSource';
import { expandPlace } from './expandPlace';
import { readFully } from './fileSource';
import { type Skipped, unreadable } from './skipped';
import { sniff, sniffSize } from './sniff';

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
      sources.push(textRef(place.id, place.text));
      continue;
    }
    const found = await expandPlace(place);
    skipped.push(...found.skipped);
    for (const file of found.files) {
      const looked = look(file, physical);
      if (looked === null) continue;
      const open = [file, 'id' in looked ? looked.id : file].find(id => unsaved.has(id));
      if (open !== undefined) sources.push(textRef(open, unsaved.get(open) ?? ''));
      else if ('reason' in looked) skipped.push(looked);
      else sources.push(looked);
    }
  }
  return { sources, skipped };
}

/** A text as a source; its bytes are shared with the workers, not copied to each. */
export function textRef(id: string, text: string): SourceRef {
  const size = Buffer.byteLength(text);
  const bytes = Buffer.from(new SharedArrayBuffer(size));
  bytes.write(text);
  const identity = `text:${id}:${headHash(bytes)}`;
  return {
    id: sourceId(id),
    kind: 'text',
    encoding: 'utf-8',
    storedSize: size,
    identity,
    year: new Date().getUTCFullYear(),
    text: new Uint8Array(bytes.buffer),
  };
}

/** @returns `null` for a file that is read already under another name */
function look(file: string, physical: Map<string, string>): SourceRef | Skipped | null {
  try {
    const stat = statSync(file);
    if (!stat.isFile()) return { source: file, reason: 'no regular file (a pipe, socket or device)' };
    const id = lstatSync(file).isSymbolicLink() ? realpathSync(file) : file;
    // Some file systems have no inode numbers.
    const key = stat.ino === 0 ? realpathSync(file) : `${stat.dev}:${stat.ino}`;
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
    const head = Buffer.alloc(sniffSize);
    const bytes = head.subarray(0, readFully(descriptor, head, 0, sniffSize));
    const sniffed = sniff(bytes);
    if (sniffed.kind === 'skip') return { source: id, reason: sniffed.reason };
    return {
      id: sourceId(id),
      kind: sniffed.source,
      encoding: sniffed.encoding,
      storedSize: stat.size,
      identity: `${key}:${headHash(bytes)}`,
      year: stat.mtime.getUTCFullYear(),
      text: null,
    };
  } finally {
    closeSync(descriptor);
  }
}

/** Of the first kilobyte, or of the last power of two that fits: a small file that grows keeps it for a while. */
function headHash(bytes: Uint8Array): string {
  const size = bytes.length >= 1024 ? 1024 : 2 ** Math.floor(Math.log2(Math.max(1, bytes.length)));
  return createHash('sha1').update(bytes.subarray(0, size)).digest('hex').slice(0, 16);
}
