import { blockSize } from '../../../common/index/segment';
import type { SourceRef } from '../../sources/byteSource';
import { openSource } from '../../sources/openSource';
import { blockChecksum } from '../index/blockChecksum';

/** Whether a source is a file of this machine, of which can be told whether it was written to. */
export const isHere = ({ written, text, mirror, member }: SourceRef): boolean =>
  written !== null && text === null && mirror === null && (member === null || isHere(member.archive));

/** Checksum of the bytes right before an offset of a source with ranges; -1 where they cannot be read. */
export function tailOf(ref: SourceRef, end: number): number {
  try {
    const source = openSource(ref);
    try {
      const from = Math.max(ref.start, end - blockSize);
      const bytes = new Uint8Array(end - from);
      const count = source.read(bytes, from);
      return source.shrunk || count < bytes.length ? -1 : blockChecksum(bytes);
    } finally {
      source.close();
    }
  } catch {
    return -1;
  }
}
