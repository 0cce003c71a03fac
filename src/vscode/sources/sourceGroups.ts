import { sep } from 'node:path';
import type { DetectedSource } from '../../common/protocol/documents';
import type { SourcePlace } from '../../common/protocol/logEngine';
import { isRemote, remotePlacesOf } from '../../common/protocol/places/remotePlaces';
import { memberMark } from '../../node/sources/discover/sourceNames';
import { debugScheme } from '../contributions';

/** Why sources are read: named by a setting, added by hand (one group a place), open in an editor, written by a debug session. */
export type SourceGroup =
  | { kind: 'settings' | 'open' | 'debug'; sources: DetectedSource[] }
  | { kind: 'added'; path: string; sources: DetectedSource[] }
  /** A place on another machine. */
  | { kind: 'remote'; path: string; isAdded: boolean; sources: DetectedSource[] };

export interface Named {
  places: readonly SourcePlace[];
  added: readonly string[];
  /** Absolute paths of the workspace's folders. */
  folders: readonly string[];
}

/** Groups without a source are left out, but what was added or is far away: that it is empty is news. Pure, so that plain Node tests it. */
export function groupSources(sources: readonly DetectedSource[], { places, added, folders }: Named): SourceGroup[] {
  const texts = new Set(places.flatMap(place => (place.kind === 'text' ? [place.id] : [])));
  const named = new Set(places.flatMap(place => (place.kind === 'path' && !place.optional ? [place.path] : [])));
  const settings: DetectedSource[] = [];
  const open: DetectedSource[] = [];
  const debug: DetectedSource[] = [];
  const byHand = new Map(added.filter(path => !isRemote(path)).map((path): [string, DetectedSource[]] => [path, []]));
  const far = new Map(remotePlacesOf(places).map((path): [string, DetectedSource[]] => [path, []]));
  for (const source of sources) {
    const [file = source.path] = source.path.split(memberMark, 1);
    const owner = added.find(path => isIn(path, file));
    if (source.path.startsWith(`${debugScheme}:`)) debug.push(source);
    else if (isRemote(file)) far.get(placeOf(file, [...far.keys()]))?.push(source);
    else if (owner !== undefined) byHand.get(owner)?.push(source);
    else if (texts.has(source.path)) open.push(source);
    else if (named.has(file) && !folders.some(folder => isIn(folder, file))) open.push(source);
    else settings.push(source);
  }
  const groups: SourceGroup[] = [
    { kind: 'settings', sources: settings },
    ...[...byHand].map(([path, sources]): SourceGroup => ({ kind: 'added', path, sources })),
    ...[...far].map(
      ([path, sources]): SourceGroup => ({ kind: 'remote', path, isAdded: added.includes(path), sources }),
    ),
    { kind: 'open', sources: open },
    { kind: 'debug', sources: debug },
  ];
  return groups.filter(({ kind, sources }) => kind === 'added' || kind === 'remote' || sources.length > 0);
}

const isIn = (place: string, file: string): boolean =>
  file === place || file.startsWith(place.endsWith(sep) ? place : `${place}${sep}`);

/**
 * The place that names a remote file, by what stands before and behind the wildcards: to match a glob would bring half of
 * the engine into this thread. One below the user's folder (`~`) only says on which host it is.
 */
function placeOf(file: string, places: readonly string[]): string {
  const fits = (place: string): boolean => {
    const [before = ''] = place.split(/[*?[{]/, 1);
    return file.startsWith(before) && (before === place || file.endsWith(place.replace(/^.*[*?\]}]/, '')));
  };
  const below = places.filter(place => fits(place)).sort((a, b) => b.length - a.length);
  const ofHome = places.find(place => place.includes('/~/') && file.startsWith(place.slice(0, place.indexOf('/~/'))));
  return below[0] ?? ofHome ?? '';
}
