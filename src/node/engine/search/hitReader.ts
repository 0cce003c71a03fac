import type { RecordReader } from '../../../common/profile/recordReader';
import { recordAround } from '../../../common/scan/recordAround';
import { type FramedRecord, recordCap } from '../../../common/scan/recordFramer';
import type { OfLine, RecordRule } from '../../../common/scan/recordRule';
import type { SourceRef } from '../../sources/byteSource';
import { readFrame } from '../scan/readFrame';
import type { SearchHit } from '../scan/scanJobs';
import type { SearchTarget } from './membership';
import { membershipOf } from './membership';

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
  const found = recordAround(window.bytes, at, ruleOf(reader), window);
  return typeof found === 'string' ? found : capped(window, found.start, found.end);
}

/** As the framer asks: by the beginning of a line that is too long. */
function ruleOf({ startsRecord, leavesOpen, streamOf }: RecordReader): RecordRule {
  return {
    startsRecord: capLine(startsRecord),
    leavesOpen: leavesOpen && capLine(leavesOpen),
    streamOf: streamOf && capLine(streamOf),
  };
}

const capLine =
  <Result>(ofLine: OfLine<Result>): OfLine<Result> =>
  (bytes, start, end) =>
    ofLine(bytes, start, Math.min(end, start + recordCap));

/** What is kept of a record is its beginning, as for the list: there is its time and what it says of itself. */
function capped(window: ByteWindow, start: number, end: number): FoundRecord {
  const textEnd = Math.min(end, start + recordCap);
  return { window, start, end, textEnd, cut: textEnd < end };
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

/** A target of a search with its index. */
export interface IndexedTarget {
  index: number;
  target: SearchTarget;
}

/** Reads the records around a hit and says what they have to do with the target; those with nothing are left out. */
export function readHit(
  { window, start, end, textEnd, cut }: FoundRecord,
  source: SourceRef,
  reader: RecordReader,
  target: IndexedTarget,
  linesBefore: number,
): SearchHit[] {
  const frame = {
    bytes: window.bytes.subarray(start, textEnd),
    byteStart: window.base + start,
    byteEnd: window.base + end,
    // Counted from the frame's own first line.
    line: 1,
    lines: 0,
    cut,
  };
  return hitsIn(frame, source, reader, target, linesBefore);
}

/** The records of a frame that holds a hit. `linesBefore`: line breaks before the frame's line 1. */
export function hitsIn(
  frame: FramedRecord,
  source: SourceRef,
  reader: RecordReader,
  { index, target }: IndexedTarget,
  linesBefore: number,
): SearchHit[] {
  const all = readFrame(frame, source, reader);
  return all.flatMap((read): SearchHit[] => {
    const membership = membershipOf(read, target);
    // The text that holds the hit may be another record's of the same document.
    const isSure = membership.kind === 'group' || membership.kind === 'role' || all.length === 1;
    if (!isSure && !read.fields.some(({ value }) => value.includes(target.id))) return [];
    const { location } = read.record;
    const lines = linesBefore + (location.line ?? 1) - 1;
    const record = { ...read.record, location: { ...location, line: null } };
    return [{ target: index, record, linesBefore: lines, membership, cut: frame.cut }];
  });
}
