import { sourceId } from '../../../common/model/units';
import type { SourcePlace } from '../../../common/protocol/logEngine';
import { isRemote, remotePlacesOf } from '../../../common/protocol/places/remotePlaces';
import type { MirroredFile } from '../../remote/mirror';
import { RemoteSources } from '../../remote/remoteSources';
import { onlyMember } from '../archives/namedMember';
import type { SourceRef } from '../byteSource';
import { arrangeSets } from './arrangeSets';
import { expandPlace } from './expandPlace';
import { endOfHole, headHash, holeOf } from './hole';
import { lookAtFile } from './lookAtFile';
import { lookAtMirror } from './lookAtMirror';
import { none, type Recognised, recognise } from './recognise';
import type { Skipped } from './skipped';
import { sniffSize } from './sniff';
import { realFolder } from './within';

/** `asKnown`: remote places as they were seen last, without a word to them. */
export interface RemoteOptions {
  signal?: AbortSignal | undefined;
  asKnown?: boolean;
}

export interface Discovered {
  /** In the order of the places; files of a folder or a glob in the order of their names, rotated sets together. */
  sources: SourceRef[];
  /** Everything that was named or found and is not read, with the reason. */
  skipped: Skipped[];
}

/**
 * Finds what can be read in the places that a user named. Reads the first 8 KiB of each file and what an archive says of
 * its members, no more; asks a server only for a place that was named.
 * @throws AbortError
 */
export async function discoverSources(
  places: readonly SourcePlace[],
  remote = new RemoteSources(null),
  options: RemoteOptions = {},
): Promise<Discovered> {
  const found: Recognised = { sources: [], skipped: [] };
  const members = new Set<string>();
  const add = ({ sources, skipped }: Recognised) => {
    // A member may be named beside its archive.
    found.sources.push(...sources.filter(({ id, member }) => member === null || !members.has(id)));
    for (const { id } of sources) members.add(id);
    found.skipped.push(...skipped);
  };
  const physical = new Map<string, string>();
  const unsaved = new Map(places.flatMap(place => (place.kind === 'unsaved' ? [[place.id, place.text]] : [])));
  // All servers are asked at the same time.
  const far = new Map(remotePlacesOf(places).map(place => [place, lookAtRemote(place, remote, options)]));
  for (const listed of far.values()) listed.catch(() => {});
  for (const place of places) {
    if (place.kind === 'unsaved') continue;
    if (place.kind === 'unread') add(none(place.id, place.reason));
    else if (place.kind === 'text') add(await lookAtText(place.id, place.text));
    else if (isRemote(place.path)) {
      for (const [url, found] of (await far.get(place.path)) ?? []) {
        if (!physical.has(url)) add(found);
        physical.set(url, url);
      }
    } else {
      const expanded = await expandPlace(place);
      found.skipped.push(...expanded.skipped);
      const within = place.within === undefined ? null : realFolder(place.within);
      for (const file of expanded.files) {
        const looked = await lookAtFile(file, expanded.member === null ? physical : new Map(), within);
        const open = [file, ...looked.sources.map(({ id }) => id)].find(id => unsaved.has(id));
        const newer = open === undefined ? undefined : unsaved.get(open);
        if (looked.known || open === undefined) add(onlyMember(looked, expanded.member));
        else if (newer?.trim()) add({ sources: [textRef(open, newer)], skipped: [] });
        else add(none(open, 'empty'));
      }
    }
  }
  const { sources, skipped } = await arrangeSets(found.sources);
  return { sources, skipped: [...found.skipped, ...skipped] };
}

/** What a remote place names, by the names of the files. @throws AbortError */
async function lookAtRemote(
  place: string,
  remote: RemoteSources,
  options: RemoteOptions,
): Promise<[string, Recognised][]> {
  const { files, skipped } = await remote.list(place, options);
  const found = files.map(
    async (file): Promise<[string, Recognised]> => [file.url, await lookAtFar(file, remote, options.signal)],
  );
  const none = skipped.map((each): [string, Recognised] => [each.source, { sources: [], skipped: [each] }]);
  return [...(await Promise.all(found)), ...none];
}

/** What a remote file is. */
export const lookAtFar = (file: MirroredFile, remote: RemoteSources, signal?: AbortSignal): Promise<Recognised> =>
  lookAtMirror(file, (url, stretches) => remote.hold(url, stretches, signal));

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
    packing: 'none',
    encoding: 'utf-8',
    storedSize: length,
    start,
    file: null,
    identity: `text:${id}:${headHash(bytes.subarray(start))}`,
    modified: Date.now(),
    written: null,
    text: new Uint8Array(bytes.buffer),
    member: null,
    mirror: null,
    set: null,
  };
}

/** Text is what it is; bytes are looked at as those of a file are. */
async function lookAtText(id: string, text: string | Uint8Array): Promise<Recognised> {
  const ref = textRef(id, text);
  if (typeof text === 'string') return { sources: [ref], skipped: [] };
  return recognise(ref, text.subarray(ref.start, ref.start + sniffSize));
}
