import { isBlank, lengthOfBom, withoutReturn } from './lines';
import type { RecordRule } from './recordRule';

/** Longest record that is kept, in bytes; the rest is skipped, counted and marked. */
export const recordCap = 1024 * 1024;

/** One record of a stream of bytes. */
export interface FramedRecord {
  /** May alias the pushed chunk: valid during the call only. Without BOM, final line break and trailing blank lines. */
  bytes: Uint8Array;
  /** Offset of the first byte in the source. */
  byteStart: number;
  /** Offset behind the last byte in the source, also of what was cut off. */
  byteEnd: number;
  /** First line, from 1. */
  line: number;
  /** Lines from the first to the last that is not blank. */
  lines: number;
  /** True where the record was longer than the cap and `bytes` holds its beginning only. */
  cut: boolean;
}

/** Cuts a stream of bytes into frames, each of which holds one record or, of a document, several. */
export interface Framer {
  /** Lines seen so far, blank ones too; complete after {@link finish}. */
  readonly lines: number;
  push(chunk: Uint8Array): void;
  /** Ends the stream: emits what is still open. */
  finish(): void;
}

export interface FramerOptions extends RecordRule {
  /** Where the first pushed byte stands, for a stream that starts inside a source. */
  byteStart?: number;
  /** Number of the first pushed line. */
  line?: number;
  cap?: number;
}

const newline = 0x0a;
const crLf = 0x0d0a;

/**
 * Cuts a stream of bytes into records: a record begins at each line for which the rule says so, the lines between
 * belong to the record before them, and lines before the first start form a record of their own. Blank lines begin
 * nothing. The records are the same however the bytes are cut into chunks.
 */
export class RecordFramer {
  /** Lines seen so far, blank ones too; complete after {@link finish}. */
  lines = 0;
  private readonly rule: RecordRule;
  private readonly emit: (record: FramedRecord) => void;
  private readonly cap: number;
  private readonly firstLine: number;
  /** Offset in the source of the next byte to come. */
  private offset: number;
  /** The line that the last chunk left unfinished: its first `cap` bytes, its true length, its last two bytes. */
  private readonly partial: GrowingBytes;
  private partialLength = 0;
  private partialTail = 0;
  /** The open record, in a chunk (`held`) or, once that chunk is gone, copied to `kept`. */
  private open = false;
  /** What the last line that is not blank says of the next one. */
  private leftOpen = false;
  private stream = '';
  private held: Uint8Array | null = null;
  private heldStart = 0;
  private readonly kept: GrowingBytes;
  private byteStart = 0;
  private byteEnd = 0;
  private line = 0;
  private lastLine = 0;

  constructor(options: FramerOptions, emit: (record: FramedRecord) => void) {
    this.rule = options;
    this.emit = emit;
    this.cap = options.cap ?? recordCap;
    this.offset = options.byteStart ?? 0;
    this.firstLine = options.line ?? 1;
    this.partial = new GrowingBytes(this.cap + 3);
    this.kept = new GrowingBytes(this.cap);
  }

  push(chunk: Uint8Array): void {
    let start = 0;
    if (this.partialLength > 0) {
      const end = chunk.indexOf(newline);
      start = end < 0 ? chunk.length : end + 1;
      this.keepPartial(chunk, 0, start);
      if (end >= 0) this.endPartial();
    }
    while (start < chunk.length) {
      const end = chunk.indexOf(newline, start);
      if (end < 0) {
        this.keepPartial(chunk, start, chunk.length);
        break;
      }
      const text = withoutReturn(chunk, start, end);
      this.take(chunk, start, end + 1, text - start, end + 1 - start);
      start = end + 1;
    }
    this.keepOpen();
  }

  /** Ends the stream: emits what is still open. */
  finish(): void {
    if (this.partialLength > 0) this.endPartial();
    this.flush();
  }

  private keepPartial(chunk: Uint8Array, start: number, end: number): void {
    this.partial.append(chunk, start, end);
    this.partialLength += end - start;
    for (let at = Math.max(start, end - 2); at < end; at++) {
      this.partialTail = ((this.partialTail << 8) | (chunk[at] ?? 0)) & 0xffff;
    }
  }

  private endPartial(): void {
    const { bytes, length } = this.partial;
    const breakLength = (this.partialTail & 0xff) !== newline ? 0 : this.partialTail === crLf ? 2 : 1;
    this.take(bytes, 0, length, this.partialLength - breakLength, this.partialLength);
    this.keepOpen();
    this.partial.clear();
    this.partialLength = 0;
    this.partialTail = 0;
  }

  /** One line: `bytes[start, end)` with its break (its beginning, if too long), `text` and `raw` its true lengths. */
  private take(bytes: Uint8Array, start: number, end: number, text: number, raw: number): void {
    const skip = this.offset === 0 ? lengthOfBom(bytes) : 0;
    const from = start + skip;
    const to = Math.min(start + text, from + this.cap, end);
    const byteStart = this.offset + skip;
    const byteEnd = this.offset + text;
    this.offset += raw;
    const line = this.firstLine + this.lines++;
    if (isBlank(bytes, from, to)) {
      if (this.open && this.held !== bytes) this.kept.append(bytes, from, end);
      return;
    }
    if (!this.begins(bytes, from, to)) {
      if (this.held !== bytes) this.kept.append(bytes, from, end);
    } else {
      this.flush();
      this.open = true;
      this.held = bytes;
      this.heldStart = from;
      this.byteStart = byteStart;
      this.line = line;
    }
    this.byteEnd = byteEnd;
    this.lastLine = line;
  }

  private begins(bytes: Uint8Array, from: number, to: number): boolean {
    const { startsRecord, leavesOpen, streamOf } = this.rule;
    const stream = streamOf ? streamOf(bytes, from, to) : '';
    const begins = !this.open || stream !== this.stream || (!this.leftOpen && startsRecord(bytes, from, to));
    this.stream = stream;
    if (leavesOpen) this.leftOpen = leavesOpen(bytes, from, to);
    return begins;
  }

  /** Copies the open record out of the chunk, which belongs to the caller again. */
  private keepOpen(): void {
    if (!this.open || this.held === null) return;
    const end = this.held === this.partial.bytes ? this.partial.length : this.heldStart + this.offset - this.byteStart;
    this.kept.clear();
    this.kept.append(this.held, this.heldStart, Math.min(end, this.held.length));
    this.held = null;
  }

  private flush(): void {
    if (!this.open) return;
    const length = this.byteEnd - this.byteStart;
    const size = Math.min(length, this.cap);
    const bytes = this.held?.subarray(this.heldStart, this.heldStart + size) ?? this.kept.bytes.subarray(0, size);
    const { byteStart, byteEnd, line } = this;
    this.open = false;
    this.held = null;
    this.emit({ bytes, byteStart, byteEnd, line, lines: this.lastLine - line + 1, cut: length > this.cap });
    this.kept.clear();
  }
}

/** Bytes that grow up to a limit; what comes after it is dropped. */
export class GrowingBytes {
  bytes: Uint8Array = new Uint8Array(0);
  length = 0;
  private readonly limit: number;

  constructor(limit: number) {
    this.limit = limit;
  }

  append(from: Uint8Array, start: number, end: number): void {
    const size = Math.min(end - start, this.limit - this.length);
    if (size <= 0) return;
    if (this.length + size > this.bytes.length) {
      const grown = new Uint8Array(Math.min(this.limit, Math.max(4096, 2 * (this.length + size))));
      grown.set(this.bytes.subarray(0, this.length));
      this.bytes = grown;
    }
    this.bytes.set(from.subarray(start, start + size), this.length);
    this.length += size;
  }

  clear(): void {
    this.length = 0;
  }
}
