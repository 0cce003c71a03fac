import { listTar } from '../archives/listTar';
import { listZip } from '../archives/listZip';
import { type Listed, memberRef } from '../archives/memberRef';
import type { SourceRef } from '../byteSource';
import { openSource } from '../openSource';
import { Remembered } from './remembered';
import { type Skipped, unreadable } from './skipped';
import { type Sniffed, sniff, sniffSize } from './sniff';

/** What a file turned out to be: one source, the members of an archive, or nothing to read. */
export interface Recognised {
  sources: SourceRef[];
  skipped: Skipped[];
}

/** To look into what is packed takes time, and every search asks anew. Weighed by the bytes that are kept with it. */
const remembered = new Remembered<Recognised>(
  128 * 2 ** 20,
  ({ sources, skipped }) =>
    4096 + 512 * (sources.length + skipped.length) + sources.reduce((sum, { text }) => sum + (text?.length ?? 0), 0),
);

/** Finds out how the bytes of a source are packed and encoded, by the first of them. */
export async function recognise(ref: SourceRef, head: Uint8Array): Promise<Recognised> {
  const sniffed = sniff(head);
  if (sniffed.kind === 'log') return one({ ...ref, encoding: sniffed.encoding });
  if (sniffed.kind === 'skip') return none(ref.id, sniffed.reason);
  const lookInto = () =>
    sniffed.kind === 'packed' ? unpack({ ...ref, packing: sniffed.packing }) : members(ref, sniffed.archive);
  if (ref.member !== null || ref.kind !== 'file') return lookInto();
  return remembered.of(`${ref.id}:${ref.identity}:${ref.storedSize}:${ref.modified}`, lookInto);
}

/** What is packed is looked at too: one level deep. */
async function unpack(ref: SourceRef): Promise<Recognised> {
  const head = await headOf(ref);
  // Damaged from the beginning: reading it will tell how.
  if (head.bytes.length === 0) return head.damaged ? one(ref) : none(ref.id, 'empty');
  const inside: Sniffed = sniff(head.bytes);
  if (inside.kind === 'log') return one({ ...ref, encoding: inside.encoding });
  if (inside.kind === 'skip') return none(ref.id, inside.reason);
  if (inside.kind === 'archive' && inside.archive === 'tar') return members(ref, 'tar');
  const what = inside.kind === 'packed' ? inside.packing : 'zip';
  return none(ref.id, `${what} inside ${ref.packing}, which is not read: unpack it once`);
}

async function members(archive: SourceRef, kind: 'zip' | 'tar'): Promise<Recognised> {
  if (archive.member !== null)
    return none(archive.id, 'an archive inside an archive, which is not read: unpack it once');
  if (archive.kind !== 'file')
    return none(archive.id, `a ${kind} archive that is no file here: save it and name the file`);
  const sources: SourceRef[] = [];
  const skipped: Skipped[] = [];
  const listing = kind === 'zip' ? listZip(archive) : listTar(archive);
  for (;;) {
    const next = await listing.next();
    if (next.done) return { sources, skipped: [...skipped, ...next.value] };
    const found = 'reason' in next.value ? { sources: [], skipped: [next.value] } : await member(archive, next.value);
    sources.push(...found.sources);
    skipped.push(...found.skipped);
  }
}

async function member(archive: SourceRef, listed: Listed): Promise<Recognised> {
  const ref = memberRef(archive, listed.name, listed);
  try {
    const found = await recognise(ref, listed.text?.subarray(0, sniffSize) ?? (await headOf(ref)).bytes);
    if (listed.whole || listed.text === null) return found;
    return { ...found, sources: found.sources.map(source => ({ ...source, text: null })) };
  } catch (error) {
    return none(ref.id, unreadable(error));
  }
}

/** The first decoded bytes. @throws Error of the file system */
async function headOf(ref: SourceRef): Promise<{ bytes: Uint8Array; damaged: boolean }> {
  const source = openSource(ref);
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    const { note } = await source.stream(chunk => {
      chunks.push(Buffer.from(chunk.subarray(0, sniffSize - length)));
      length += chunk.length;
      return length < sniffSize;
    });
    return { bytes: Buffer.concat(chunks), damaged: note !== null };
  } finally {
    source.close();
  }
}

const one = (source: SourceRef): Recognised => ({ sources: [source], skipped: [] });
/** Nothing to read, and why. */
export const none = (source: string, reason: string): Recognised => ({ sources: [], skipped: [{ source, reason }] });
