import { type ByteSource, type Chunks, type SourceRef, type StreamEnd, StreamedSource } from '../byteSource';
import { ByteInput } from './byteInput';
import type { Decoder, Stopped } from './decoder';

export interface UnpackLimits {
  /** Most decompressed bytes. */
  output: number;
  /** Most decompressed bytes for each stored one, once more than `ratioFrom` bytes came out. */
  ratio: number;
  ratioFrom: number;
}

/** Logs shrink 5 to 50 times, the densest repetition 1,000 times and more: what shrinks 250 times is a bomb. */
export const defaultLimits: UnpackLimits = { output: 64 * 2 ** 30, ratio: 250, ratioFrom: 64 * 2 ** 20 };

/** What is asked of packed bytes. */
export type PackedBytes = Pick<ByteSource, 'ref' | 'shrunk' | 'chunks' | 'close'>;

/** What decoders look ahead at most before they say that it is used. */
const lookAhead = 64 * 1024;

/**
 * A packed source, unpacked while it is read, so that no more than a piece of it is in memory. A damaged one gives what
 * stands before the damage, with a note.
 */
export class UnpackedSource extends StreamedSource {
  readonly ref: SourceRef;
  private readonly stored: PackedBytes;
  private readonly decoder: Decoder;
  private readonly limits: UnpackLimits;

  constructor(stored: PackedBytes, decoder: Decoder, limits: UnpackLimits = defaultLimits) {
    super();
    this.ref = stored.ref;
    this.stored = stored;
    this.decoder = decoder;
    this.limits = limits;
  }

  get shrunk(): boolean {
    return this.stored.shrunk;
  }

  async *chunks(): Chunks {
    const input = new ByteInput(this.stored.chunks());
    const decoded = this.decoder(input);
    let bytes = 0;
    try {
      for (;;) {
        const next = await decoded.next();
        if (next.done) return next.value === null ? null : (input.note ?? this.stopped(next.value, bytes));
        const limit = this.exceeded(bytes + next.value.length, input.used);
        if (limit !== null) return limit;
        bytes += next.value.length;
        yield next.value;
      }
    } finally {
      await decoded.return(null);
      await input.close();
    }
  }

  close(): void {
    this.stored.close();
  }

  private exceeded(bytes: number, used: number): StreamEnd['note'] {
    const stored = used + lookAhead;
    const tooMuch = bytes > this.limits.output;
    const tooDense = bytes > this.limits.ratioFrom && bytes > stored * this.limits.ratio;
    if (!tooMuch && !tooDense) return null;
    return this.cut(tooMuch ? `unpacks to more than ${this.limits.output} bytes` : times(bytes / stored), bytes);
  }

  private stopped({ kind, text }: Stopped, bytes: number): StreamEnd['note'] {
    if (kind === 'refused') return this.cut(text, bytes);
    const told = `${this.ref.id} is cut off or damaged (${text}): only the ${bytes} bytes before that were read.`;
    return { kind: 'truncatedSource', text: told };
  }

  private cut(why: string, bytes: number): StreamEnd['note'] {
    const advice = 'Unpack it yourself to read all of it.';
    return { kind: 'cut', text: `${this.ref.id} ${why}: reading stopped after ${bytes} bytes. ${advice}` };
  }
}

const times = (ratio: number): string => `unpacks to ${Math.round(ratio)} times its size`;
