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
  /** Same as long as it is the same file with the same beginning, grown or not. */
  identity: string;
  /** Year of the last change: stamps that name no year (syslog) are of it. */
  year: number;
  /** The text itself, in shared memory, for `kind: 'text'`. */
  text: Uint8Array | null;
}

/** How a stream ended; `note` says in a sentence what was lost, `null` if nothing was. */
export interface StreamEnd {
  bytes: number;
  note: { kind: 'truncatedSource' | 'cut'; text: string } | null;
}

/** Takes the next bytes, which are its own only during the call; `false` ends the stream. */
export type TakeChunk = (chunk: Uint8Array) => boolean;

/** An open source. Bytes are decoded (decompressed, UTF-8); offsets count decoded bytes. */
export interface ByteSource {
  readonly ref: SourceRef;
  /** Decoded size now; `null` where only reading to the end would tell. A source with a size can be read by range. */
  readonly size: number | null;
  /**
   * Fills `into` with the bytes from offset `from` on; fewer only at the end of the source.
   * @returns number of bytes
   * @throws Error of the file system, or where the source has no ranges
   */
  read(into: Uint8Array, from: number): number;
  /** Hands out all bytes in order, as far as they are good. @throws Error of the file system */
  stream(take: TakeChunk): Promise<StreamEnd>;
  close(): void;
}

/** Whether any range can be read without what stands before it. */
export const hasRanges = (ref: SourceRef): boolean => ref.kind !== 'gzip' && ref.encoding === 'utf-8';
