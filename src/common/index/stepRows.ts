import { ByteTable } from './byteTable';
import { grown } from './columns';
import type { SummaryRecord } from './summaryRecord';

/** What is known of a step, as bits. */
export const stepBit = {
  /** A record carries its ID: it is not only pointed to. */
  seen: 1,
  /** More than a few columns can tell: two starts, two ends, a third service, a numbered attempt … */
  unsure: 2,
  started: 4,
  ended: 8,
  /** Its end says that it went well. */
  ok: 16,
  hasError: 32,
  /** The start stood before the end, or is the same record. */
  inOrder: 64,
  /** Some record is neither its start nor its end. */
  hasProgress: 128,
  /** The first service wrote more than progress; its records name two hosts. The same of the second. */
  acts: 256,
  hosts: 512,
  acts2: 1024,
  hosts2: 2048,
  /** It may be side work: a record's step type sounds like it (see `isPlumbing`). */
  side: 4096,
  /** A record speaks of a time behind its stamp. */
  spans: 8192,
} as const;

/** The steps of the traces of a range, one row each: what tells whether they went well without a look at their records. */
export class StepRows {
  /** Step IDs, those of each trace by themselves. */
  readonly ids = new ByteTable();
  trace = new Int32Array(512);
  bits = new Uint16Array(512);
  /** NaN until it is seen. */
  start = new Float64Array(512);
  end = new Float64Array(512);
  /** The services that wrote its records, up to two, -1 for none; the latest stamp of each, and its host. */
  service = new Int32Array(512);
  service2 = new Int32Array(512);
  last = new Float64Array(512);
  last2 = new Float64Array(512);
  host = new Int32Array(512);
  host2 = new Int32Array(512);
  /** The service that started it. */
  worker = new Int32Array(512);
  /** The type that a record named last, -1 for none. */
  type = new Int32Array(512);
  /** The row of the previous step, -1 for none. */
  previous = new Int32Array(512);
  /** Pairs of rows, where a step has more previous steps than one. */
  readonly more: number[] = [];

  /** The row of a trace's step with this ID. */
  row(trace: number, bytes: Uint8Array, start: number, end: number): number {
    const { size } = this.ids;
    const row = this.ids.add(bytes, start, end, trace);
    if (row === size) this.open(row, trace);
    return row;
  }

  private open(row: number, trace: number): void {
    if (row >= this.bits.length) this.grow(row);
    this.trace[row] = trace;
    this.bits[row] = 0;
    this.start[row] = this.end[row] = Number.NaN;
    this.service[row] = this.service2[row] = this.worker[row] = noValue;
    this.last[row] = this.last2[row] = Number.NEGATIVE_INFINITY;
    this.host[row] = this.host2[row] = this.previous[row] = this.type[row] = -1;
  }

  private grow(row: number): void {
    this.trace = grown(this.trace, row);
    this.bits = grown(this.bits, row);
    this.start = grown(this.start, row);
    this.end = grown(this.end, row);
    this.service = grown(this.service, row);
    this.service2 = grown(this.service2, row);
    this.last = grown(this.last, row);
    this.last2 = grown(this.last2, row);
    this.host = grown(this.host, row);
    this.host2 = grown(this.host2, row);
    this.worker = grown(this.worker, row);
    this.type = grown(this.type, row);
    this.previous = grown(this.previous, row);
  }

  /** A record of the step; `service` and `host` are numbers of values, -1 for none. */
  add(row: number, record: SummaryRecord, service: number, host: number): void {
    const { time, isStart, isEnd } = record;
    let bits = this.bits[row]! | stepBit.seen;
    if (record.isError) bits |= stepBit.hasError;
    if (record.isRetry) bits |= stepBit.unsure;
    if (record.to > time) bits |= stepBit.spans;
    if (!isStart && !isEnd) bits |= stepBit.hasProgress;
    bits |= this.addToService(row, record, service, host);
    if (isStart) {
      if (bits & stepBit.started) bits |= stepBit.unsure;
      bits |= stepBit.started;
      this.start[row] = time;
      this.worker[row] = service;
    } else if (bits & stepBit.started && service !== this.worker[row] && time >= this.start[row]!) {
      // Another service's line is the publisher's only before the start.
      bits |= stepBit.unsure;
    }
    if (isEnd) {
      if (bits & stepBit.ended || record.hasFailed) bits |= stepBit.unsure;
      bits |= stepBit.ended;
      if (bits & stepBit.started) bits |= stepBit.inOrder;
      if (record.isOk) bits |= stepBit.ok;
      this.end[row] = time;
    }
    this.bits[row] = bits;
  }

  /** @returns bits to add */
  private addToService(row: number, { time, isStart, isEnd }: SummaryRecord, service: number, host: number): number {
    const acts = isStart || isEnd;
    if (this.service[row] === noValue || this.service[row] === service) {
      this.service[row] = service;
      if (time > this.last[row]!) this.last[row] = time;
      const known = this.host[row]!;
      if (host >= 0) this.host[row] = host;
      return (acts ? stepBit.acts : 0) | (host >= 0 && known >= 0 && known !== host ? stepBit.hosts : 0);
    }
    if (this.service2[row] !== noValue && this.service2[row] !== service) return stepBit.unsure;
    this.service2[row] = service;
    if (time > this.last2[row]!) this.last2[row] = time;
    const known = this.host2[row]!;
    if (host >= 0) this.host2[row] = host;
    return (acts ? stepBit.acts2 : 0) | (host >= 0 && known >= 0 && known !== host ? stepBit.hosts2 : 0);
  }

  point(row: number, previous: number): void {
    const known = this.previous[row]!;
    if (known === previous) return;
    if (known < 0) this.previous[row] = previous;
    else if (this.more.length > mostMore) this.bits[row] = this.bits[row]! | stepBit.unsure;
    else if (!this.pointsTo(row, previous)) this.more.push(row, previous);
  }

  private pointsTo(row: number, previous: number): boolean {
    for (let at = 0; at < this.more.length; at += 2)
      if (this.more[at] === row && this.more[at + 1] === previous) return true;
    return false;
  }
}

/** Pairs beyond it are not looked for, and their steps not sure. */
const mostMore = 4096;

/** In a service's column: none seen so far. A record that names none has -1. */
export const noValue = -2;
