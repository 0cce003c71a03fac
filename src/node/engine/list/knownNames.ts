import { hash64, hashed } from '../../../common/index/hash64';
import type { TracePlaces } from '../../../common/index/traceParts';
import type { TraceName } from '../../../common/protocol/documents';
import type { ProfiledSource } from '../scan/scanJobs';

/** Some MB at most: names are short. */
const mostKept = 20_000;

/** What traces are called, for as long as the records that say it stand where they stood: nothing is read twice. */
export class KnownNames {
  /** By where the records are; the least recently used first. */
  private readonly names = new Map<string, TraceName>();

  of(place: string): TraceName | null {
    const name = this.names.get(place);
    if (!name) return null;
    this.names.delete(place);
    this.names.set(place, name);
    return name;
  }

  add(place: string, name: TraceName): void {
    this.names.set(place, name);
    const [oldest] = this.names.keys();
    if (this.names.size > mostKept && oldest !== undefined) this.names.delete(oldest);
  }
}

/** Names the places of a trace's first records. @param versionOf same as long as what stood in a source stands there */
export function placeNames(
  sources: readonly ProfiledSource[],
  versionOf: (source: ProfiledSource) => string,
): (trace: TracePlaces) => string {
  const versions = new Map<number, string>();
  const version = (source: number) => {
    const known = versions.get(source) ?? hashOf(versionOf(sources[source]!));
    versions.set(source, known);
    return known;
  };
  return ({ places }) =>
    places.map(({ source, place: { start, part } }) => `${version(source)}@${start}:${part}`).join('\n');
}

/** A version is as long as a profile. */
function hashOf(version: string): string {
  const bytes = Buffer.from(version);
  hash64(bytes, 0, bytes.length);
  return `${hashed.high}:${hashed.low}`;
}
