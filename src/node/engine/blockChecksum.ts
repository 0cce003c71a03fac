import { blockSize } from '../../common/scan/wordScan';
import { checksumOf } from '../../common/scan/words';

const scratch = new Int32Array(blockSize / 4);
const scratchBytes = new Uint8Array(scratch.buffer);

/** The checksum that a word scanner gives a block. @param bytes at most `blockSize` */
export function blockChecksum(bytes: Uint8Array): number {
  if (bytes.length === blockSize && bytes.byteOffset % 4 === 0) {
    return checksumOf(new Int32Array(bytes.buffer, bytes.byteOffset, blockSize / 4), blockSize);
  }
  scratchBytes.set(bytes);
  scratchBytes.fill(0, bytes.length, Math.ceil(bytes.length / 64) * 64);
  return checksumOf(scratch, bytes.length);
}
