import { summaryDocument } from '../export/traceDocument';
import type { TraceStatus, TraceSummary } from '../model/trace';
import { epochNanos, nanos } from '../model/units';
import { joinKey } from '../profile/ids';
import type { TraceSummaryDocument } from '../protocol/documents';
import { grown } from './columns';
import type { PlacedBlock } from './traceGroups';
import { hashOf, type PlacedPart, TraceParts, type TracePlaces } from './traceParts';
import { verdictOf } from './traceVerdict';

/** Worst first. */
export const statusOrder: readonly TraceStatus[] = ['failed', 'recovered', 'running', 'unknown', 'ok'];

/** A trace whose records have to be read. */
export interface InexactTrace extends TracePlaces {
  row: number;
  correlationId: string;
}

const decoder = new TextDecoder();

/** All traces of some sources, a row each, in columns: as long as nobody looks at a row there is no object of it. */
export class TraceTable {
  readonly size: number;
  readonly records: Uint32Array;
  readonly errors: Uint32Array;
  /** Nanoseconds since the base; NaN where the trace has no time. */
  readonly from: Float64Array;
  readonly to: Float64Array;
  readonly steps: Uint32Array;
  /** Places in {@link statusOrder}. */
  readonly status: Uint8Array;
  private readonly base: bigint;
  private readonly parts: TraceParts;
  private readonly groupOf: Uint32Array;
  /** The part whose spelling is shown. */
  private readonly spelling: Uint32Array;
  private readonly first: Int32Array;
  private readonly serviceEnds: Uint32Array;
  private services = new Int32Array(1024);
  /** Rows that are not as their columns say; `null` where nothing is left of the trace. */
  private readonly read = new Map<number, TraceSummaryDocument | null>();
  private readonly inexactRows: number[] = [];

  /**
   * @param blocks those of one log in its order, and the logs by name
   * @param keys join keys of the only IDs of interest; `null` for all
   */
  constructor(blocks: readonly PlacedBlock[], keys: ReadonlySet<string> | null) {
    this.base = BigInt(blocks[0]?.block.base ?? 0) * 1_000_000_000n;
    const parts = new TraceParts(blocks);
    this.parts = parts;
    const wanted = keys && new Set([...keys].map(hashOf));
    const rows: number[] = [];
    const { aliasOf, size } = parts.groups;
    for (let group = 0; group < size; group++) {
      if (aliasOf[group]! < 0 && (!wanted || wanted.has(parts.hashAt(group)))) rows.push(group);
    }
    this.size = rows.length;
    this.groupOf = Uint32Array.from(rows);
    this.records = new Uint32Array(this.size);
    this.errors = new Uint32Array(this.size);
    this.from = new Float64Array(this.size);
    this.to = new Float64Array(this.size);
    this.steps = new Uint32Array(this.size);
    this.status = new Uint8Array(this.size);
    this.spelling = new Uint32Array(this.size);
    this.first = new Int32Array(4 * this.size).fill(-1);
    this.serviceEnds = new Uint32Array(this.size);
    let services = 0;
    for (let row = 0; row < this.size; row++) services = this.sumUp(row, services);
  }

  /** The traces whose records have to be read; each is to be given to {@link replace}. */
  *inexact(): Generator<InexactTrace> {
    for (const row of this.inexactRows) {
      yield { row, correlationId: this.idOf(row), ...this.parts.placesOf(this.groupOf[row]!) };
    }
  }

  /** Where the record stands that was written first, as near as columns tell: it is among these, mostly the first. */
  firstPlaces(row: number): TracePlaces {
    return this.parts.firstPlaces(this.groupOf[row]!);
  }

  /** The rows of some IDs, in any of their spellings; `undefined` for those that are not in the table. */
  rowsOf(ids: readonly string[]): (number | undefined)[] {
    const wanted = new Map(ids.map((id, at) => [hashOf(joinKey(id)), at]));
    const found = new Map<number, number>();
    for (let row = 0; row < this.size && found.size < wanted.size; row++) {
      const at = wanted.get(this.parts.hashAt(this.groupOf[row]!));
      if (at !== undefined) found.set(at, row);
    }
    return ids.map(id => found.get(wanted.get(hashOf(joinKey(id)))!));
  }

  /** How many there are of them. */
  get inexactCount(): number {
    return this.inexactRows.length;
  }

  /** What the records of a trace say; `null` where nothing is left of it. */
  replace(row: number, summary: TraceSummary | null): void {
    const document = summary && summaryDocument(summary);
    if (summary) {
      this.steps[row] = summary.steps;
      this.status[row] = statusOrder.indexOf(summary.status);
    }
    const group = this.groupOf[row]!;
    // Of most only the steps were not known, unless a record has gone meanwhile.
    if (document && this.parts.hasValues(group, this.parts.of(group)) && document.records === this.records[row]) return;
    this.read.set(row, document);
    if (!summary) return;
    this.records[row] = summary.records;
    this.errors[row] = summary.errors;
    this.from[row] = summary.origin === null ? Number.NaN : Number(summary.origin - this.base);
    this.to[row] = this.from[row]! + (summary.duration ?? Number.NaN);
  }

  /** Whether something is left of a trace. */
  isThere(row: number): boolean {
    return this.read.get(row) !== null;
  }

  rowAt(row: number): TraceSummaryDocument {
    const known = this.read.get(row);
    if (known) return known;
    const from = this.from[row]!;
    return summaryDocument({
      correlationId: this.idOf(row),
      origin: Number.isNaN(from) ? null : epochNanos(this.base + BigInt(from)),
      duration: Number.isNaN(from) ? null : nanos(this.to[row]! - from),
      records: this.records[row]!,
      steps: this.steps[row]!,
      services: this.servicesOf(row),
      errors: this.errors[row]!,
      status: statusOrder[this.status[row]!] ?? 'unknown',
      userId: this.firstOf(row, 0),
      sessionId: this.firstOf(row, 1),
      entityId: this.firstOf(row, 2),
      organizationId: this.firstOf(row, 3),
    });
  }

  idOf(row: number): string {
    return decoder.decode(this.idBytes(row));
  }

  /** The ID in UTF-8. */
  idBytes(row: number): Uint8Array {
    return this.parts.textOf(this.spelling[row]!);
  }

  /** Fills a row from its parts. @returns the number of services of all rows so far */
  private sumUp(row: number, servicesBefore: number): number {
    const group = this.groupOf[row]!;
    const parts = this.parts.of(group);
    let from = Number.POSITIVE_INFINITY;
    let to = Number.NEGATIVE_INFINITY;
    for (const part of parts) {
      this.records[row]! += part.block.records[part.row]!;
      this.errors[row]! += part.block.errors[part.row]!;
      from = Math.min(from, part.block.from[part.row]!);
      to = Math.max(to, part.block.to[part.row]!);
    }
    this.from[row] = from <= to ? from : Number.NaN;
    this.to[row] = from <= to ? to : Number.NaN;
    this.spelling[row] = this.parts.spellingOf(group);
    this.takeFirst(row, parts);
    const verdict = this.parts.hasValues(group, parts) ? verdictOf(parts) : null;
    if (verdict) {
      this.steps[row] = verdict.steps;
      this.status[row] = statusOrder.indexOf(verdict.status);
    } else this.inexactRows.push(row);
    return this.takeServices(row, parts, servicesBefore);
  }

  /** The values of the earliest records that have them; of one time, the one of the earlier block. */
  private takeFirst(row: number, parts: readonly PlacedPart[]): void {
    for (let index = 0; index < 4; index++) {
      let time = Number.POSITIVE_INFINITY;
      for (const { block, row: part, values } of parts) {
        const value = block.first[4 * part + index]!;
        const at = block.firstTime[4 * part + index]!;
        if (value < 0 || !(at < time)) continue;
        time = at;
        this.first[4 * row + index] = values[value]!;
      }
    }
  }

  /** Services in the order of their first records. */
  private takeServices(row: number, parts: readonly PlacedPart[], before: number): number {
    const found: { value: number; time: number; block: number; at: number }[] = [];
    for (const [block, { block: columns, row: part, values }] of parts.entries()) {
      const end = columns.serviceEnds[part]!;
      for (let place = part === 0 ? 0 : columns.serviceEnds[part - 1]!; place < end; place++) {
        const value = values[columns.services[place]!]!;
        const service = { value, time: columns.serviceTimes[place]!, block, at: columns.serviceAt[place]! };
        const known = found.findIndex(other => other.value === value);
        if (known < 0) found.push(service);
        else if (byFirst(service, found[known]!) < 0) found[known] = service;
      }
    }
    found.sort(byFirst);
    this.services = grown(this.services, before + found.length);
    for (const [at, { value }] of found.entries()) this.services[before + at] = value;
    this.serviceEnds[row] = before + found.length;
    return before + found.length;
  }

  private firstOf(row: number, index: number): string | null {
    const value = this.first[4 * row + index]!;
    return value < 0 ? null : decoder.decode(this.parts.values.text(value));
  }

  private servicesOf(row: number): string[] {
    const start = row === 0 ? 0 : this.serviceEnds[row - 1]!;
    return Array.from(this.services.subarray(start, this.serviceEnds[row]), value =>
      decoder.decode(this.parts.values.text(value)),
    );
  }
}

const byFirst = (
  a: { time: number; block: number; at: number },
  b: { time: number; block: number; at: number },
): number => a.time - b.time || a.block - b.block || a.at - b.at;
