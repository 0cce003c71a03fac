import type { SourceId } from '../../common/model/units';

/** How bytes are packed; `none` where they are the log itself. */
export type Packing = 'none' | 'gzip' | 'zstd' | 'bzip2' | 'xz';

/** Where a member of an archive is. Its name is only a name: nothing is ever written to it or looked up by it. */
export type Member =
  /** Behind the local header at `offset` of the zip file; `deflated` or stored as it is. */
  | { kind: 'zip'; archive: SourceRef; offset: number; packedSize: number; deflated: boolean; crc: number }
  /** At `offset` of the decoded bytes of the tar. */
  | { kind: 'tar'; archive: SourceRef; offset: number };

/** What a source is and where its bytes are: plain data that goes to workers as it is. */
export interface SourceRef {
  /**
   * Absolute path of the physical file, the id of a text, the URL of a remote file, or `<archive>!/<member>`: an archive
   * is a file, so nothing else can stand behind its path, and the same archive always has the same ids.
   */
  id: SourceId;
  kind: 'file' | 'text' | 'zip' | 'tar';
  /** How what is there is packed, beyond what the archive itself does. */
  packing: Packing;
  /** UTF-16 is handed out as UTF-8. */
  encoding: 'utf-8' | 'utf-16le' | 'utf-16be';
  /** Bytes as they are stored (compressed, UTF-16): what progress is measured by. */
  storedSize: number;
  /** Where the log begins: behind the hole of NULs that a file has which was truncated while its writer went on. */
  start: number;
  /** Names the physical file, as far as it can be named, to see that it was replaced. */
  file: string | null;
  /** Same as long as it is the same file with the same beginning, grown or not. */
  identity: string;
  /** Last change, in epoch milliseconds: of the file, of the member of an archive, as the server says; else now. */
  modified: number;
  /** Of a file: same as long as nobody wrote to it, even where the time of its last change was set back. */
  written: string | null;
  /** Bytes that are in no file of their own, in shared memory: of `kind: 'text'`, or of a member of a packed tar. */
  text: Uint8Array | null;
  /** Where it is in an archive; `null` for what is in none. */
  member: Member | null;
  /** Where the bytes of a remote file lie here, as far as they do; `null` for what is here by itself. */
  mirror: { path: string; held: Uint8Array | null } | null;
  /** The rotated set that it belongs to: its live file's name and the place in it, 0 the oldest. */
  set: { name: string; index: number } | null;
}

/** How a stream ended; `note` says in a sentence what was lost, `null` if nothing was. */
export interface StreamEnd {
  bytes: number;
  note: { kind: 'truncatedSource' | 'cut'; text: string } | null;
}

/** Takes the next bytes, which are its own only during the call; `false` ends the stream. */
export type TakeChunk = (chunk: Uint8Array) => boolean;

/**
 * The bytes in order, each chunk good only until the next is asked for. Returns what was lost. To end it early
 * (`return`) frees what it holds.
 */
export type Chunks = AsyncGenerator<Uint8Array, StreamEnd['note'], void>;

/**
 * An open source. Bytes are decoded (decompressed, UTF-8) and offsets count decoded bytes: those of an UTF-16 file are
 * offsets in its UTF-8 form, without its byte order mark.
 */
export interface ByteSource {
  readonly ref: SourceRef;
  /** Decoded size now; `null` where only reading to the end would tell. A source with a size can be read by range. */
  readonly size: number | null;
  /** True where there is less than when the source was found, or another file: what was there is gone. */
  readonly shrunk: boolean;
  /**
   * Fills `into` with the bytes from offset `from` on; fewer only at the end of the source.
   * @returns number of bytes
   * @throws Error of the file system, or where the source has no ranges
   */
  read(into: Uint8Array, from: number): number;
  /** All bytes from `start` on, as far as they are good. @throws Error of the file system or the network */
  chunks(): Chunks;
  /** The same, handed out one by one. */
  stream(take: TakeChunk): Promise<StreamEnd>;
  close(): void;
}

/** What can only be read from its beginning. */
export abstract class StreamedSource implements ByteSource {
  abstract readonly ref: SourceRef;
  readonly size = null;
  abstract readonly shrunk: boolean;
  abstract chunks(): Chunks;
  abstract close(): void;

  read(): number {
    throw new Error(`${this.ref.id} can only be read from its beginning.`);
  }

  stream(take: TakeChunk): Promise<StreamEnd> {
    return streamChunks(this.chunks(), take);
  }
}

/** Hands out chunks until `take` has enough. */
export async function streamChunks(chunks: Chunks, take: TakeChunk): Promise<StreamEnd> {
  let bytes = 0;
  try {
    for (;;) {
      const next = await chunks.next();
      if (next.done) return { bytes, note: next.value };
      bytes += next.value.length;
      if (!take(next.value)) return { bytes, note: null };
    }
  } finally {
    await chunks.return(null);
  }
}

/** Whether any range can be read without what stands before it. */
export function hasRanges({ kind, packing, encoding, text, member }: SourceRef): boolean {
  if (packing !== 'none' || encoding !== 'utf-8') return false;
  if (kind === 'file' || text !== null) return true;
  return member?.kind === 'tar' && hasRanges(member.archive);
}

/** Whether some bytes of a source, or of the archive it is in, may not be here yet. */
export const isPartial = ({ mirror, member }: SourceRef): boolean =>
  member ? isPartial(member.archive) : mirror !== null && mirror.held !== null;

/** The path at which a file lies on this machine. */
export const pathOf = ({ id, mirror }: SourceRef): string => mirror?.path ?? id;

/** What is to tell of a source that became shorter or another one. The same for each of its ranges. */
export const changedNote = ({ id }: SourceRef): NonNullable<StreamEnd['note']> => ({
  kind: 'truncatedSource',
  text: `${id} changed while being read (truncated or replaced): what it held before may be missing. Run it again.`,
});
