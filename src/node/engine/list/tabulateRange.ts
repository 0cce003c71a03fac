import type { RecordReader } from '../../../common/profile/recordReader';
import { framerOf, isAnchored } from '../../../common/scan/framer';
import { countNewlines } from '../../../common/scan/newlineCounter';
import { type ByteSource, changedNote, hasRanges } from '../../sources/byteSource';
import { openSource } from '../../sources/openSource';
import { checkCancelled } from '../scan/cancel';
import { lineStartFrom, textBefore } from '../scan/rangeStart';
import type { RangeEnd, RangeTable, TabulateJob } from '../scan/scanJobs';
import { LineTabulator } from './lineTabulator';
import { Tabulator } from './tabulator';

const chunkSize = 512 * 1024;
const newline = 0x0a;

/**
 * Reads every record that begins in a range and sums up the traces that they belong to.
 * @throws AbortError, or an error of the file system
 */
export async function tabulateRange(job: TabulateJob, reader: RecordReader): Promise<RangeTable> {
  const source = openSource(job.source);
  const tabulator = new Tabulator(job, reader);
  try {
    const isRange = hasRanges(job.source) && isAnchored(job.profile);
    const end = isRange ? readRange(source, tabulator) : await readStream(source, tabulator);
    return tabulator.table(end);
  } finally {
    source.close();
  }
}

function readRange(source: ByteSource, tabulator: Tabulator): RangeEnd {
  const { job } = tabulator;
  const first = lineStartFrom(source, job.from, Buffer.allocUnsafeSlow(chunkSize));
  // The line break that ends a line of the range before is counted in this one.
  let newlines = first > job.from && first <= job.to ? 1 : 0;
  const taker = takerOf(tabulator, first, first > job.source.start ? textBefore(source, first) : new Uint8Array(0));
  tabulator.done = first >= job.to;
  let at = first;
  let last = newline;
  // On beyond the range until a record begins there: then the last one of the range is complete.
  while (!tabulator.done) {
    checkCancelled(job);
    const room = taker.room.subarray(0, chunkSize);
    const count = source.read(room, at);
    if (count === 0) break;
    last = room[count - 1]!;
    at += count;
    newlines += taker.took(count, job.to);
  }
  taker.finish();
  if (at <= job.to && last !== newline) newlines++;
  return {
    newlines,
    // Less than nothing was read where the file ends before the range by now.
    bytes: Math.max(0, Math.min(job.to, source.size ?? job.to) - job.from),
    note: source.shrunk ? changedNote(job.source) : null,
  };
}

async function readStream(source: ByteSource, tabulator: Tabulator): Promise<RangeEnd> {
  const { job } = tabulator;
  const taker = takerOf(tabulator, job.source.start, new Uint8Array(0));
  let newlines = 0;
  let last = newline;
  const { bytes, note } = await source.stream(chunk => {
    checkCancelled(job);
    last = chunk.at(-1) ?? last;
    for (let at = 0; at < chunk.length; ) {
      const room = taker.room.subarray(0, chunk.length - at);
      room.set(chunk.subarray(at, at + room.length));
      newlines += taker.took(room.length, Number.POSITIVE_INFINITY);
      at += room.length;
    }
    return true;
  });
  taker.finish();
  return { newlines: newlines + (last === newline ? 0 : 1), bytes, note };
}

/** Takes bytes as they come; see {@link LineTabulator}. */
interface Taker {
  readonly room: Buffer;
  took(count: number, to: number): number;
  finish(): void;
}

function takerOf(tabulator: Tabulator, offset: number, before: Uint8Array): Taker {
  const { profile, streamOf, leavesOpen } = tabulator.reader;
  if (isAnchored(profile) && !streamOf && !leavesOpen) return new LineTabulator(tabulator, offset, before);
  return new FrameTabulator(tabulator, offset, before);
}

/** For all other sources: records are cut by their framer, and looked at one by one. */
class FrameTabulator implements Taker {
  readonly room = Buffer.allocUnsafeSlow(chunkSize);
  private readonly framer;
  private readonly tabulator: Tabulator;
  private offset: number;

  constructor(tabulator: Tabulator, offset: number, before: Uint8Array) {
    const { profile, startsRecord, leavesOpen, streamOf } = tabulator.reader;
    const options = { startsRecord, leavesOpen, streamOf, byteStart: offset - before.length };
    this.tabulator = tabulator;
    this.offset = offset;
    this.framer = framerOf(profile, options, frame =>
      tabulator.take(frame, profile.framing !== 'table' && frame.lines === 1 && !frame.cut),
    );
    this.framer.push(before);
  }

  took(count: number, to: number): number {
    const bytes = this.room.subarray(0, count);
    const breaks = countNewlines(bytes, 0, Math.max(0, Math.min(count, to - this.offset)));
    this.offset += count;
    this.framer.push(bytes);
    return breaks;
  }

  finish(): void {
    if (!this.tabulator.done) this.framer.finish();
  }
}
