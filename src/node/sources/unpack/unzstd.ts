import type { ByteInput } from './byteInput';
import { type Decoded, damaged, endOf, refused, type Stopped } from './decoder';
import { openZstdFrame } from './zstdFrame';

/** What zstd itself grants: a larger window has to be asked for by hand. */
const mostWindow = 128 * 2 ** 20;
/**
 * The decoder moves the whole window at each block. Blocks as zstd makes them, of 128 KiB, may always do so; many tiny ones
 * under a large window would take hours for nothing.
 */
const mostMoved = (decoded: number): number => 16 * 2 ** 30 + decoded * 1100;
/** Room for the header of a frame. */
const headerSize = 18;
const blockHeaderSize = 3;
const checksumSize = 4;

/**
 * Zstandard (RFC 8878): frames of blocks, one after the other, with skippable ones in between. Frames and blocks are told
 * apart here, so that a window is looked at before memory is taken for it, and each block comes out by itself. The checksum
 * of a frame is compared where Node does so.
 */
export async function* unzstd(input: ByteInput): Decoded {
  let [moved, decoded] = [0, 0];
  for (let frame = 0; ; frame++) {
    const head = await input.peek(headerSize);
    const skippable = skippableSize(head);
    if (skippable !== null) {
      const problem = await skip(input, skippable);
      if (problem !== null) return problem;
      continue;
    }
    const header = frameHeader(head);
    if (header === null) return endOf(input, frame, 'no zstd header');
    if (head.length < header.size) return damaged('unexpected end of file');
    if (header.window > mostWindow) return refused(`needs a window of ${header.window} bytes to unpack`);
    if (header.dictionary) return refused('needs a dictionary to unpack');
    const decoder = openZstdFrame();
    try {
      let before = Buffer.from(head.subarray(0, header.size));
      input.skip(header.size);
      for (let last = false; !last; ) {
        const length = blockSize(await input.peek(blockHeaderSize));
        const block = length === null ? null : await input.peek(length);
        if (length === null || block === null || block.length < length) return damaged('unexpected end of file');
        last = ((block[0] ?? 0) & 1) === 1;
        moved += header.window;
        if (moved > mostMoved(decoded)) return refused('is made of too many small blocks under a large window');
        const bytes = Buffer.concat([before, block]);
        before = Buffer.alloc(0);
        input.skip(length);
        for (const chunk of await decoder.push(bytes, false)) {
          decoded += chunk.length;
          if (chunk.length > 0) yield chunk;
        }
      }
      const checksum = Buffer.from(await input.peek(header.checksum));
      if (checksum.length < header.checksum) return damaged('unexpected end of file');
      input.skip(header.checksum);
      yield* await decoder.push(checksum, true);
    } catch (error) {
      return damaged(error instanceof Error ? error.message : String(error));
    } finally {
      decoder.close();
    }
  }
}

interface FrameHeader {
  size: number;
  window: number;
  dictionary: boolean;
  /** Bytes of the checksum behind the last block. */
  checksum: number;
}

/** RFC 8878 §3.1.1.1; `null` where no frame begins. */
function frameHeader(head: Buffer): FrameHeader | null {
  if (head.length < 6 || head.readUInt32LE(0) !== 0xfd2fb528) return null;
  const flags = head[4] ?? 0;
  const single = (flags & 0x20) !== 0;
  const dictionarySize = [0, 1, 2, 4][flags & 3] ?? 0;
  const contentSize = [single ? 1 : 0, 2, 4, 8][flags >> 6] ?? 0;
  const contentAt = 5 + (single ? 0 : 1) + dictionarySize;
  const descriptor = head[5] ?? 0;
  const base = 2 ** (10 + (descriptor >> 3));
  return {
    size: contentAt + contentSize,
    window: single ? littleEndian(head, contentAt, contentSize) : base + (base / 8) * (descriptor & 7),
    dictionary: head.subarray(contentAt - dictionarySize, contentAt).some(byte => byte !== 0),
    checksum: (flags & 4) === 0 ? 0 : checksumSize,
  };
}

function littleEndian(bytes: Buffer, at: number, length: number): number {
  let value = 0;
  for (let index = length - 1; index >= 0; index--) value = value * 256 + (bytes[at + index] ?? 0);
  return value + (length === 2 ? 256 : 0);
}

/** Bytes of a block with its header; `null` where the header is cut off. */
function blockSize(head: Buffer): number | null {
  if (head.length < blockHeaderSize) return null;
  const header = head.readUIntLE(0, blockHeaderSize);
  const repeated = ((header >> 1) & 3) === 1;
  return blockHeaderSize + (repeated ? 1 : header >> 3);
}

/** Bytes of a skippable frame (RFC 8878 §3.1.2), `null` where none begins. */
function skippableSize(head: Buffer): number | null {
  if (head.length < 8 || (head.readUInt32LE(0) & 0xfffffff0) >>> 0 !== 0x184d2a50) return null;
  return 8 + head.readUInt32LE(4);
}

const skipSize = 64 * 1024;

async function skip(input: ByteInput, length: number): Promise<Stopped | null> {
  for (let left = length; left > 0; ) {
    const piece = await input.peek(Math.min(left, skipSize));
    if (piece.length === 0) return damaged('unexpected end of file');
    input.skip(piece.length);
    left -= piece.length;
  }
  return null;
}
