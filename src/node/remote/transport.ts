import type { SourceHost } from '../../common/protocol/sourceHost';
import type { Skipped } from '../sources/discover/skipped';
import type { Stretch } from '../sources/heldBlocks';

/** What a place names on the far side by now. */
export interface FarListing {
  files: FarFile[];
  /** What was found and cannot be read, with the reason. */
  skipped: Skipped[];
}

export interface FarFile {
  /** Names it everywhere, as long as it is that place; given to the transport as it is. */
  url: string;
  /** In bytes; `null` of a stream, which has no offsets. */
  size: number | null;
  /** Last change in epoch milliseconds; `null` where the far side does not say. */
  modified: number | null;
  /** Same only as long as not one byte has changed (an entity tag); `null`: size and time have to do. */
  version: string | null;
  /** Another one where something else stands at the same place (an inode, a container's ID); `null` where nobody tells. */
  identity: string | null;
}

/** Where something was found on the far side. */
export interface FarHit {
  /** Offset of its first byte. */
  at: number;
  /** Number of its line, from 1. */
  line: number;
}

/** Takes bytes that stand at offset `at`, in any order; to be waited for. What it throws ends the transfer. */
export type TakeBytes = (bytes: Uint8Array, at: number) => Promise<void> | void;

export interface ListOptions {
  /** It is asked again and again: what was listed a moment ago may do. */
  watched?: boolean;
  /** To be called with the first word from there, where a list may take longer than that. */
  heard?(): void;
}

interface Connection {
  /** @throws RemoteError, AbortError */
  list(place: string, signal: AbortSignal, options?: ListOptions): Promise<FarListing>;
  /** Lets go of everything: sockets, processes. What is pending is rejected. */
  close(): void;
}

/** Files that are read from any offset (SFTP, HTTP). */
export interface FileTransport extends Connection {
  kind: 'files';
  /**
   * Reads stretches of one and the same file: it is opened once, so that a rotation in between is never mixed in. Fulfilled
   * when all of it was taken, or the file ends before.
   * @throws RemoteError, AbortError, what `take` throws
   */
  read(file: FarFile, stretches: readonly Stretch[], take: TakeBytes, signal: AbortSignal): Promise<void>;
  /**
   * The places at which one of the texts stands in a file, searched on the far side without regard to case.
   * @returns `null` where the far side cannot
   */
  search?(file: FarFile, texts: readonly string[], signal: AbortSignal): Promise<FarHit[] | null>;
  /** Line breaks before an offset, counted on the far side; `null` where it cannot. */
  countLines?(file: FarFile, to: number, signal: AbortSignal): Promise<number | null>;
}

/** What only tells lines, those that are new (containers, a journal). */
export interface LineTransport extends Connection {
  kind: 'lines';
  /**
   * Hands out what comes behind what is here, in whole lines and in order.
   * @param tail the last bytes that are here, up to 64 KiB of whole lines; none at first
   * @param follow whether it is asked again and again: a command may be left running, and what it told since is handed
   * out; else all that is there by now
   * @returns why some of it was left out, as a sentence; `null` where nothing was
   * @throws RemoteError, AbortError, what `take` throws
   */
  more(
    file: FarFile,
    tail: Uint8Array,
    take: (lines: Uint8Array) => Promise<void> | void,
    options: { signal: AbortSignal; follow: boolean },
  ): Promise<string | null>;
}

export type Transport = FileTransport | LineTransport;

/** Opens nothing yet: that is done by the first request. */
export type Connect = (host: SourceHost) => Transport;

/** What is wrong on the way to a remote place and what to do, in a sentence for the user that names the host. */
export class RemoteError extends Error {
  override readonly name = 'RemoteError';
  /** Whether the same may work a little later: a connection broke, a server was silent. */
  readonly passing: boolean;

  constructor(message: string, { passing = false } = {}) {
    super(message);
    this.passing = passing;
  }
}
