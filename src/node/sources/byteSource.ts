import type { SourceId } from '../../common/model/units';

/** What a source is and where its bytes are: plain data that goes to workers as it is. */
export interface SourceRef {
  /** Absolute path of the physical file, or the id of a text. */
  id: SourceId;
  kind: 'file' | 'gzip' | 'text';
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
  /** Year of the last change: stamps that name no year (syslog) are of it. */
  year: number;
  /** Bytes that are in no file, in shared memory: of `kind: 'text'`, or packed ones of `kind: 'gzip'`. */
  text: Uint8Array | null;
}

/** How a stream ended; `note` says in a sentence what was lost, `null` if nothing was. */
export interface StreamEnd {
  bytes: number;
  note: { kind: 'truncatedSource' | 'cut'; text: string } | null;
}

/** Takes the next bytes, which are its own only during the call; `false` ends the stream. */
export type TakeChunk = (chunk: Uint8Array) => boolean;

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
  /** Hands out all bytes from `start` on in order, as far as they are good. @throws Error of the file system */
  stream(take: TakeChunk): Promise<StreamEnd>;
  close(): void;
}

/** Whether any range can be read without what stands before it. */
export const hasRanges = (ref: SourceRef): boolean => ref.kind !== 'gzip' && ref.encoding === 'utf-8';

/** What is to tell of a source that became shorter or another one. The same for each of its ranges. */
export const changedNote = ({ id }: SourceRef): NonNullable<StreamEnd['note']> => ({
  kind: 'truncatedSource',
  text: `${id} changed while being read (truncated or replaced): what it held before may be missing. Run it again.`,
});
