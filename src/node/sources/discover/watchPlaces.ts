import type { Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { SourcePlace } from '../../../common/protocol/logEngine';
import { isRemote, remotePlacesOf } from '../../../common/protocol/places/remotePlaces';
import type { RemoteSources } from '../../remote/remoteSources';
import type { SourceRef } from '../byteSource';
import { fileName } from '../fileSource';
import { type Discovered, discoverSources } from './discoverSources';

/**
 * Shortest time between two looks, in ms. To ask for sizes costs little and works on every file system, which notices of
 * changes do not.
 */
const interval = 300;

export interface WatchOptions {
  signal: AbortSignal;
  remote: RemoteSources;
  /** Takes what is there now; nothing is looked at anew until it is done. */
  onChange(found: Discovered): Promise<void>;
}

/**
 * Looks at the sources of some places again and again, and hands them out at first and whenever a file has changed, is
 * gone or is new. Resolves when the signal aborts.
 * @param places asked for at each look: the user may name others
 */
export async function watchPlaces(
  places: () => readonly SourcePlace[],
  { signal, remote, onChange }: WatchOptions,
): Promise<void> {
  let seen: Look | null = null;
  let found: Discovered = { sources: [], skipped: [] };
  while (!signal.aborted) {
    const started = performance.now();
    const asked = places();
    remote.watch(remotePlacesOf(asked));
    const now = { ...(await lookAt(asked, found)), remote: remote.revision };
    if (!isDeepStrictEqual(now, seen)) {
      found = await discoverSources(asked, remote, { signal, asKnown: true });
      // Folders as they were before, files as they were found: whatever changes meanwhile is seen at the next look.
      seen = { ...now, files: filesAsFound(found.sources) };
      await onChange(found);
    }
    // Where a look takes long, the machine has other things to do as well.
    const pause = Math.max(interval, 2 * (performance.now() - started));
    await delay(pause, undefined, { signal }).catch(() => undefined);
  }
}

/** What tells of changes: of folders the time of the last one, of files which one it is and how large. */
interface Look {
  places: string[];
  /** Of folders, and of files that are not read: one that holds the same as another may not do so for long. */
  around: Map<string, string>;
  files: Map<string, string>;
  /** What the far sides were last seen to have. */
  remote: number;
}

async function lookAt(places: readonly SourcePlace[], { sources, skipped }: Discovered): Promise<Omit<Look, 'remote'>> {
  const local = places.filter(place => place.kind !== 'path' || !isRemote(place.path));
  const roots = local.flatMap(place => (place.kind === 'path' ? [rootOf(place.path)] : []));
  const files = new Set(sources.flatMap(ref => fileOf(ref)?.id ?? []));
  const folders = [...files].flatMap(file => foldersOf(file, roots));
  const around = new Set([
    ...roots,
    ...folders,
    ...skipped.flatMap(({ source }) => (isRemote(source) ? [] : [source])),
  ]);
  const texts = places.flatMap(place =>
    place.kind === 'path' || place.kind === 'unread' ? [] : [`${place.kind} ${place.id} ${place.text.length}`],
  );
  return {
    places: [...roots, ...texts, ...remotePlacesOf(places)],
    around: await stampsOf(around, ({ dev, ino, mtimeMs }) => `${dev}:${ino} ${mtimeMs}`),
    files: await stampsOf(files, stat => `${fileName(stat)} ${stat.size}`),
  };
}

function filesAsFound(sources: readonly SourceRef[]): Map<string, string> {
  const refs = sources.flatMap(ref => fileOf(ref) ?? []);
  return new Map(refs.map(({ id, file, storedSize }) => [id, `${file} ${storedSize}`]));
}

async function stampsOf(names: Iterable<string>, stampOf: (stats: Stats) => string): Promise<Map<string, string>> {
  const stamps = [...names].map(async name => {
    const stats = await stat(name).catch(() => null);
    return [name, stats ? stampOf(stats) : 'gone'] as const;
  });
  return new Map(await Promise.all(stamps));
}

/** Where new files of a place may appear: of a glob, the folder before the first name with a wildcard in it. */
function rootOf(place: string): string {
  const wild = place.search(/[*?{[(]/);
  return wild < 0 ? place : path.dirname(`${place.slice(0, wild)}x`);
}

/** The file on this machine that a source is in; `null` for what is in none. */
function fileOf(ref: SourceRef): SourceRef | null {
  if (ref.member) return fileOf(ref.member.archive);
  return ref.kind === 'file' && !ref.mirror ? ref : null;
}

/** Folders in which a new file may appear: those of a file, up to the place that led to it. */
function foldersOf(file: string, roots: readonly string[]): string[] {
  const folder = path.dirname(file);
  const root = roots.find(place => folder === place || folder.startsWith(place + path.sep));
  const folders = [folder];
  for (let last = folder; root !== undefined && last !== root; folders.push(last)) last = path.dirname(last);
  return folders;
}
