import { isBlank, withoutReturn } from '../../../common/scan/lines';
import { RecordFramer, recordCap } from '../../../common/scan/recordFramer';
import type { Template } from '../../../common/templates/template';
import { newRecord } from '../../../common/templates/templateReader';
import type { Tabulator } from './tabulator';

const newline = 0x0a;
/** Holds the longest record that is kept, and as much again to read into. */
const bufferSize = 2 * recordCap;

/**
 * Cuts a stream of bytes into records as `RecordFramer` does, for sources whose records begin at lines that tell so by
 * themselves. A line that is known by a template begins a record, and is all of it unless the next line goes on with it;
 * only what stands around other lines goes through the framer.
 */
export class LineTabulator {
  private readonly tabulator: Tabulator;
  private readonly buffer = Buffer.allocUnsafeSlow(bufferSize);
  private length = 0;
  /** Where the next line to look at begins in the buffer. */
  private at = 0;
  /** Offset of the buffer in the source. */
  private offset: number;
  private framer: RecordFramer | null = null;
  /** A known line that may still be gone on with, and what it says. */
  private held: { template: Template; start: number; end: number } | null = null;
  private record = newRecord();
  private spare = newRecord();
  /** Within a line that is longer than the buffer: the framer has its beginning. */
  private inLongLine = false;

  /**
   * @param offset of the first byte to come
   * @param before what stands right before it: the last record that is not blank may go on
   */
  constructor(tabulator: Tabulator, offset: number, before: Uint8Array) {
    this.tabulator = tabulator;
    this.offset = offset;
    if (before.length > 0) this.openFramer(offset - before.length).push(before);
  }

  /** The part of the buffer that the next bytes are to be read into; never empty. */
  get room(): Buffer {
    return this.buffer.subarray(this.length);
  }

  /** Takes so many bytes that were read into {@link room}. @returns the number of line breaks before offset `to` */
  took(count: number, to: number): number {
    const { buffer } = this;
    const length = this.length + count;
    const limit = buffer.subarray(this.length, length).lastIndexOf(newline) + 1 + this.length;
    const hasLine = limit > this.length;
    this.length = length;
    let breaks = 0;
    while (hasLine && this.at < limit && !this.tabulator.done) {
      const next = this.line(this.at, limit);
      if (this.offset + next - 1 < to) breaks++;
      this.at = next;
    }
    this.keep();
    return breaks;
  }

  /** Ends the stream: what is not ended by a line break is a line as well. */
  finish(): void {
    if (!this.tabulator.done && this.at < this.length) this.line(this.at, this.length);
    if (this.tabulator.done) return;
    this.commit();
    this.closeFramer();
  }

  /** Takes the line that begins at `start`; it ends before `limit`. @returns where the next one begins */
  private line(start: number, limit: number): number {
    const { buffer, tabulator } = this;
    const template = this.inLongLine ? null : tabulator.match(buffer, start, limit, this.spare);
    if (!template) return this.unknown(start, limit);
    const end = tabulator.matchedEnd;
    this.commit();
    this.closeFramer();
    if (this.offset + start >= tabulator.job.to) tabulator.done = true;
    else {
      this.held = { template, start, end };
      const { spare } = this;
      this.spare = this.record;
      this.record = spare;
    }
    return end < limit ? end + (buffer[end] === newline ? 1 : 2) : end;
  }

  /** A line that has no template. @returns where the next one begins */
  private unknown(start: number, limit: number): number {
    const { buffer } = this;
    const found = buffer.indexOf(newline, start);
    const end = found < 0 || found >= limit ? limit : found;
    const next = Math.min(end + 1, limit);
    const textEnd = withoutReturn(buffer, start, end);
    if (this.inLongLine || isBlank(buffer, start, textEnd)) this.framer?.push(buffer.subarray(start, next));
    else this.goOn(start, textEnd, next);
    this.inLongLine = false;
    return next;
  }

  /** A line that has no template and is not blank: it may begin a record or go on with one. */
  private goOn(start: number, textEnd: number, next: number): void {
    const { buffer, held } = this;
    let from = start;
    if (held && !this.tabulator.reader.startsRecord(buffer, start, Math.min(textEnd, start + recordCap))) {
      from = held.start;
      this.held = null;
    } else this.commit();
    const framer = this.framer ?? this.openFramer(this.offset + from);
    framer.push(buffer.subarray(from, next));
  }

  private commit(): void {
    const { held } = this;
    this.held = null;
    if (held && this.offset + held.start >= this.tabulator.job.from)
      this.tabulator.add(this.record, held.template, this.offset + held.start, held.end - held.start);
  }

  private openFramer(byteStart: number): RecordFramer {
    const { startsRecord } = this.tabulator.reader;
    this.framer = new RecordFramer({ startsRecord, byteStart }, frame =>
      this.tabulator.take(frame, frame.lines === 1 && !frame.cut),
    );
    return this.framer;
  }

  private closeFramer(): void {
    this.framer?.finish();
    this.framer = null;
  }

  /** Makes room: drops what was looked at, but for a record that may go on. */
  private keep(): void {
    const { buffer } = this;
    if (this.at < this.length && this.length - (this.held?.start ?? this.at) > recordCap) {
      // A line that long has no template.
      if (this.inLongLine) this.framer?.push(buffer.subarray(this.at, this.length));
      else this.goOn(this.at, this.length, this.length);
      this.inLongLine = true;
      this.at = this.length;
    }
    const from = this.held?.start ?? this.at;
    buffer.copyWithin(0, from, this.length);
    this.length -= from;
    this.at -= from;
    this.offset += from;
    if (!this.held) return;
    this.held.start -= from;
    this.held.end -= from;
    const { starts, ends } = this.record;
    for (let role = 0; role < starts.length; role++) {
      if (starts[role]! < 0) continue;
      starts[role]! -= from;
      ends[role]! -= from;
    }
  }
}
