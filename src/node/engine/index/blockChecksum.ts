import type { WordScanner } from '../../../common/scan/wordScan';
import { openKernel } from './kernel';
import { openWordScanner } from './wordScanner';

let scanner: WordScanner | null = null;

/** The checksum that a word scanner gives a block. @param bytes no more than a scanner's block */
export function blockChecksum(bytes: Uint8Array): number {
  scanner ??= openWordScanner({ digits: false }, openKernel(null));
  scanner.memory.set(bytes);
  return scanner.checksum(bytes.length);
}
