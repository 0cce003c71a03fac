import { backslash, closeBrace, closeBracket, colon, comma, openBrace, openBracket, quote } from '../base/jsonCodes';
import { type FramedRecord, type FramerOptions, GrowingBytes } from './recordFramer';

/** Longest JSON value that is kept, in bytes; the rest is skipped, counted and marked. */
export const documentCap = 64 * 1024 * 1024;

/** Deepest nesting that is followed: what is deeper is no log. */
const depthCap = 1024;

const newline = 0x0a;
const carriageReturn = 0x0d;
const blank = 0x20;

/** What may come next in a value; from `scalar` on it is the rest of a number or word, of a key, of another string. */
const expect = { key: 0, colon: 1, value: 2, after: 3, scalar: 4, keyText: 5, valueText: 6 };

const byteOrderMark = [0xef, 0xbb, 0xbf];

/**
 * Cuts a stream of bytes into its JSON values (RFC 8259), however many lines each takes: objects one after the other,
 * with or without commas, and the objects and arrays in an outermost array. Everything else is a frame per line.
 *
 * What begins like JSON is held to its grammar (which the reader may forgive: `NaN`, a comma too many), so that a text or
 * a torn record does not take what comes after it: a value that goes wrong ends with its line, or before the line if it
 * is the line's beginning that does not fit. A string never spans lines.
 */
export class JsonFramer {
  lines = 0;
  private readonly emit: (record: FramedRecord) => void;
  private readonly firstLine: number;
  private readonly cap: number;
  /** Offset in the source of the next byte to come. */
  private offset: number;
  /** `bracket`: a bracket that opens the outermost array, if what follows it is no text. */
  private state: 'between' | 'bracket' | 'value' | 'text' = 'between';
  /** Whether the outermost array is open: a bracket then begins one of its elements. */
  private inArray = false;
  /** The open braces and brackets of the value. */
  private readonly nesting: number[] = [];
  private next = expect.value;
  private escaped = false;
  private readonly kept: GrowingBytes;
  private byteStart = 0;
  /** Behind the last byte of the frame that is not blank, and the line breaks since. */
  private contentEnd = 0;
  private breaks = 0;
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
    let at = 0;
    let from = 0;
    while (at < chunk.length) {
      if (this.state === 'between') {
        at = this.skipBetween(chunk, at);
        from = at;
        if (at === chunk.length) break;
        this.begin(chunk[at] ?? 0, at);
      }
      if (this.state === 'bracket') at = this.behindBracket(chunk, at);
      if (this.state === 'value') at = this.endOfValue(chunk, at);
      if (this.state === 'text') at = this.endOfText(chunk, at);
      if (this.state !== 'between') break;
      this.flush(chunk, from);
      from = at;
    }
    if (this.state !== 'between') this.kept.append(chunk, from, chunk.length);
    this.offset += chunk.length;
    this.last = chunk.at(-1) ?? newline;
  }

  finish(): void {
    if (this.state !== 'between') this.flush(new Uint8Array(0), 0);
    this.state = 'between';
    if (this.last !== newline) this.lines++;
    this.last = newline;
  }

  /** Skips white space, commas and the end of the outermost array. */
  private skipBetween(chunk: Uint8Array, from: number): number {
    for (let at = from; at < chunk.length; at++) {
      const byte = chunk[at] ?? 0;
      if (byte === newline) this.lines++;
      else if (byte === closeBracket && this.inArray) this.inArray = false;
      else if (byte > blank && byte !== comma && byte !== byteOrderMark[this.offset + at]) return at;
    }
    return chunk.length;
  }

  private begin(first: number, at: number): void {
    this.byteStart = this.offset + at;
    this.contentEnd = this.byteStart;
    this.breaks = 0;
    this.line = this.firstLine + this.lines;
    this.nesting.length = 0;
    this.next = expect.value;
    this.escaped = false;
    this.state = 'text';
    if (first === openBrace || (first === openBracket && this.inArray)) this.state = 'value';
    else if (first === openBracket) this.state = 'bracket';
  }

  /**
   * What the bracket at `from` opens: an array, if an object or array follows. It is no frame then, and the end of it is
   * skipped like a comma.
   */
  private behindBracket(chunk: Uint8Array, from: number): number {
    for (let at = from; at < chunk.length; at++) {
      const byte = chunk[at] ?? 0;
      if (byte === newline) {
        this.lines++;
        this.breaks++;
      }
      if (byte <= blank) continue;
      if (this.offset + at === this.byteStart) {
        this.contentEnd = this.byteStart + 1;
        continue;
      }
      if (byte === openBrace || byte === openBracket || byte === closeBracket) {
        this.inArray = true;
        this.contentEnd = this.byteStart;
        this.breaks = 0;
        this.state = 'between';
      } else this.goWrong();
      return at;
    }
    return chunk.length;
  }

  /** Behind the value, or at the byte that does not fit, or the end of the chunk. */
  private endOfValue(chunk: Uint8Array, from: number): number {
    const { nesting, offset } = this;
    let { next, contentEnd, breaks } = this;
    let at = from;
    let isOver = false;
    let isWrong = false;
    for (; at < chunk.length && !isOver; at++) {
      const byte = chunk[at] ?? 0;
      if (next >= expect.keyText) {
        if (byte === newline) {
          isWrong = true;
          break;
        }
        contentEnd = offset + at + 1;
        if (this.escaped) this.escaped = false;
        else if (byte === backslash) this.escaped = true;
        else if (byte === quote) next = next === expect.keyText ? expect.colon : expect.after;
        continue;
      }
      if (next === expect.scalar) {
        if (isScalar(byte)) {
          contentEnd = offset + at + 1;
          continue;
        }
        next = expect.after;
      }
      if (byte === newline) {
        this.lines++;
        breaks++;
        continue;
      }
      if (byte === blank || byte === carriageReturn || byte === 0x09) continue;
      const inObject = nesting[nesting.length - 1] === openBrace;
      if (byte === quote && (next === expect.key || next === expect.value)) {
        next = next === expect.key ? expect.keyText : expect.valueText;
      } else if ((byte === openBrace || byte === openBracket) && next === expect.value && nesting.length < depthCap) {
        nesting.push(byte);
        next = byte === openBrace ? expect.key : expect.value;
      } else if (byte === colon && next === expect.colon) {
        next = expect.value;
      } else if (byte === comma && next === expect.after) {
        next = inObject ? expect.key : expect.value;
      } else if (
        (byte === closeBrace && inObject && (next === expect.after || next === expect.key)) ||
        (byte === closeBracket && !inObject && (next === expect.after || next === expect.value))
      ) {
        nesting.pop();
        next = expect.after;
        isOver = nesting.length === 0;
      } else if (next === expect.value && isScalar(byte)) {
        next = expect.scalar;
      } else {
        isWrong = true;
        break;
      }
      breaks = 0;
      contentEnd = offset + at + 1;
    }
    this.next = next;
    this.contentEnd = contentEnd;
    this.breaks = breaks;
    if (isOver) this.state = 'between';
    else if (isWrong) this.goWrong();
    return at;
  }

  /** The frame ends where it does not fit if that is at the beginning of a line, else with its line. */
  private goWrong(): void {
    this.state = this.breaks > 0 ? 'between' : 'text';
  }

  /** The line break that ends a text; it is not part of it. */
  private endOfText(chunk: Uint8Array, from: number): number {
    const found = chunk.indexOf(newline, from);
    const end = found < 0 ? chunk.length : found;
    if (found >= 0) this.state = 'between';
    let content = end;
    while (content > from && (chunk[content - 1] ?? 0) <= blank) content--;
    if (content > from) this.contentEnd = this.offset + content;
    return end;
  }

  /** Emits the frame up to its last byte that is not blank; what is not kept of it begins at `from` in the chunk. */
  private flush(chunk: Uint8Array, from: number): void {
    const { byteStart, contentEnd, line } = this;
    const length = contentEnd - byteStart;
    if (length === 0) {
      this.kept.clear();
      return;
    }
    const size = Math.min(length, this.cap);
    const missing = size - this.kept.length;
    let bytes = chunk.subarray(from, from + size);
    if (this.kept.length > 0) {
      if (missing > 0) this.kept.append(chunk, from, from + missing);
      bytes = this.kept.bytes.subarray(0, size);
    }
    this.emit({
      bytes,
      byteStart,
      byteEnd: contentEnd,
      line,
      lines: this.firstLine + this.lines - this.breaks - line + 1,
      cut: length > this.cap,
    });
    this.kept.clear();
  }
}

/** Digits, letters and signs of numbers and words. */
const isScalar = (byte: number): boolean =>
  (byte >= 0x30 && byte <= 0x39) ||
  (byte >= 0x61 && byte <= 0x7a) ||
  (byte >= 0x41 && byte <= 0x5a) ||
  byte === 0x2d ||
  byte === 0x2b ||
  byte === 0x2e;
