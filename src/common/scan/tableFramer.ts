import type { TableLayout } from '../model/sourceProfile';
import { isBlank, lengthOfBom, withoutReturn } from './lines';
import { countNewlines } from './newlineCounter';
import { QuotedCells } from './quotedCells';
import { type FramedRecord, type Framer, type FramerOptions, recordCap } from './recordFramer';

/** Lines that a row may span. */
export const rowLinesCap = 1000;

const newline = 0x0a;

export type TableFraming = Pick<TableLayout, 'dialect' | 'separator' | 'quoted' | 'comment' | 'header'>;

/**
 * Cuts a stream of bytes into the rows of a table (RFC 4180). A quoted cell may hold line breaks; blank lines, comments,
 * the row of titles and its repetitions are no rows, but count as lines. The rows are the same however the bytes are cut
 * into chunks.
 *
 * A stray quote does not swallow the file: a quoted cell is given up, so that its row ends at its first line break, if
 * the quote that would end it is not followed by a separator or the line's end, if the row would grow over
 * {@link rowLinesCap} lines or the cap, or if the source ends within it.
 */
export class TableFramer implements Framer {
  lines = 0;
  private readonly emit: (frame: FramedRecord) => void;
  private readonly cap: number;
  private readonly firstLine: number;
  private readonly quotes: QuotedCells | null;
  private readonly comment: Uint8Array | null;
  private awaitsTitles: boolean;
  private titles: Uint8Array | null = null;
  /** The row that the last chunk left unfinished, from its beginning, and the bytes of it that were dropped. */
  private rest: Uint8Array = new Uint8Array(0);
  private dropped = 0;
  private lastDropped = 0;
  /** Offset in the source of the first byte of `rest`, or of the next to come. */
  private offset: number;

  constructor(layout: TableFraming, options: Omit<FramerOptions, 'startsRecord'>, emit: (frame: FramedRecord) => void) {
    this.emit = emit;
    this.cap = options.cap ?? recordCap;
    this.firstLine = options.line ?? 1;
    this.offset = options.byteStart ?? 0;
    this.quotes = layout.quoted && layout.dialect === 'csv' ? new QuotedCells(layout.separator.charCodeAt(0)) : null;
    this.comment = layout.comment === null ? null : new TextEncoder().encode(layout.comment);
    this.awaitsTitles = layout.header;
  }

  push(chunk: Uint8Array): void {
    const bytes = this.dropped > 0 ? this.endLong(chunk) : this.joined(chunk);
    if (this.dropped === 0) this.take(bytes, false);
  }

  finish(): void {
    if (this.dropped > 0) this.emitLong(0);
    else this.take(this.rest, true);
  }

  private joined(chunk: Uint8Array): Uint8Array {
    if (this.rest.length === 0) return chunk;
    const bytes = new Uint8Array(this.rest.length + chunk.length);
    bytes.set(this.rest);
    bytes.set(chunk, this.rest.length);
    return bytes;
  }

  /** Takes every row that ends in `bytes`, and keeps the others. */
  private take(bytes: Uint8Array, isLast: boolean): void {
    let at = 0;
    if (this.offset === 0 && bytes.length > 0) {
      if (bytes.length < 3 && !isLast) {
        this.rest = copyOf(bytes);
        return;
      }
      at = lengthOfBom(bytes);
    }
    const base = this.offset;
    this.quotes?.begin(bytes);
    while (at < bytes.length) {
      const end = this.endOfRow(bytes, at, isLast);
      if (end < 0) break;
      this.row(bytes, at, end, base + at);
      at = end;
    }
    this.offset = base + at;
    this.rest = copyOf(bytes.subarray(at, Math.min(bytes.length, at + this.cap + 2)));
    this.dropped = bytes.length - at - this.rest.length;
    this.lastDropped = bytes.at(-1) ?? 0;
  }

  /** Behind the line break that ends the row at `from`; -1 where that is not decided yet. */
  private endOfRow(bytes: Uint8Array, from: number, isLast: boolean): number {
    let firstBreak = -1;
    let line = from;
    for (let lines = 1; ; lines++) {
      const found = bytes.indexOf(newline, line);
      const isTooLong = (found < 0 ? bytes.length : found) - from > this.cap;
      if (found < 0 && !isLast) return firstBreak >= 0 && isTooLong ? firstBreak + 1 : -1;
      const end = found < 0 ? bytes.length : found;
      const next = found < 0 ? end : found + 1;
      if (!this.quotes || (isTooLong && firstBreak < 0) || (line === from && this.isComment(bytes, from))) return next;
      const state = isTooLong ? 'stray' : this.quotes.after(line, withoutReturn(bytes, line, end), firstBreak >= 0);
      if (state === 'closed') return next;
      if (firstBreak < 0) firstBreak = end;
      if (state === 'stray' || found < 0 || lines === rowLinesCap) return Math.min(firstBreak + 1, bytes.length);
      // A later cell of the same row may be the one that is open now.
      if (state === 'reopened') firstBreak = end;
      line = next;
    }
  }

  private row(bytes: Uint8Array, start: number, next: number, byteStart: number): void {
    const line = this.firstLine + this.lines;
    const broken = bytes[next - 1] === newline;
    const end = withoutReturn(bytes, start, broken ? next - 1 : next);
    const lines = countLines(bytes, start, next);
    this.lines += lines;
    const kept = Math.min(end, start + this.cap);
    if (isBlank(bytes, start, kept) || this.isComment(bytes, start)) return;
    const text = bytes.subarray(start, kept);
    if (this.isTitles(text)) return;
    this.emit({ bytes: text, byteStart, byteEnd: byteStart + end - start, line, lines, cut: kept < end });
  }

  /** Goes on in a row of which bytes were dropped: what is behind its line break. */
  private endLong(chunk: Uint8Array): Uint8Array {
    const found = chunk.indexOf(newline);
    const end = found < 0 ? chunk.length : found;
    if (end > 0) this.lastDropped = chunk[end - 1] ?? 0;
    this.dropped += end;
    if (found < 0) return chunk.subarray(chunk.length);
    this.emitLong(1);
    return chunk.subarray(found + 1);
  }

  private emitLong(breakLength: number): void {
    const length = this.rest.length + this.dropped - (breakLength > 0 && this.lastDropped === 0x0d ? 1 : 0);
    const line = this.firstLine + this.lines++;
    const byteStart = this.offset;
    const bytes = this.rest.subarray(0, this.cap);
    this.offset += this.rest.length + this.dropped + breakLength;
    this.rest = new Uint8Array(0);
    this.dropped = 0;
    if (isBlank(bytes, 0, bytes.length) || this.isComment(bytes, 0) || this.isTitles(bytes)) return;
    this.emit({ bytes, byteStart, byteEnd: byteStart + length, line, lines: 1, cut: true });
  }

  private isComment(bytes: Uint8Array, at: number): boolean {
    return this.comment !== null && startsWith(bytes, at, this.comment);
  }

  private isTitles(row: Uint8Array): boolean {
    if (this.awaitsTitles) {
      this.awaitsTitles = false;
      this.titles = copyOf(row);
      return true;
    }
    return this.titles !== null && row.length === this.titles.length && startsWith(row, 0, this.titles);
  }
}

/** Chunks belong to the caller, and what a Node buffer calls a slice does too. */
const copyOf = (bytes: Uint8Array): Uint8Array => new Uint8Array(bytes);

const countLines = (bytes: Uint8Array, start: number, next: number): number =>
  countNewlines(bytes, start, next) + (bytes[next - 1] === newline ? 0 : 1);

function startsWith(bytes: Uint8Array, at: number, prefix: Uint8Array): boolean {
  for (let index = 0; index < prefix.length; index++) if (bytes[at + index] !== prefix[index]) return false;
  return true;
}
