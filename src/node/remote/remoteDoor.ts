import type { RemoteState } from '../../common/protocol/sourceHost';
import type { Skipped } from '../sources/discover/skipped';
import type { Stretch } from '../sources/heldBlocks';
import type { MirroredFile } from './mirror';
import type { FarHit } from './transport';

/** What a remote place names, and what is here of it. */
export interface RemoteListing {
  files: MirroredFile[];
  skipped: Skipped[];
}

/** The door to everything remote: the engine's thread asks, a worker of its own does the work. */
export interface RemoteDoor {
  /**
   * What a place names now; what is new at the end of its files is here then, within bounds. Never rejects but by an
   * abort: what goes wrong is told as the reason why something is skipped.
   */
  list(place: string, options?: { signal?: AbortSignal | undefined }): Promise<RemoteListing>;
  /** Fetches stretches of a file that was listed, which are in ascending order. @throws RemoteError, AbortError */
  hold(
    request: { url: string; stretches: readonly Stretch[] },
    options?: { signal?: AbortSignal | undefined },
  ): Promise<void>;
  /** Where texts stand in a file that was listed, searched on the far side; `null` where that cannot be. @throws AbortError */
  search(
    request: { url: string; texts: readonly string[] },
    options?: { signal?: AbortSignal | undefined },
  ): Promise<FarHit[] | null>;
  /** Line breaks before an offset of a file that was listed, counted on the far side; `null` where that cannot be. @throws AbortError */
  countLines(
    request: { url: string; to: number },
    options?: { signal?: AbortSignal | undefined },
  ): Promise<number | null>;
  /** Looks at a place again and again, and tells what it lists whenever that has changed, until the signal aborts. */
  watch(place: string, options: { signal: AbortSignal; onProgress(listing: RemoteListing): void }): Promise<void>;
  /** Takes why a search left some of a file that was listed; `null`: it left nothing. */
  left(request: { url: string; reason: string | null }): Promise<void>;
  /** How each place that was asked for is doing. */
  states(): Promise<RemoteState[]>;
  /** Deletes all that is here of remote files. @returns bytes that were freed */
  clear(): Promise<number>;
  dispose(): Promise<void>;
}
