import { byteOffset } from '../../common/model/units';
import type { RecordReader } from '../../common/profile/recordReader';
import { isBlank, withoutReturn } from '../../common/scan/lines';
import { recordAround } from '../../common/scan/recordAround';
import { recordCap, type StartsRecord } from '../../common/scan/recordFramer';
import type { SourceRef } from '../sources/byteSource';
import type { SearchTarget } from './membership';
import { membershipOf } from './membership';
import type { SearchHit } from './scanJobs';

const newline = 0x0a;

/** A stretch of a source's bytes: `bytes[0]` stands at offset `base`. */
export interface ByteWindow {
  bytes: Buffer;
  base: number;
  /** True where nothing before the window can belong to its first record: at the source's beginning, for one. */
  startsAtFileStart: boolean;
  endsAtFileEnd: boolean;
}

/** The record around a hit, as offsets in its window. */
export interface FoundRecord {
  window: ByteWindow;
  start: number;
  end: number;
  /** Where what is kept of it ends. */
  textEnd: number;
  /** True where it is longer than the cap, so that not all of it is kept. */
  cut: boolean;
}

/** How far a record is followed beyond the cap, to both sides, to find where it begins and ends. */
export const reach = 16 * recordCap;

/** The record that holds offset `at` of a window, or the direction in which the window is too small. */
export function findRecord(window: ByteWindow, at: number, reader: RecordReader): FoundRecord | 'before' | 'after' {
  const found = recordAround(window.bytes, at, startsRecord(reader), window);
  return typeof found === 'string' ? found : capped(window, found.start, found.end);
}

/** As the framer asks: by the beginning of a line that is too long. */
const startsRecord =
  (reader: RecordReader): StartsRecord =>
  (bytes, start, end) =>
    reader.startsRecord(bytes, start, Math.min(end, start + recordCap));

/** What is kept of a record is its beginning, as for the list: there is its time and what it says of itself. */
function capped(window: ByteWindow, start: number, end: number): FoundRecord {
  const textEnd = Math.min(end, start + recordCap);
  return { window, start, end, textEnd, cut: textEnd < end };
}

/** Where the record at `at` begins, in its window; `null` where that is before the window. */
export function recordStart({ bytes, startsAtFileStart }: ByteWindow, at: number, reader: RecordReader): number | null {
  const starts = startsRecord(reader);
  let end = bytes.indexOf(newline, at);
  if (end < 0) end = bytes.length;
  for (;;) {
    const start = end > 0 ? bytes.lastIndexOf(newline, end - 1) + 1 : 0;
    if (start === 0) return startsAtFileStart ? 0 : null;
    const text = withoutReturn(bytes, start, end);
    if (!isBlank(bytes, start, Math.min(text, start + recordCap)) && starts(bytes, start, text)) return start;
    end = start - 1;
  }
}

/**
 * The part of the line around a hit, where its record is longer than anybody follows it: never a byte of another line,
 * and so of another record.
 */
export function clip({ bytes, ...window }: ByteWindow, at: number): FoundRecord {
  const lineStart = at > 0 ? bytes.lastIndexOf(newline, at - 1) + 1 : 0;
  const lineEnd = bytes.indexOf(newline, at);
  const start = Math.max(lineStart, at - recordCap / 2);
  return { ...capped({ bytes, ...window }, start, lineEnd < 0 ? bytes.length : lineEnd), cut: true };
}

/** Reads the record of a hit and says what it has to do with the target. */
export function readHit(
  found: FoundRecord,
  source: SourceRef,
  reader: RecordReader,
  target: { index: number; target: SearchTarget },
  linesBefore: number,
): SearchHit {
  const { window, start, end, textEnd, cut } = found;
  const bytes = window.bytes.subarray(start, textEnd);
  const read = reader.read(decode(cut ? withoutTornWord(bytes) : bytes, reader), {
    source: source.id,
    line: null,
    byteStart: byteOffset(window.base + start),
    byteEnd: byteOffset(window.base + end),
  });
  return { target: target.index, record: read.record, linesBefore, membership: membershipOf(read, target.target), cut };
}

const longestTorn = 512;

/** The beginning of a record that was cut, without the word that the cut may have torn: half an ID is another ID. */
export function withoutTornWord(bytes: Uint8Array): Uint8Array {
  for (let end = bytes.length; end > 0 && end > bytes.length - longestTorn; end--) {
    if (separators.has(bytes[end - 1] ?? 0)) return bytes.subarray(0, end);
  }
  return bytes;
}

const separators = new Set(Buffer.from(' \t\r\n"\'=,;&()[]{}<>|'));

/** The text of a record's bytes. UTF-16 sources are handed out as UTF-8 already. */
export const decode = (bytes: Uint8Array, { profile }: RecordReader): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString(
    profile.encoding === 'latin1' ? 'latin1' : 'utf8',
  );
