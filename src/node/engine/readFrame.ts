import path from 'node:path';
import type { RotatedPlace } from '../../common/model/logRecord';
import { byteOffset, lineNumber } from '../../common/model/units';
import type { ReadRecord, RecordReader } from '../../common/profile/recordReader';
import type { FramedRecord } from '../../common/scan/recordFramer';
import type { SourceRef } from '../sources/byteSource';
import { decode, withoutTornWord } from './frameText';

/** The records of a frame; their lines count as the frame's does. */
export function readFrame(
  { bytes, byteStart, byteEnd, line, cut }: FramedRecord,
  source: SourceRef,
  reader: RecordReader,
): ReadRecord[] {
  return reader.read(decode(cut ? withoutTornWord(bytes) : bytes, reader), {
    source: source.id,
    line: lineNumber(line),
    byteStart: byteOffset(byteStart),
    byteEnd: byteOffset(byteEnd),
    ...(source.set ? { set: placeOf(source, source.set) } : {}),
  });
}

/** Where a source stands in its rotated set. */
export const placeOf = (
  { id }: Pick<SourceRef, 'id'>,
  { name, index }: NonNullable<SourceRef['set']>,
): RotatedPlace => ({
  log: path.join(path.dirname(id), name),
  index,
});
