import { Places } from '../../../common/index/postings';
import type { SummaryRecord } from '../../../common/index/summaryRecord';
import { blockOf } from '../../../common/index/traceBlock';
import { TraceRows, traceBit } from '../../../common/index/traceRows';
import type { LogRecord } from '../../../common/model/logRecord';
import type { RecordReader } from '../../../common/profile/recordReader';
import type { FramedRecord } from '../../../common/scan/recordFramer';
import type { Template } from '../../../common/templates/template';
import { newRecord, TemplateReader } from '../../../common/templates/templateReader';
import { checkCancelled } from '../scan/cancel';
import { decode } from '../scan/frameText';
import { isUnparsed } from '../scan/isUnparsed';
import { readFrame } from '../scan/readFrame';
import type { RangeEnd, RangeTable, TabulateJob } from '../scan/scanJobs';

/** What a reader's source has taught is kept as long as the reader is. */
const templatesOf = new WeakMap<RecordReader, TemplateReader>();

const encoder = new TextEncoder();

/** The memory of the range before, for the next: large arrays that are thrown away stay around for long. */
let spare: { rows: TraceRows; places: Places } | null = null;

/** Sums up the traces of the records that begin in a range. */
export class Tabulator {
  /** True once a record behind the range has begun. */
  done = false;
  readonly job: TabulateJob;
  readonly reader: RecordReader;
  private readonly templates: TemplateReader;
  private readonly rows: TraceRows;
  private readonly places: Places;
  private readonly pairs: number[] = [];
  private readonly counts = { records: 0, unparsed: 0, withoutId: 0, cut: 0 };
  private readonly scratch = newRecord();

  constructor(job: TabulateJob, reader: RecordReader) {
    this.job = job;
    this.reader = reader;
    let templates = templatesOf.get(reader);
    if (!templates) {
      templates = new TemplateReader(reader, record => isUnparsed(record, reader.profile));
      templatesOf.set(reader, templates);
    }
    templates.base = job.base;
    const { rows, places } = spare ?? { rows: new TraceRows(), places: new Places() };
    spare = null;
    rows.clear();
    places.clear();
    this.rows = rows;
    this.places = places;
    this.templates = templates;
  }

  /** Reads a line that is known by a template into `record`; see {@link TemplateReader}. */
  match(bytes: Uint8Array, start: number, limit: number, record: SummaryRecord): Template | null {
    return this.templates.match(bytes, start, limit, record);
  }

  /** Where the line ends that was matched last. */
  get matchedEnd(): number {
    return this.templates.end;
  }

  /** Adds a record that was read by a template; `start` is its offset in the source. */
  add(record: SummaryRecord, { isUnparsed: unparsed }: Template, start: number, length: number): void {
    this.counts.records++;
    if (unparsed) this.counts.unparsed++;
    if (record.starts[0]! < 0) this.counts.withoutId++;
    else this.places.add(this.rows.add(record), { start: start - this.job.from, length, part: 0 });
  }

  /** Adds the records of a frame. @param isLine whether it is a line as a template is learned from */
  take(frame: FramedRecord, isLine: boolean): void {
    const { byteStart, byteEnd, bytes, cut } = frame;
    if (byteStart >= this.job.to) this.done = true;
    // What began before the range is a record of the range before.
    if (this.done || byteStart < this.job.from) return;
    if (isLine) {
      const template = this.match(bytes, 0, bytes.length, this.scratch);
      if (template) {
        this.add(this.scratch, template, byteStart, byteEnd - byteStart);
        return;
      }
    }
    // Reading takes many times as long as what templates save.
    checkCancelled(this.job);
    if (cut) this.counts.cut++;
    const all = readFrame(frame, this.job.source, this.reader);
    for (const [part, { record }] of all.entries()) {
      this.counts.records++;
      if (isUnparsed(record, this.reader.profile)) this.counts.unparsed++;
      if (record.correlationIds.length === 0) this.counts.withoutId++;
      else this.addRead(record, { start: byteStart - this.job.from, length: byteEnd - byteStart, part });
    }
    if (isLine && all.length === 1) this.templates.missed(decode(bytes, this.reader));
  }

  table(end: RangeEnd): RangeTable {
    const block = blockOf(this.rows, this.places, this.pairs, this.job.base);
    spare = { rows: this.rows, places: this.places };
    return { ...end, ...this.counts, block };
  }

  private addRead(record: LogRecord, place: { start: number; length: number; part: number }): void {
    const rows = record.correlationIds.map(({ id }) => {
      this.templates.take(record, id, this.scratch);
      const row = this.rows.add(this.scratch);
      this.places.add(row, place);
      return row;
    });
    const [first] = rows;
    if (first === undefined) return;
    if (record.stepId !== null) {
      const step = encoder.encode(record.stepId);
      for (const { id } of record.previous.slice(1)) this.rows.point(first, step, encoder.encode(id));
    }
    if (rows.length === 1) return;
    for (const row of rows) this.rows.mark(row, traceBit.inexact);
    for (const row of rows.slice(1)) if (row !== first) this.pairs.push(first, row);
  }
}
