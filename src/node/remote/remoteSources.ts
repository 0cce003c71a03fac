import { AbortError } from '../../common/protocol/rpcChannel';
import type { SourceRef } from '../sources/byteSource';
import { notHeldOf, type Stretch } from '../sources/heldBlocks';
import type { MirroredFile } from './mirror';
import type { RemoteDoor, RemoteListing } from './remoteDoor';
import { type FarHit, RemoteError } from './transport';

/** What was listed is good for so long, in ms: one search asks more than once. */
const goodFor = 1_000;
/** So often a read may meet with bytes that are not here; more are read in larger stretches. */
const mostTries = 1_000;

/** Remote places as the engine knows them. */
export class RemoteSources {
  private readonly door: RemoteDoor | null;
  private readonly known = new Map<string, { listing: RemoteListing; at: number }>();
  /** See `left`. */
  private readonly leftOf = new Map<string, string>();
  private readonly watched = new Map<string, AbortController>();
  /** Grows whenever a place that is watched lists something else. */
  revision = 0;

  /** What a search may take for one source, in ms; `null`: as long as it takes. */
  readonly mostMs: number | null;

  /** @param door `null`: remote places are not read */
  constructor(door: RemoteDoor | null, mostMs: number | null = null) {
    this.door = door;
    this.mostMs = mostMs;
  }

  /** What a place names now, or was seen to name last. @throws AbortError */
  async list(
    place: string,
    { signal, asKnown = false }: { signal?: AbortSignal | undefined; asKnown?: boolean } = {},
  ): Promise<RemoteListing> {
    const known = this.known.get(place);
    const isGood = known && !known.listing.skipped.some(({ source }) => source === place);
    const isFresh = known && performance.now() - known.at < goodFor;
    // A place that failed is asked again by whoever wants it, however long its watch waits.
    if (known && (asKnown || (isGood && (isFresh || this.watched.has(place))))) return known.listing;
    if (!this.door) return { files: [], skipped: [{ source: place, reason: 'remote logs are not read here' }] };
    const listing = await this.door.list(place, { signal });
    this.take(place, listing);
    return listing;
  }

  /** What is known of a file that was listed; `null` where it was not. */
  fileOf(url: string): MirroredFile | null {
    for (const { listing } of this.known.values()) {
      const file = listing.files.find(each => each.url === url);
      if (file) return file;
    }
    return null;
  }

  /** Fetches stretches of a file that was listed. @throws RemoteError, AbortError */
  async hold(url: string, stretches: readonly Stretch[], signal?: AbortSignal): Promise<void> {
    if (!this.door) throw new RemoteError('remote logs are not read here');
    if (stretches.length > 0) await this.door.hold({ url, stretches }, { signal });
  }

  /** Where texts stand, searched on the far side; `null` where that cannot be. @throws AbortError */
  async search({ id }: SourceRef, texts: readonly string[], signal?: AbortSignal): Promise<FarHit[] | null> {
    return this.door ? this.door.search({ url: id, texts }, { signal }) : null;
  }

  /** Line breaks before an offset, counted on the far side; `null` where that cannot be. @throws AbortError */
  async countLines({ id }: SourceRef, to: number, signal?: AbortSignal): Promise<number | null> {
    return this.door ? this.door.countLines({ url: id, to }, { signal }) : null;
  }

  /** Reads something; what of it is not here is fetched, and it is read again. @throws what `read` throws, RemoteError, AbortError */
  async reading<Result>(read: () => Promise<Result>, signal?: AbortSignal): Promise<Result> {
    for (let tries = 0; ; tries++) {
      try {
        return await read();
      } catch (error) {
        const missing = notHeldOf(error);
        if (!missing || tries === mostTries) throw error;
        if (signal?.aborted) throw new AbortError();
        const { id: url, from, to } = missing;
        await this.hold(url, [{ from, to }], signal);
      }
    }
  }

  /** From now on looks at these places, and at no others, again and again. */
  watch(places: readonly string[]): void {
    for (const [place, stop] of this.watched) {
      if (places.includes(place)) continue;
      stop.abort();
      this.watched.delete(place);
    }
    for (const place of places) {
      if (!this.door || this.watched.has(place)) continue;
      const stop = new AbortController();
      this.watched.set(place, stop);
      const onProgress = (listing: RemoteListing) => {
        if (stop.signal.aborted) return;
        this.take(place, listing);
        this.revision++;
      };
      this.door
        .watch(place, { signal: stop.signal, onProgress })
        .catch(() => {})
        // Its worker ended: the next look begins anew.
        .finally(() => this.watched.get(place) === stop && this.watched.delete(place));
    }
  }

  /** Takes why a search left some of a source; `null`: it left nothing. */
  left({ id, mirror }: SourceRef, reason: string | null): void {
    if (!mirror || (this.leftOf.get(id) ?? null) === reason) return;
    if (reason === null) this.leftOf.delete(id);
    else this.leftOf.set(id, reason);
    this.door?.left({ url: id, reason }).catch(() => {});
  }

  states() {
    return this.door ? this.door.states() : Promise.resolve([]);
  }

  async clear(): Promise<number> {
    this.known.clear();
    return this.door ? this.door.clear() : 0;
  }

  async dispose(): Promise<void> {
    this.watch([]);
    await this.door?.dispose();
  }

  private take(place: string, listing: RemoteListing): void {
    this.known.set(place, { listing, at: performance.now() });
  }
}
