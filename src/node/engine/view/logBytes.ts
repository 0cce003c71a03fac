import { EngineError } from '../../../common/protocol/logEngine';
import type { LogSize } from '../../../common/protocol/logReader';
import type { RemoteSources } from '../../remote/remoteSources';
import { hasRanges, type SourceRef } from '../../sources/byteSource';
import { openSource } from '../../sources/openSource';
import { UnpackedBytes } from './unpackedBytes';

/** The decoded bytes of a log, to be read from any place. */
export interface LogBytes {
  /** As far as it is known. */
  readonly size: LogSize;
  /** What of the log cannot be read. */
  readonly note: string | null;
  /**
   * Fewer bytes only at the end of the log. @param goOn throws where nobody waits any more
   * @throws EngineError, an error of the file system, or what `goOn` throws
   */
  read(from: number, length: number, goOn: () => void): Promise<Uint8Array>;
  /** Somebody else has read it so far, or to its end. */
  learn(bytes: number, isAll: boolean, note: string | null): void;
  close(): Promise<void>;
}

export const openBytes = (ref: SourceRef, remote: RemoteSources): LogBytes =>
  hasRanges(ref) ? new RangedBytes(ref, remote) : new UnpackedBytes(ref);

/** Of what has ranges nothing is held: opened for each read, it shows what has been written by then. */
class RangedBytes implements LogBytes {
  readonly note = null;
  private readonly ref: SourceRef;
  private readonly remote: RemoteSources;
  private bytes: number;

  constructor(ref: SourceRef, remote: RemoteSources) {
    this.ref = ref;
    this.remote = remote;
    this.bytes = ref.storedSize;
  }

  get size(): LogSize {
    return { bytes: this.bytes, isKnown: true };
  }

  read(from: number, length: number): Promise<Uint8Array> {
    return this.remote.reading(async () => this.readNow(from, length));
  }

  learn(): void {}

  async close(): Promise<void> {}

  private readNow(from: number, length: number): Uint8Array {
    const source = openSource(this.ref);
    try {
      if (source.shrunk) throw new EngineError(`${this.ref.id} was truncated or replaced: open it again.`, this.ref.id);
      this.bytes = source.size ?? 0;
      const bytes = Buffer.allocUnsafe(length);
      return bytes.subarray(0, source.read(bytes, from));
    } finally {
      source.close();
    }
  }
}
