import { lengthOfBom } from './lines';
import { type FramedRecord, type FramerOptions, GrowingBytes } from './recordFramer';

/** Longest JSON value that is kept, in bytes; the rest is skipped, counted and marked. */
export const documentCap = 64 * 1024 * 1024;

const quote = 0x22;
const backslash = 0x5c;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const comma = 0x2c;
const newline = 0x0a;
const carriageReturn = 0x0d;

/**
 * Cuts a stream of bytes into its JSON values (RFC 8259), however many lines each takes: objects one after the other,
 * with or without commas, and the elements of an outermost array. Text between them is a frame per line.
 */
export class JsonFramer {
  lines = 0;
  private readonly emit: (record: FramedRecord) => void;
  private readonly firstLine: number;
  private readonly cap: number;
  /** Offset in the source of the next byte to come. */
  private offset: number;
  private state: 'between' | 'value' | 'text' = 'between';
  /** Whether the outermost array is open: a bracket then begins one of its elements. */
  private inArray = false;
  private depth = 0;
  private inString = false;
  private escaped = false;
  private readonly kept: GrowingBytes;
  private byteStart = 0;
  private line = 0;
  private last = newline;

  constructor(options: FramerOptions, emit: (record: FramedRecord) => void) {
    this.emit = emit;
    this.offset = options.byteStart ?? 0;
    this.firstLine = options.line ?? 1;
    this.cap = options.cap ?? documentCap;
    this.kept = new GrowingBytes(this.cap);
  }

  push(chunk: Uint8Array): void {
    if (chunk.length === 0) return;
    let at = this.offset === 0 ? lengthOfBom(chunk) : 0;
    let from = at;
    while (at < chunk.length) {
      if (this.state === 'between') {
        at = this.skipBetween(chunk, at);
        from = at;
        if (at === chunk.length) break;
        this.begin(chunk, at);
      }
      at = this.state === 'value' ? this.endOfValue(chunk, at) : this.endOfText(chunk, at);
      if (this.state !== 'between') break;
      this.flush(chunk, from, at);
      from = at;
    }
    if (this.state !== 'between') this.kept.append(chunk, from, chunk.length);
    this.offset += chunk.length;
    this.last = chunk.at(-1) ?? newline;
  }

  finish(): void {
    if (this.state !== 'between') this.flush(this.kept.bytes, 0, 0);
    this.state = 'between';
    if (this.last !== newline) this.lines++;
    this.last = newline;
  }

  /** Skips white space, commas and the brackets of the outermost array. */
  private skipBetween(chunk: Uint8Array, from: number): number {
    for (let at = from; at < chunk.length; at++) {
      const byte = chunk[at] ?? 0;
      if (byte === newline) this.lines++;
      else if (byte === openBracket && !this.inArray) this.inArray = true;
      else if (byte === closeBracket && this.inArray) this.inArray = false;
      else if (byte > 0x20 && byte !== comma) return at;
    }
    return chunk.length;
  }

  private begin(chunk: Uint8Array, at: number): void {
    const first = chunk[at];
    this.state = first === openBrace || first === openBracket ? 'value' : 'text';
    this.byteStart = this.offset + at;
    this.line = this.firstLine + this.lines;
    this.depth = 0;
    this.inString = false;
    this.escaped = false;
  }

  private endOfValue(chunk: Uint8Array, from: number): number {
    let at = from;
    while (at < chunk.length) {
      if (this.inString) {
        at = this.endOfString(chunk, at);
        continue;
      }
      const byte = chunk[at++];
      if (byte === quote) this.inString = true;
      else if (byte === openBrace || byte === openBracket) this.depth++;
      else if (byte === newline) this.lines++;
      else if ((byte === closeBrace || byte === closeBracket) && --this.depth === 0) {
        this.state = 'between';
        return at;
      }
    }
    return at;
  }

  /** Behind the quote that ends a string, or the end of the chunk. */
  private endOfString(chunk: Uint8Array, from: number): number {
    for (let at = from; at < chunk.length; at++) {
      const byte = chunk[at];
      if (byte === newline) this.lines++;
      if (this.escaped) this.escaped = false;
      else if (byte === backslash) this.escaped = true;
      else if (byte === quote) {
        this.inString = false;
        return at + 1;
      }
    }
    return chunk.length;
  }

  /** The line break that ends a text; it is not part of it. */
  private endOfText(chunk: Uint8Array, from: number): number {
    const end = chunk.indexOf(newline, from);
    if (end >= 0) this.state = 'between';
    return end < 0 ? chunk.length : end;
  }

  private flush(chunk: Uint8Array, from: number, to: number): void {
    const whole = this.offset + to - this.byteStart;
    const isKept = this.kept.length > 0 || chunk === this.kept.bytes;
    const length = chunk === this.kept.bytes ? this.offset - this.byteStart : whole;
    let bytes = chunk.subarray(from, Math.min(to, from + this.cap));
    if (isKept) {
      if (chunk !== this.kept.bytes) this.kept.append(chunk, from, to);
      bytes = this.kept.bytes.subarray(0, this.kept.length);
    }
    let end = bytes.length;
    while (end > 0 && (bytes[end - 1] === carriageReturn || bytes[end - 1] === newline)) end--;
    const { byteStart, line } = this;
    const lines = this.firstLine + this.lines - line + 1;
    const cut = length > this.cap;
    this.emit({
      bytes: bytes.subarray(0, end),
      byteStart,
      byteEnd: byteStart + (cut ? length : end),
      line,
      lines,
      cut,
    });
    this.kept.clear();
  }
}
