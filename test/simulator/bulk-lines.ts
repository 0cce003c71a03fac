import type { BulkId } from './bulk.ts';
import { bulkTemplates, idBytes, recordsPerTrace, stepBytes, stepsPerTrace, type Template } from './bulk-templates.ts';

interface LinesOptions {
  readonly seed: number;
  readonly format: 'json' | 'bracketed';
  readonly inFlight: number;
  readonly bytes: number;
  readonly sample: number;
}

/** A trace in flight is one slot of ids (its correlation id and its step ids, as ASCII) and its next record. */
const slotBytes = idBytes + stepsPerTrace * stepBytes;
const linesPerMs = 4;
const start = Date.UTC(2026, 2, 2, 10, 15);
const hexDigits = Buffer.from('0123456789abcdef');

/** Makes lines by copying a prepared one and patching stamp and ids in place: no strings, no garbage. */
export class BulkLines {
  bytes = 0;
  lines = 0;
  readonly #options: LinesOptions;
  readonly #templates: readonly Template[];
  readonly #slots: Uint8Array;
  readonly #next: Uint8Array;
  /** The sampled id that a slot holds just now, if it does. */
  readonly #watched: (BulkId | undefined)[];
  readonly #found: BulkId[] = [];
  readonly #sampleEvery: number;
  #begun = 0;
  #random: number;
  #stamp: Buffer;

  constructor(options: LinesOptions) {
    this.#options = options;
    this.#templates = bulkTemplates(options.format);
    this.#random = (Math.imul(options.seed, 0x9e3779b9) ^ 0x2545f491) >>> 0 || 1;
    this.#slots = new Uint8Array(options.inFlight * slotBytes);
    this.#next = new Uint8Array(options.inFlight);
    this.#watched = new Array(options.inFlight).fill(undefined);
    this.#stamp = this.#stampAt(start);
    const traceBytes = this.#templates.reduce((sum, template) => sum + template.text.length, 0);
    this.#sampleEvery = Math.max(1, Math.floor(options.bytes / traceBytes / options.sample));
  }

  /** Fills the buffer with whole lines; 0 when the file is complete. */
  fill(buffer: Buffer): number {
    const longest = Math.max(...this.#templates.map(template => template.text.length));
    let at = 0;
    while (at + longest <= buffer.length && this.bytes < this.#options.bytes) {
      if (this.lines % linesPerMs === 0) this.#tick();
      const slot = this.#draw() % this.#options.inFlight;
      const record = this.#next[slot] ?? 0;
      if (record === 0) this.#begin(slot);
      const length = this.#write(buffer, at, slot, record);
      this.#next[slot] = (record + 1) % recordsPerTrace;
      at += length;
      this.bytes += length;
      this.lines++;
      const watched = this.#watched[slot];
      if (watched) this.#watched[slot] = { ...watched, records: record + 1, lastLine: this.lines };
      if (watched && record + 1 === recordsPerTrace) this.#release(slot);
    }
    return at;
  }

  /** The sampled ids with what was written of them. */
  ids(): BulkId[] {
    for (let slot = 0; slot < this.#watched.length; slot++) this.#release(slot);
    return this.#found.sort((a, b) => a.firstLine - b.firstLine).slice(0, this.#options.sample);
  }

  #write(buffer: Buffer, at: number, slot: number, record: number): number {
    const template = this.#templates[record];
    if (!template) throw new Error('no such record');
    const { text, stampAt, patches } = template;
    buffer.set(text, at);
    buffer.set(this.#stamp, at + stampAt);
    for (const { from, to, length } of patches) copy(this.#slots, slot * slotBytes + from, buffer, at + to, length);
    return text.length;
  }

  #begin(slot: number): void {
    const from = slot * slotBytes;
    this.#hex(from, idBytes);
    for (const dash of [8, 13, 18, 23]) this.#slots[from + dash] = 0x2d;
    this.#slots[from + 14] = 0x34;
    this.#slots[from + 19] = 0x61;
    for (let at = from + idBytes; at < from + slotBytes; at += stepBytes) {
      this.#slots[at] = 0x73;
      this.#slots[at + 1] = 0x2d;
      this.#hex(at + 2, stepBytes - 2);
    }
    if (this.#begun++ % this.#sampleEvery !== 0) return;
    const correlationId = Buffer.from(this.#slots.subarray(from, from + idBytes)).toString('latin1');
    this.#watched[slot] = { correlationId, records: 0, firstLine: this.lines + 1, lastLine: this.lines + 1 };
  }

  #release(slot: number): void {
    const watched = this.#watched[slot];
    if (watched) this.#found.push(watched);
    this.#watched[slot] = undefined;
  }

  #hex(from: number, length: number): void {
    for (let at = from; at < from + length; at += 4) {
      let bits = this.#draw();
      for (let i = at; i < at + 4 && i < from + length; i++, bits >>>= 4) this.#slots[i] = hexDigits[bits & 15] ?? 0;
    }
  }

  /** xorshift32, without its weakest bits. */
  #draw(): number {
    let state = this.#random;
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    this.#random = state;
    return (state >>> 4) & 0xffffff;
  }

  #tick(): void {
    const ms = this.lines / linesPerMs;
    if (ms % 1000 === 0) this.#stamp = this.#stampAt(start + ms);
    for (let digit = 22, rest = ms % 1000; digit >= 20; digit--, rest = Math.floor(rest / 10)) {
      this.#stamp[digit] = 0x30 + (rest % 10);
    }
  }

  #stampAt(time: number): Buffer {
    const iso = new Date(time).toISOString().slice(0, 23);
    return Buffer.from(this.#options.format === 'json' ? iso : iso.replace('T', ' '));
  }
}

/** For a few bytes a loop beats `set`, which would need a view of its own. */
function copy(from: Uint8Array, fromAt: number, to: Uint8Array, toAt: number, length: number): void {
  for (let i = 0; i < length; i++) to[toAt + i] = from[fromAt + i] ?? 0;
}
