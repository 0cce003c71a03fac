import path from 'node:path';
import type { RecordLocation, RotatedPlace } from '../../../common/model/logRecord';
import { byteOffset, lineNumber } from '../../../common/model/units';
import type { ReadRecord, RecordReader } from '../../../common/profile/recordReader';
import type { FramedRecord } from '../../../common/scan/recordFramer';
import type { SourceRef } from '../../sources/byteSource';
import { decode, withoutTornWord } from './frameText';

/** The records of a frame; their lines count as the frame's does. */
export function readFrame(
  { bytes, byteStart, byteEnd, line, cut }: FramedRecord,
  source: SourceRef,
  reader: RecordReader,
): ReadRecord[] {
  return reader.read(decode(cut ? withoutTornWord(bytes) : bytes, reader), {
    ...placeOf(source),
    line: lineNumber(line),
    byteStart: byteOffset(byteStart),
    byteEnd: byteOffset(byteEnd),
  });
}

/** Of all records of a source. */
export const placeOf = (source: SourceRef): Pick<RecordLocation, 'source' | 'set'> => ({
  source: source.id,
  ...(source.set ? { set: rotatedPlace(source, source.set) } : {}),
});

const rotatedPlace = ({ id }: SourceRef, { name, index }: NonNullable<SourceRef['set']>): RotatedPlace => ({
  log: path.join(path.dirname(id), name),
  index,
});
