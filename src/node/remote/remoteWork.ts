import { setTimeout as delay } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { checkRemote, type SchemeName, schemeOf } from '../../common/protocol/places/remotePlaces';
import { AbortError } from '../../common/protocol/rpcChannel';
import type { RemoteState, SourceHost } from '../../common/protocol/sourceHost';
import { unreadable } from '../sources/discover/skipped';
import type { Stretch } from '../sources/heldBlocks';
import { mirrorFiles, type Way } from './fileMirrors';
import { FirstWords, type SearchPatience } from './firstWords';
import { mirrorLines } from './lineMirrors';
import type { Mirror, MirroredFile } from './mirror';
import type { MirrorStore } from './mirrorStore';
import { Mutex } from './mutex';
import { fewPauses, patiently, usualPauses } from './patience';
import { PlaceStates } from './placeStates';
import type { RemoteDoor, RemoteListing } from './remoteDoor';
import { SharedWork } from './sharedWork';
import { TimeLimit } from './timeLimit';
import { hold } from './transfer';
import { type Connect, type FarFile, type FarHit, type FileTransport, RemoteError, type Transport } from './transport';

export interface RemoteParts {
  store: MirrorStore;
  host: SourceHost;
  /** Loads what a kind of place is read with. */
  connect(scheme: SchemeName): Promise<Connect>;
  /** See `patiently`; left out: a few for a list, a minute for what is on its way. */
  pauses?: readonly number[];
  /** Left out: a list waits for as long as it takes. */
  patience?: SearchPatience;
  /** What a list may take to bring what is here up to date, in ms; left out: as long as it takes. */
  mostMs?: number;
  /** Between two looks of a watch, in ms. */
  interval?: number;
}

/** So often files are listed to find out where one has gone. */
const mostLists = 3;

type Options = { signal?: AbortSignal | undefined };

interface Listed {
  place: string;
  far: FarFile;
  mirror: Mirror;
}

/** All work on remote places, in whatever thread it is put. */
export class RemoteWork implements RemoteDoor {
  private readonly parts: RemoteParts;
  private readonly placeStates: PlaceStates;
  private readonly firstWords: FirstWords;
  private readonly host: SourceHost;
  private readonly transports = new Map<SchemeName, Promise<Transport>>();
  private readonly listed = new Map<string, Listed>();
  /** What each place named when it was last reached. */
  private readonly good = new Map<string, MirroredFile[]>();
  private readonly lists = new SharedWork<RemoteListing>();
  /** Two lists with one file in both would move the same mirrors. */
  private readonly turns = new Map<string, Mutex>();
  private readonly ended = new AbortController();
  private received = 0;

  constructor(parts: RemoteParts) {
    this.parts = parts;
    this.placeStates = new PlaceStates(parts.host);
    this.firstWords = new FirstWords(
      this.placeStates,
      { silent: Infinity, asking: Infinity, ...parts.patience },
      parts.mostMs ?? null,
    );
    this.host = this.firstWords.heardBy(parts.host);
  }

  async list(place: string, { signal }: Options = {}): Promise<RemoteListing> {
    const own = new AbortController();
    const abort = () => own.abort();
    signal?.addEventListener('abort', abort, { once: true });
    if (signal?.aborted) abort();
    const done = new AbortController();
    const look = this.look(place, false, own.signal).finally(() => done.abort());
    try {
      const missed = await Promise.race([look.then(() => null), this.firstWords.missed(place, done.signal)]);
      if (missed === null) return await look;
      this.placeStates.isMissed(place);
      // It goes on, for whoever asks next.
      look.catch(() => {});
      return { files: this.good.get(place) ?? [], skipped: [{ source: place, reason: missed }] };
    } finally {
      signal?.removeEventListener('abort', abort);
    }
  }

  async hold({ url, stretches }: { url: string; stretches: readonly Stretch[] }, options: Options = {}): Promise<void> {
    const { place, far, mirror } = this.listedAs(url);
    const transport = await this.transportOf(place);
    // Lines are all here as soon as they are listed.
    if (transport.kind === 'lines') return;
    const signal = AbortSignal.any([this.ended.signal, ...(options.signal ? [options.signal] : [])]);
    const transfer = { ...this.wayOf(place, new TimeLimit(null, signal)), transport, mirror, far };
    await this.placeStates.whileReading(place, () =>
      this.trying(place, signal, usualPauses, () => hold(transfer, stretches)),
    );
  }

  search({ url, texts }: { url: string; texts: readonly string[] }, options: Options = {}): Promise<FarHit[] | null> {
    return this.askFar(url, options, (transport, far, signal) => transport.search?.(far, texts, signal));
  }

  countLines({ url, to }: { url: string; to: number }, options: Options = {}): Promise<number | null> {
    return this.askFar(url, options, (transport, far, signal) => transport.countLines?.(far, to, signal));
  }

  async watch(
    place: string,
    { signal, onProgress }: { signal: AbortSignal; onProgress(listing: RemoteListing): void },
  ): Promise<void> {
    const until = AbortSignal.any([signal, this.ended.signal]);
    let told: unknown = null;
    let failures = 0;
    while (!until.aborted) {
      const started = performance.now();
      const listing = await this.look(place, true, until).catch(() => null);
      if (until.aborted) return;
      // What is held grows by itself, and nobody has to be told of it.
      const now = listing && { ...listing, files: listing.files.map(({ held: _, ...file }) => file) };
      if (listing && !isDeepStrictEqual(now, told)) onProgress(listing);
      told = now ?? told;
      failures = this.placeStates.phaseOf(place) === 'ready' ? 0 : failures + 1;
      const interval = (this.parts.interval ?? 500) * 2 ** Math.min(failures, 6);
      const pause = Math.max(interval, performance.now() - started);
      await delay(pause, undefined, { signal: until }).catch(() => {});
    }
  }

  async left({ url, reason }: { url: string; reason: string | null }): Promise<void> {
    const place = this.listed.get(url)?.place;
    if (place !== undefined) this.placeStates.isLeft(place, url, reason);
  }

  async states(): Promise<RemoteState[]> {
    return this.placeStates.all;
  }

  async clear(): Promise<number> {
    this.listed.clear();
    this.good.clear();
    return this.parts.store.clear();
  }

  async dispose(): Promise<void> {
    this.ended.abort();
    const transports = [...this.transports.values()];
    for (const transport of transports) (await transport.catch(() => null))?.close();
  }

  /** What the far side finds out by itself; `null` where it does not. @throws AbortError */
  private async askFar<Answer>(
    url: string,
    options: Options,
    ask: (transport: FileTransport, far: FarFile, signal: AbortSignal) => Promise<Answer | null> | undefined,
  ): Promise<Answer | null> {
    const { place, far } = this.listedAs(url);
    const transport = await this.transportOf(place);
    if (transport.kind !== 'files') return null;
    const signal = AbortSignal.any([this.ended.signal, ...(options.signal ? [options.signal] : [])]);
    try {
      return (await ask(transport, far, signal)) ?? null;
    } catch (error) {
      if (signal.aborted) throw new AbortError();
      if (error instanceof RemoteError) return null;
      throw error;
    }
  }

  private look(place: string, watched: boolean, signal?: AbortSignal): Promise<RemoteListing> {
    const run = (shared: AbortSignal) => this.listNow(place, watched, AbortSignal.any([shared, this.ended.signal]));
    return this.lists.of(`${watched} ${place}`, run, signal);
  }

  private async listNow(place: string, watched: boolean, signal: AbortSignal): Promise<RemoteListing> {
    try {
      const wrong = checkRemote(place);
      if (wrong !== null) throw new RemoteError(wrong);
      const transport = await this.transportOf(place);
      if (this.placeStates.phaseOf(place) !== 'ready') this.placeStates.is(place, 'connecting');
      const listing = await this.trying(place, signal, fewPauses, () => this.mirror(place, transport, watched, signal));
      this.placeStates.is(place, 'ready');
      this.good.set(place, listing.files);
      return listing;
    } catch (error) {
      if (signal.aborted || error instanceof AbortError) {
        this.placeStates.is(place, 'idle');
        throw new AbortError();
      }
      const reason = unreadable(error);
      this.placeStates.is(place, 'failed', reason);
      // What is here stays.
      return { files: this.good.get(place) ?? [], skipped: [{ source: place, reason }] };
    } finally {
      this.firstWords.listed(place);
    }
  }

  private async mirror(
    place: string,
    transport: Transport,
    watched: boolean,
    signal: AbortSignal,
  ): Promise<RemoteListing> {
    const { store, mostMs = null } = this.parts;
    for (let tries = 1; ; tries++) {
      this.firstWords.await(place);
      const heard = () => this.firstWords.heard(place);
      const { files, skipped } = await transport.list(place, signal, { watched, heard });
      this.firstWords.listed(place);
      const limit = new TimeLimit(mostMs, signal);
      const way = this.wayOf(place, limit);
      const mirrored =
        transport.kind === 'files'
          ? this.turnOf(place).run(() =>
              mirrorFiles(files, store, { ...way, transport }, this.goneFrom(place, files), tries === mostLists),
            )
          : mirrorLines(files, store, { ...way, transport, follow: watched });
      const found = await mirrored.finally(() => limit.end());
      // What was rotated in between stands at another place by now.
      if (!found) continue;
      for (const { far, mirror } of found.files) this.listed.set(far.url, { place, far, mirror });
      return { files: found.files.map(({ mirrored }) => mirrored), skipped: [...skipped, ...found.skipped] };
    }
  }

  /** Mirrors of the files that a place named at the last list, and does not now. */
  private goneFrom(place: string, files: readonly FarFile[]): Mirror[] {
    const there = new Set(files.map(({ url }) => url));
    const gone = (this.good.get(place) ?? []).filter(({ url }) => !there.has(url));
    return gone.flatMap(({ url }) => this.listed.get(url)?.mirror ?? []);
  }

  private trying<Result>(
    place: string,
    signal: AbortSignal,
    usual: readonly number[],
    run: () => Promise<Result>,
  ): Promise<Result> {
    const { pauses = usual } = this.parts;
    const onWait = ({ message }: RemoteError) => this.placeStates.is(place, 'waiting', message);
    return patiently(run, { pauses, onWait, progress: () => this.received }, signal);
  }

  private wayOf(place: string, limit: TimeLimit): Omit<Way, 'transport'> {
    const count = (bytes: number) => {
      this.received += bytes;
      this.placeStates.count(place, bytes);
    };
    return { limit, count, reserve: bytes => this.parts.store.reserve(bytes) };
  }

  private turnOf(place: string): Mutex {
    // Of one server, as far as there is one.
    const key = /^[a-z]+:(?:\/\/[^/]*)?/i.exec(place)?.[0] ?? place;
    const turn = this.turns.get(key) ?? new Mutex();
    this.turns.set(key, turn);
    return turn;
  }

  private listedAs(url: string): Listed {
    const listed = this.listed.get(url);
    if (!listed) throw new RemoteError(`${url} is not among the sources any more: search again`);
    return listed;
  }

  private transportOf(place: string): Promise<Transport> {
    const scheme = schemeOf(place);
    if (!scheme) return Promise.reject(new RemoteError(`${place} is no remote place`));
    const known = this.transports.get(scheme);
    if (known) return known;
    const transport = this.parts.connect(scheme).then(connect => connect(this.host));
    this.transports.set(scheme, transport);
    transport.catch(() => this.transports.delete(scheme));
    return transport;
  }
}
