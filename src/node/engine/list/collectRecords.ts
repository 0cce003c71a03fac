import type { LogRecord } from '../../../common/model/logRecord';
import { Coverage } from '../../../common/profile/coverage';
import { joinKey } from '../../../common/profile/ids';
import type { RecordReader } from '../../../common/profile/recordReader';
import { framerOf, isAnchored } from '../../../common/scan/framer';
import { countNewlines } from '../../../common/scan/newlineCounter';
import type { FramedRecord, Framer } from '../../../common/scan/recordFramer';
import { type ByteSource, changedNote, hasRanges } from '../../sources/byteSource';
import { openSource } from '../../sources/openSource';
import { strongestIds } from '../lookup/strongestIds';
import { checkCancelled } from '../scan/cancel';
import { isUnparsed } from '../scan/isUnparsed';
import { lineStartFrom, textBefore } from '../scan/rangeStart';
import { readFrame } from '../scan/readFrame';
import { exampleOf, mostExamples } from '../scan/samples';
import type { CollectJob, Postings, RangeEnd } from '../scan/scanJobs';

const chunkSize = 512 * 1024;
const newline = 0x0a;

/**
 * Reads every record that begins in a range and tells where those of each correlation are.
 * @throws AbortError, or an error of the file system
 */
export async function collectRecords(job: CollectJob, reader: RecordReader): Promise<Postings> {
  const source = openSource(job.source);
  try {
    const collector = new Collector(job, reader);
    const end =
      hasRanges(job.source) && isAnchored(job.profile)
        ? collectRange(job, source, collector)
        : await collectStream(job, source, collector);
    return collector.postings(end);
  } finally {
    source.close();
  }
}

function collectRange(job: CollectJob, source: ByteSource, collector: Collector): RangeEnd {
  const chunk = Buffer.allocUnsafeSlow(chunkSize);
  const first = lineStartFrom(source, job.from, chunk);
  // A line that began before the range is another range's, and the break that ends it is counted in this one. It tells
  // whether the record of that range goes on.
  const before = first > job.source.start ? textBefore(source, first) : new Uint8Array(0);
  collector.open(first - before.length, (first > job.from ? 1 : 0) - countNewlines(before));
  collector.push(before);
  collector.done = first >= job.to;
  let newlines = 0;
  let at = first;
  let last = newline;
  // On beyond the range until a record begins there: then the last one of the range is complete.
  while (!collector.done) {
    checkCancelled(job);
    const bytes = chunk.subarray(0, source.read(chunk, at));
    if (bytes.length === 0) break;
    newlines += countNewlines(bytes, 0, Math.max(0, Math.min(bytes.length, job.to - at)));
    collector.push(bytes);
    at += bytes.length;
    last = bytes.at(-1) ?? newline;
  }
  collector.finish();
  if (at <= job.to && last !== newline) newlines++;
  return {
    newlines: newlines + (first > job.from && first <= job.to ? 1 : 0),
    // Less than nothing was read where the file ends before the range by now.
    bytes: Math.max(0, Math.min(job.to, source.size ?? job.to) - job.from),
    note: source.shrunk ? changedNote(job.source) : null,
  };
}

async function collectStream(job: CollectJob, source: ByteSource, collector: Collector): Promise<RangeEnd> {
  let newlines = 0;
  let last = newline;
  collector.open(job.source.start, 0);
  const { bytes, note } = await source.stream(chunk => {
    checkCancelled(job);
    newlines += countNewlines(chunk);
    last = chunk.at(-1) ?? last;
    collector.push(chunk);
    return true;
  });
  if (last !== newline) newlines++;
  collector.finish();
  return { newlines, bytes, note };
}

/** Numbers that come one by one. */
class Column {
  private values = new Float64Array(1024);
  private length = 0;

  push(value: number): void {
    if (this.length === this.values.length) {
      const grown = new Float64Array(2 * this.length);
      grown.set(this.values);
      this.values = grown;
    }
    this.values[this.length++] = value;
  }

  get taken(): Float64Array {
    return this.values.slice(0, this.length);
  }
}

class Collector {
  /** True once a record behind the range has begun. */
  done = false;
  private readonly job: CollectJob;
  private readonly reader: RecordReader;
  private framer: Framer | null = null;
  private readonly indexOf = new Map<string, number>();
  private readonly ids: Postings['ids'] = [];
  private readonly strongest = new Set<number>();
  private readonly pairs = new Map<string, [number, number]>();
  private readonly columns = {
    idOf: new Column(),
    start: new Column(),
    end: new Column(),
    lines: new Column(),
    part: new Column(),
  };
  private readonly counts = { records: 0, unparsed: 0, withoutId: 0, cut: 0 };
  private readonly coverage = new Coverage();
  private readonly unparsedExamples: Postings['unparsedExamples'] = [];

  constructor(job: CollectJob, reader: RecordReader) {
    this.job = job;
    this.reader = reader;
  }

  open(byteStart: number, linesBefore: number): void {
    const { startsRecord, leavesOpen, streamOf } = this.reader;
    const options = { startsRecord, leavesOpen, streamOf, byteStart, line: linesBefore + 1 };
    this.framer = framerOf(this.job.profile, options, frame => this.take(frame));
  }

  push(bytes: Uint8Array): void {
    this.framer?.push(bytes);
  }

  finish(): void {
    if (!this.done) this.framer?.finish();
  }

  postings(end: RangeEnd): Postings {
    const { idOf, start, end: ends, lines, part } = this.columns;
    return {
      ...end,
      ...this.counts,
      ids: this.ids,
      strongest: [...this.strongest].flatMap(index => this.ids[index]?.key ?? []),
      idOf: Uint32Array.from(idOf.taken),
      byteStart: start.taken,
      byteEnd: ends.taken,
      linesBefore: lines.taken,
      part: Uint32Array.from(part.taken),
      pairs: [...this.pairs.values()],
      coverage: this.coverage.rows(),
      unparsedExamples: this.unparsedExamples,
    };
  }

  private take(frame: FramedRecord): void {
    const { byteStart, cut } = frame;
    if (byteStart >= this.job.to) this.done = true;
    // What began before the range is a record of the range before.
    if (this.done || byteStart < this.job.from) return;
    if (cut) this.counts.cut++;
    for (const [part, { record }] of readFrame(frame, this.job.source, this.reader).entries()) {
      this.counts.records++;
      this.coverage.add(record);
      if (isUnparsed(record, this.reader.profile)) this.addUnparsed(frame);
      if (record.correlationIds.length === 0) this.counts.withoutId++;
      else this.addIds(record, frame, part);
    }
  }

  private addUnparsed({ bytes, line }: FramedRecord): void {
    this.counts.unparsed++;
    if (this.unparsedExamples.length < mostExamples)
      this.unparsedExamples.push({ linesBefore: line - 1, text: exampleOf(bytes, this.reader) });
  }

  private addIds(record: LogRecord, { byteStart, byteEnd, line }: FramedRecord, part: number): void {
    const found = new Set(record.correlationIds.map(({ id }) => this.idIndex(id)));
    for (const index of found) {
      this.columns.idOf.push(index);
      this.columns.start.push(byteStart);
      this.columns.end.push(byteEnd);
      this.columns.lines.push(line - 1);
      this.columns.part.push(part);
    }
    for (const id of strongestIds(record)) this.strongest.add(this.idIndex(id));
    const [strongest, ...others] = found;
    if (strongest === undefined) return;
    for (const other of others) this.pairs.set(`${strongest}:${other}`, [strongest, other]);
  }

  private idIndex(id: string): number {
    const key = joinKey(id);
    const known = this.indexOf.get(key);
    if (known !== undefined) return known;
    this.indexOf.set(key, this.ids.length);
    return this.ids.push({ key, id }) - 1;
  }
}
