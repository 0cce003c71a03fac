import { type Chunks, type Member, type SourceRef, type StreamEnd, StreamedSource } from '../byteSource';
import { FileSource } from '../fileSource';
import type { ByteInput } from '../unpack/byteInput';
import { type Decoded, damaged } from '../unpack/decoder';
import { inflate, summed } from '../unpack/gunzip';
import { type PackedBytes, UnpackedSource } from '../unpack/unpackedSource';

const chunkSize = 256 * 1024;
const localHeaderSize = 30;
const localHeader = 0x04034b50;

/** A member of a zip file: read from where it stands, without the members before it. */
export class ZipMemberSource extends StreamedSource {
  readonly ref: SourceRef;
  private readonly member: Member & { kind: 'zip' };
  private readonly archive: FileSource;

  /** @throws Error of the file system */
  constructor(ref: SourceRef) {
    super();
    if (ref.member?.kind !== 'zip') throw new Error(`${ref.id} is no member of a zip file.`);
    this.ref = ref;
    this.member = ref.member;
    this.archive = new FileSource(ref.member.archive);
  }

  get shrunk(): boolean {
    return this.archive.shrunk;
  }

  chunks(): Chunks {
    const { deflated, crc } = this.member;
    const packed: PackedBytes = { ref: this.ref, shrunk: this.shrunk, chunks: () => this.packed(), close: () => {} };
    return new UnpackedSource(packed, input => checked(deflated ? inflate(input) : stored(input), crc)).chunks();
  }

  close(): void {
    this.archive.close();
  }

  /** The bytes behind the local header, whose names may be longer than those of the directory. */
  private async *packed(): Chunks {
    const { offset, packedSize } = this.member;
    const header = Buffer.alloc(localHeaderSize);
    const there = this.archive.read(header, offset) === localHeaderSize && header.readUInt32LE(0) === localHeader;
    if (!there) return this.gone();
    let at = offset + localHeaderSize + header.readUInt16LE(26) + header.readUInt16LE(28);
    const end = at + packedSize;
    const chunk = Buffer.allocUnsafeSlow(chunkSize);
    while (at < end) {
      const length = this.archive.read(chunk.subarray(0, Math.min(chunkSize, end - at)), at);
      if (length === 0) return this.gone();
      at += length;
      yield chunk.subarray(0, length);
      await new Promise(resolve => setImmediate(resolve));
    }
    return null;
  }

  private gone(): StreamEnd['note'] {
    return {
      kind: 'truncatedSource',
      text: `${this.ref.id} is not where its archive says: the archive is damaged or changed while being read.`,
    };
  }
}

async function* stored(input: ByteInput): Decoded {
  for (let piece = await input.peek(chunkSize); piece.length > 0; piece = await input.peek(chunkSize)) {
    yield piece;
    input.skip(piece.length);
  }
  return null;
}

async function* checked(decoded: Decoded, crc: number): Decoded {
  const sum = { crc: 0 };
  const problem = yield* summed(decoded, sum);
  return problem ?? (sum.crc === crc ? null : damaged('incorrect data check'));
}
