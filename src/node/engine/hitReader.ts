import { byteOffset } from '../../common/model/units';
import type { RecordReader } from '../../common/profile/recordReader';
import { recordAround } from '../../common/scan/recordAround';
import { recordCap } from '../../common/scan/recordFramer';
import type { SourceRef } from '../sources/byteSource';
import { membershipOf } from './membership';
import type { SearchHit, SearchTarget } from './scanJobs';

/** A stretch of a source's bytes: `bytes[0]` stands at offset `base`. */
export interface ByteWindow {
  bytes: Buffer;
  base: number;
  endsAtFileEnd: boolean;
}

/** The record around a hit, as offsets in its window. */
export interface FoundRecord {
  window: ByteWindow;
  start: number;
  end: number;
  cut: boolean;
}

/** The record that holds offset `at` of a window, or the direction in which the window is too small. */
export function findRecord(window: ByteWindow, at: number, reader: RecordReader): FoundRecord | 'before' | 'after' {
  const borders = { startsAtFileStart: window.base === 0, endsAtFileEnd: window.endsAtFileEnd };
  const found = recordAround(window.bytes, at, (bytes, start, end) => reader.startsRecord(bytes, start, end), borders);
  if (typeof found === 'string') return found;
  if (found.end - found.start <= recordCap) return { window, ...found, cut: false };
  return clip(window, at, found.start, found.end);
}

/** The part of a record that is too long to be read whole: what stands around the hit. */
export function clip(window: ByteWindow, at: number, start = 0, end = window.bytes.length): FoundRecord {
  const from = Math.max(start, at - recordCap / 2);
  return { window, start: from, end: Math.min(end, from + recordCap), cut: true };
}

/** Reads the record of a hit and says what it has to do with the target. */
export function readHit(
  found: FoundRecord,
  source: SourceRef,
  reader: RecordReader,
  target: { index: number; target: SearchTarget },
  linesBefore: number,
): SearchHit {
  const { window, start, end, cut } = found;
  const read = reader.read(decode(window.bytes.subarray(start, end), reader), {
    source: source.id,
    line: null,
    byteStart: byteOffset(window.base + start),
    byteEnd: byteOffset(window.base + end),
  });
  return { target: target.index, record: read.record, linesBefore, membership: membershipOf(read, target.target), cut };
}

/** The text of a record's bytes. UTF-16 sources are handed out as UTF-8 already. */
export const decode = (bytes: Uint8Array, { profile }: RecordReader): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString(
    profile.encoding === 'latin1' ? 'latin1' : 'utf8',
  );
