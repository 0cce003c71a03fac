import { createHash } from 'node:crypto';
import path from 'node:path';
import type { SourceRef } from '../byteSource';
import { FileSource } from '../fileSource';
import { openSource } from '../openSource';
import type { Recognised } from './recognise';
import { type RotatedSet, rotatedSets } from './rotatedSets';
import type { Skipped } from './skipped';

/** So much of the beginning (and the end) tells whether two files are the same. */
const compared = 64 * 1024;

/**
 * Puts the members of each rotated set one after the other, the oldest first, where the first of them stands; what is there
 * twice is read once: packed beside what it was packed from, or a copy that is being made.
 */
export async function arrangeSets(sources: readonly SourceRef[]): Promise<Recognised> {
  const skipped: Skipped[] = [];
  const placed = new Map<SourceRef, SourceRef[]>();
  for (const files of byFolder(sources).values()) {
    for (const set of rotatedSets([...files.keys()])) {
      const members = set.members.flatMap(({ name, turn }) => {
        const source = files.get(name);
        return source ? [{ source, turn }] : [];
      });
      const kept = await withoutTwins(members, skipped);
      const arranged = kept.map((source, index) => ({ ...source, set: { name: set.name, index } }));
      for (const { source } of members) placed.set(source, []);
      const inSet = new Set(members.map(({ source }) => source));
      const first = sources.find(source => inSet.has(source));
      if (first) placed.set(first, kept.length > 1 ? arranged : kept);
    }
  }
  return { sources: sources.flatMap(source => placed.get(source) ?? [source]), skipped };
}

/** Files and members of archives by their folder, and there by their name. */
function byFolder(sources: readonly SourceRef[]): Map<string, Map<string, SourceRef>> {
  const folders = new Map<string, Map<string, SourceRef>>();
  for (const source of sources) {
    if (source.kind === 'text') continue;
    const folder = path.dirname(source.id);
    const files = folders.get(folder) ?? new Map<string, SourceRef>();
    folders.set(folder, files.set(path.basename(source.id), source));
  }
  return folders;
}

type Placed = { source: SourceRef; turn: RotatedSet['members'][number]['turn'] };

async function withoutTwins(members: readonly Placed[], skipped: Skipped[]): Promise<SourceRef[]> {
  const kept: Placed[] = [];
  const stamps: Stamps = new Map();
  for (const member of members) {
    const twin = await twinOf(member, kept, stamps);
    if (!twin) {
      kept.push(member);
      continue;
    }
    // What is not packed can be read from anywhere; of two alike, the live one may be emptied at any moment.
    const unpacked = twin.source.packing !== 'none' && member.source.packing === 'none';
    const [stays, goes] = unpacked ? [member, twin] : [twin, member];
    kept[kept.indexOf(twin)] = stays;
    skipped.push({ source: goes.source.id, reason: `holds the same as ${stays.source.id}, which is read` });
  }
  return kept.map(({ source }) => source);
}

type Stamps = Map<SourceRef, string | null>;

async function twinOf(member: Placed, kept: readonly Placed[], stamps: Stamps): Promise<Placed | null> {
  const { source, turn } = member;
  for (const other of kept) {
    const samePart = other.turn === turn && (await beginning(other.source)).equals(await beginning(source));
    if (samePart || sameBytes(other.source, source, stamps)) return other;
  }
  return null;
}

/** The first decoded bytes; none of what cannot be read, which is told when it is. */
async function beginning(ref: SourceRef): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    const source = openSource(ref);
    try {
      await source.stream(chunk => {
        chunks.push(Buffer.from(chunk.subarray(0, compared - length)));
        length += chunk.length;
        return length < compared;
      });
    } finally {
      source.close();
    }
  } catch {
    return Buffer.from(ref.id);
  }
  return Buffer.concat(chunks);
}

function sameBytes(a: SourceRef, b: SourceRef, stamps: Stamps): boolean {
  if (a.kind !== 'file' || b.kind !== 'file' || a.storedSize !== b.storedSize || a.packing !== b.packing) return false;
  for (const ref of [a, b]) if (!stamps.has(ref)) stamps.set(ref, stamp(ref));
  return stamps.get(a) !== null && stamps.get(a) === stamps.get(b);
}

/** Of the beginning and the end, as they are stored; `null` of what cannot be read, which is told when it is. */
function stamp(ref: SourceRef): string | null {
  try {
    const source = new FileSource(ref);
    try {
      const hash = createHash('sha1');
      const bytes = Buffer.alloc(compared);
      for (const from of [0, Math.max(0, source.size - compared)]) {
        hash.update(bytes.subarray(0, source.read(bytes, from)));
      }
      return hash.digest('hex');
    } finally {
      source.close();
    }
  } catch {
    return null;
  }
}
