import { summaryDocument } from '../export/traceDocument';
import type { TraceStatus, TraceSummary } from '../model/trace';
import { epochNanos, nanos } from '../model/units';
import { joinKey } from '../profile/ids';
import type { TraceSummaryDocument } from '../protocol/documents';
import { ByteTable } from './byteTable';
import { grown } from './columns';
import { hash64, hashed } from './hash64';
import { placesOf, type RecordPlace } from './postings';
import type { Texts } from './traceBlock';
import { type PlacedBlock, TraceGroups } from './traceGroups';
import { traceBit } from './traceRows';
import { type TracePart, verdictOf } from './traceVerdict';

/** Worst first. */
export const statusOrder: readonly TraceStatus[] = ['failed', 'recovered', 'running', 'unknown', 'ok'];

/** Records of a trace, and where they stand. */
export interface TracePlaces {
  /** Join keys of its IDs. */
  keys: string[];
  places: { source: number; place: RecordPlace }[];
}

/** A trace whose records have to be read. */
export interface InexactTrace extends TracePlaces {
  row: number;
  correlationId: string;
}

/** A log is nearly in order: the earliest of so many records is the trace's first one. */
const mostFirst = 4;

const decoder = new TextDecoder();
const encoder = new TextEncoder();

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
  private readonly blocks: readonly PlacedBlock[];
  private readonly base: bigint;
  private readonly groups: TraceGroups;
  private readonly groupOf: Uint32Array;
  /** The part whose spelling is shown. */
  private readonly spelling: Uint32Array;
  private readonly values = new ByteTable();
  private readonly valuesOf: readonly Int32Array[];
  private readonly first: Int32Array;
  private readonly serviceEnds: Uint32Array;
  private services = new Int32Array(1024);
  /** Rows that are not as their columns say; `null` where nothing is left of the trace. */
  private readonly read = new Map<number, TraceSummaryDocument | null>();
  private readonly inexactRows: number[] = [];
  /** The group of another ID that means the same, by the one that is shown. */
  private readonly weaker = new Map<number, number>();

  /**
   * @param blocks those of one log in its order, and the logs by name
   * @param keys join keys of the only IDs of interest; `null` for all
   */
  constructor(blocks: readonly PlacedBlock[], keys: ReadonlySet<string> | null) {
    this.blocks = blocks;
    this.base = BigInt(blocks[0]?.block.base ?? 0) * 1_000_000_000n;
    const groups = new TraceGroups(blocks);
    this.groups = groups;
    this.valuesOf = blocks.map(({ block }) => this.addValues(block.values));
    const wanted = keys && new Set([...keys].map(hashOf));
    const rows: number[] = [];
    for (let group = 0; group < groups.size; group++) {
      if (groups.aliasOf[group]! >= 0) this.weaker.set(groups.aliasOf[group]!, group);
      else if (!wanted || wanted.has(this.hashAt(group))) rows.push(group);
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
      const group = this.groupOf[row]!;
      const weaker = this.weaker.get(group);
      const places: InexactTrace['places'] = [];
      const keys = new Set<string>();
      const seen = new Set<string>();
      for (const one of weaker === undefined ? [group] : [group, weaker]) {
        for (const part of this.partsOf(one)) {
          const { source, from } = this.blocks[part.index]!;
          keys.add(joinKey(decoder.decode(textAt(part.block.ids, part.row))));
          for (const place of placesOf(part.block.places, part.row)) {
            const start = place.start + from;
            const name = weaker === undefined ? '' : `${source}:${start}:${place.part}`;
            if (name !== '' && seen.has(name)) continue;
            seen.add(name);
            places.push({ source, place: { ...place, start } });
          }
        }
      }
      yield { row, correlationId: this.idOf(row), keys: [...keys], places };
    }
  }

  /** The rows of some IDs, in any of their spellings; `undefined` for those that are not in the table. */
  rowsOf(ids: readonly string[]): (number | undefined)[] {
    const wanted = new Map(ids.map((id, at) => [hashOf(joinKey(id)), at]));
    const found = new Map<number, number>();
    for (let row = 0; row < this.size && found.size < wanted.size; row++) {
      const at = wanted.get(this.hashAt(this.groupOf[row]!));
      if (at !== undefined) found.set(at, row);
    }
    return ids.map(id => found.get(wanted.get(hashOf(joinKey(id)))!));
  }

  /** Where the record stands that was written first, as near as columns tell: it is among these, mostly the first. */
  firstPlaces(row: number): TracePlaces {
    const group = this.groupOf[row]!;
    const weaker = this.weaker.get(group);
    const parts = (weaker === undefined ? [group] : [group, weaker]).flatMap(one => this.partsOf(one));
    const keys = new Set(parts.map(({ block, row: part }) => joinKey(decoder.decode(textAt(block.ids, part)))));
    const begins = ({ block, row: part }: TracePart) => block.from[part]!;
    parts.sort((a, b) => (begins(a) < begins(b) ? -1 : begins(a) > begins(b) ? 1 : 0));
    const each = Math.max(1, Math.floor(mostFirst / parts.length));
    const places = parts.slice(0, mostFirst).flatMap(({ block, row: part, index }) => {
      const { source, from } = this.blocks[index]!;
      return placesOf(block.places, part, each).map(place => ({
        source,
        place: { ...place, start: place.start + from },
      }));
    });
    return { keys: [...keys], places };
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
    if (document && this.hasValues(group, this.partsOf(group)) && document.records === this.records[row]) return;
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
    return this.textOf(this.spelling[row]!);
  }

  private addValues({ bytes, ends }: Texts): Int32Array {
    const numbers = new Int32Array(ends.length);
    let start = 0;
    for (let value = 0; value < ends.length; value++) {
      numbers[value] = this.values.add(bytes, start, ends[value]!);
      start = ends[value]!;
    }
    return numbers;
  }

  private hashAt(group: number): number {
    const part = this.groups.first[group]!;
    const { keys } = this.blocks[this.groups.block[part]!]!.block;
    const row = this.groups.row[part]!;
    return shortHash(keys[2 * row]!, keys[2 * row + 1]!);
  }

  private partsOf(group: number): (TracePart & { index: number })[] {
    const parts: (TracePart & { index: number })[] = [];
    for (let at = this.groups.first[group]!; at >= 0; at = this.groups.next[at]!) {
      const index = this.groups.block[at]!;
      parts.push({ block: this.blocks[index]!.block, row: this.groups.row[at]!, values: this.valuesOf[index]!, index });
    }
    return parts;
  }

  /** Whether everything but the steps can be told by columns. */
  private hasValues(group: number, parts: readonly (TracePart & { index: number })[]): boolean {
    if (this.weaker.has(group)) return false;
    // Two spellings in one block: which record of theirs was first is not kept.
    return parts.every(
      ({ block, row, index }, at) => !(block.bits[row]! & traceBit.inexact) && index !== parts[at - 1]?.index,
    );
  }

  /** Fills a row from its parts. @returns the number of services of all rows so far */
  private sumUp(row: number, servicesBefore: number): number {
    const group = this.groupOf[row]!;
    const parts = this.partsOf(group);
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
    this.spelling[row] = this.spellingOf(group);
    this.takeFirst(row, parts);
    const verdict = this.hasValues(group, parts) ? verdictOf(parts) : null;
    if (verdict) {
      this.steps[row] = verdict.steps;
      this.status[row] = statusOrder.indexOf(verdict.status);
    } else this.inexactRows.push(row);
    return this.takeServices(row, parts, servicesBefore);
  }

  /** The part whose spelling is the least: which one is shown must not depend on the order of reading. */
  private spellingOf(group: number): number {
    let best = this.groups.first[group]!;
    let least: string | null = null;
    for (let at = this.groups.next[best]!; at >= 0; at = this.groups.next[at]!) {
      const [one, other] = [this.textOf(best), this.textOf(at)];
      if (isSame(one, other)) continue;
      least ??= decoder.decode(one);
      const text = decoder.decode(other);
      if (text >= least) continue;
      least = text;
      best = at;
    }
    return best;
  }

  private textOf(part: number): Uint8Array {
    return textAt(this.blocks[this.groups.block[part]!]!.block.ids, this.groups.row[part]!);
  }

  /** The values of the earliest records that have them; of one time, the one of the earlier block. */
  private takeFirst(row: number, parts: readonly TracePart[]): void {
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
  private takeServices(row: number, parts: readonly TracePart[], before: number): number {
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
    return value < 0 ? null : decoder.decode(this.values.text(value));
  }

  private servicesOf(row: number): string[] {
    const start = row === 0 ? 0 : this.serviceEnds[row - 1]!;
    return Array.from(this.services.subarray(start, this.serviceEnds[row]), value =>
      decoder.decode(this.values.text(value)),
    );
  }
}

function hashOf(key: string): number {
  const bytes = encoder.encode(key);
  hash64(bytes, 0, bytes.length);
  return shortHash(hashed.high, hashed.low);
}

/** As many bits of a hash as a number holds. */
const shortHash = (high: number, low: number): number => high * 2 ** 21 + (low >>> 11);

const byFirst = (
  a: { time: number; block: number; at: number },
  b: { time: number; block: number; at: number },
): number => a.time - b.time || a.block - b.block || a.at - b.at;

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return false;
  return true;
}

const textAt = ({ bytes, ends }: Texts, index: number): Uint8Array =>
  bytes.subarray(index === 0 ? 0 : ends[index - 1], ends[index]);
