import { sep } from 'node:path';
import type { DetectedSource } from '../../common/protocol/documents';
import type { SourcePlace } from '../../common/protocol/logEngine';
import { memberMark } from '../../node/sources/sourceNames';
import { debugScheme } from '../contributions';

/** Why sources are read: named by a setting, added by hand (one group a place), open in an editor, written by a debug session. */
export type SourceGroup =
  | { kind: 'settings' | 'open' | 'debug'; sources: DetectedSource[] }
  | { kind: 'added'; path: string; sources: DetectedSource[] };

export interface Named {
  places: readonly SourcePlace[];
  added: readonly string[];
  /** Absolute paths of the workspace's folders. */
  folders: readonly string[];
}

/** Groups without a source are left out, but what was added: that it is empty is news. Pure, so that plain Node tests it. */
export function groupSources(sources: readonly DetectedSource[], { places, added, folders }: Named): SourceGroup[] {
  const texts = new Set(places.flatMap(place => (place.kind === 'text' ? [place.id] : [])));
  const named = new Set(places.flatMap(place => (place.kind === 'path' && !place.optional ? [place.path] : [])));
  const settings: DetectedSource[] = [];
  const open: DetectedSource[] = [];
  const debug: DetectedSource[] = [];
  const byHand = new Map(added.map((path): [string, DetectedSource[]] => [path, []]));
  for (const source of sources) {
    const [file = source.path] = source.path.split(memberMark, 1);
    const owner = added.find(path => isIn(path, file));
    if (source.path.startsWith(`${debugScheme}:`)) debug.push(source);
    else if (owner !== undefined) byHand.get(owner)?.push(source);
    else if (texts.has(source.path)) open.push(source);
    else if (named.has(file) && !folders.some(folder => isIn(folder, file))) open.push(source);
    else settings.push(source);
  }
  const groups: SourceGroup[] = [
    { kind: 'settings', sources: settings },
    ...[...byHand].map(([path, sources]): SourceGroup => ({ kind: 'added', path, sources })),
    { kind: 'open', sources: open },
    { kind: 'debug', sources: debug },
  ];
  return groups.filter(({ kind, sources }) => kind === 'added' || sources.length > 0);
}

const isIn = (place: string, file: string): boolean =>
  file === place || file.startsWith(place.endsWith(sep) ? place : `${place}${sep}`);
