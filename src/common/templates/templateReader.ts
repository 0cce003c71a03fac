import { grown } from '../index/columns';
import type { SummaryRecord } from '../index/summaryRecord';
import type { LogRecord } from '../model/logRecord';
import type { RecordReader } from '../profile/recordReader';
import { instantOf, type ZoneOffset, zoneOffset } from '../profile/time/zone';
import { longestDuration } from './candidates';
import { learnTemplate } from './learnTemplate';
import { factsOf, type RecordFacts, valueRoles } from './recordFacts';
import { StampReader } from './stampLayout';
import type { Template } from './template';
import { TemplateTrie } from './templateTrie';

/** Longest line that a template is learned from, in bytes. */
const longestLine = 8192;
/** Most templates of one source. */
const mostTemplates = 2048;
/** Most templates of lines that differ in nothing but stretches with digits. */
const mostVariants = 64;
const mostMasks = 4096;
/** Learning takes about as long as reading so many lines does. */
const worthIt = 32;

interface Mask {
  misses: number;
  learned: number;
}

const roles = valueRoles.length;
const encoder = new TextEncoder();

const none: readonly null[] = new Array<null>(roles).fill(null);

/** What all lines of a template have in common, made ready for a record. */
interface Compiled {
  template: Template;
  stamps: StampReader | null;
  constants: (Uint8Array | null)[];
  /** Four a role: the slot and the offset of its beginning and of its end; slot -2 for a value that is not in the line. */
  anchors: Int32Array;
}

/**
 * Reads what a summary needs of records: of lines that it knows by a template without a look at more than their slots, of
 * all others by the reader. It learns the lines that come again.
 */
export class TemplateReader {
  /** Epoch seconds that times are counted from. */
  base = 0;
  private readonly reader: RecordReader;
  private readonly isUnparsed: (record: LogRecord) => boolean;
  private readonly trie = new TemplateTrie<Compiled>();
  private templates = 0;
  private readonly masks = new Map<string, Mask>();
  private scratch = new Uint8Array(4096);
  private readonly zone: ZoneOffset;
  /** An offset is the same for a quarter of an hour, see `zoneOffset`. */
  private lastQuarter = Number.NaN;
  private lastOffset = 0;

  constructor(reader: RecordReader, isUnparsed: (record: LogRecord) => boolean) {
    this.reader = reader;
    this.isUnparsed = isUnparsed;
    this.zone = zoneOffset(reader.profile.timezone.value);
  }

  /** Where the line ends that was matched last, without its line break. */
  get end(): number {
    return this.trie.end;
  }

  /** Reads the line at `start`, which ends at a line break or at `limit`, into `record` if there is a template for it. */
  match(bytes: Uint8Array, start: number, limit: number, record: SummaryRecord): Template | null {
    const { trie } = this;
    const compiled = trie.match(bytes, start, limit);
    if (!compiled) return null;
    const { template, stamps, anchors } = compiled;
    const { facts, duration } = template;
    let time = Number.NaN;
    if (stamps && template.stamp) {
      const { offset } = template.stamp;
      const second = trie.second - (offset ?? this.offsetAt(trie.second)) - this.base;
      time = second * 1e9 + stamps.nanosAt(bytes, trie.starts[template.stamp.slot]!);
    }
    let length = facts.duration;
    if (duration) {
      length = lengthOf(bytes, trie.starts[duration.slot]!, trie.ends[duration.slot]!, duration.scale);
      if (Number.isNaN(length)) return null;
    }
    setFacts(record, facts, time, length);
    record.bytes = bytes;
    record.constants = compiled.constants;
    for (let role = 0; role < roles; role++) {
      const at = 4 * role;
      const from = anchors[at]!;
      if (from === notInLine) {
        record.starts[role] = -1;
        continue;
      }
      const to = anchors[at + 2]!;
      record.starts[role] = (from < 0 ? start : trie.ends[from]!) + anchors[at + 1]!;
      record.ends[role] = (to < 0 ? start : trie.ends[to]!) + anchors[at + 3]!;
    }
    // A pointer to the step itself is none.
    return isSame(record, 1, 2) || isSame(record, 0, 2) ? null : template;
  }

  /** Seconds that the profile's zone is ahead of UTC when its clocks show `second`. */
  private offsetAt(second: number): number {
    const quarter = Math.floor(second / 900);
    if (quarter !== this.lastQuarter) {
      this.lastQuarter = quarter;
      this.lastOffset = second - instantOf(second * 1000, this.zone) / 1000;
    }
    return this.lastOffset;
  }

  /** Takes a record that the reader has read into `record`, good until the next: as one of the trace `id`. */
  take(read: LogRecord, id: string, record: SummaryRecord): void {
    const facts = factsOf(read);
    const { time } = facts;
    const rest = time === null ? Number.NaN : Number(time - BigInt(this.base) * 1_000_000_000n);
    setFacts(record, facts, rest, facts.duration);
    record.constants = none;
    let at = 0;
    for (const [role, value] of facts.values.entries()) {
      const text = role === 0 ? id : value;
      record.starts[role] = text === null ? -1 : at;
      if (text === null) continue;
      if (at + 3 * text.length > this.scratch.length) this.scratch = grown(this.scratch, at + 3 * text.length);
      at += encoder.encodeInto(text, this.scratch.subarray(at)).written;
      record.ends[role] = at;
    }
    record.bytes = this.scratch;
  }

  /** Learns from a line that had no template, if lines like it have come before. */
  missed(text: string): void {
    // A template has no group that is not in the line.
    if (this.reader.profile.sourceGroup) return;
    if (this.templates >= mostTemplates || text.length > longestLine || text.includes('\n')) return;
    const key = maskOf(text);
    const mask = this.masks.get(key) ?? { misses: 0, learned: 0 };
    if (mask.misses === 0) {
      if (this.masks.size >= mostMasks) return;
      this.masks.set(key, mask);
    }
    if (++mask.misses < worthIt * (mask.learned + 1) || mask.learned >= mostVariants) return;
    mask.learned++;
    const template = learnTemplate(text, this.reader, this.isUnparsed);
    if (!template) return;
    this.templates++;
    this.trie.add(template, compile(template));
  }
}

const notInLine = -2;

export const newRecord = (): SummaryRecord => ({
  time: Number.NaN,
  from: Number.NaN,
  to: Number.NaN,
  isError: false,
  isStart: false,
  isEnd: false,
  isOk: false,
  hasFailed: false,
  isRetry: false,
  bytes: new Uint8Array(0),
  starts: new Int32Array(roles),
  ends: new Int32Array(roles),
  constants: none,
});

function compile(template: Template): Compiled {
  const anchors = new Int32Array(4 * roles).fill(notInLine);
  const constants = template.values.map((value, role) => {
    if ('constant' in value) return value.constant === null ? null : encoder.encode(value.constant);
    anchors.set([value.from.slot, value.from.offset, value.to.slot, value.to.offset], 4 * role);
    return null;
  });
  const slot = template.stamp && template.slots[template.stamp.slot];
  return { template, stamps: slot?.kind === 'stamp' ? new StampReader(slot.layout) : null, constants, anchors };
}

function setFacts(record: SummaryRecord, facts: RecordFacts, at: number, duration: number | null): void {
  const isEnd = facts.phase === 'end' || duration !== null;
  const time = isExact(at) ? at : Number.NaN;
  record.time = time;
  record.from = record.to = time;
  if (duration !== null) {
    const other = facts.timeIs === 'end' ? time - duration : time + duration;
    if (!isExact(other) || (Math.abs(other) > exact && duration % 1000 !== 0)) record.time = Number.NaN;
    if (facts.timeIs === 'end') record.from = other;
    else record.to = other;
  }
  record.isError = facts.isError;
  record.isStart = facts.phase === 'start';
  record.isEnd = isEnd;
  record.isOk = isEnd && facts.outcome === 'ok' && !facts.hasException;
  record.hasFailed = isEnd && (facts.outcome === 'failed' || facts.hasException);
  record.isRetry = facts.attempt !== null;
}

const exact = 2 ** 53;

/** Whether a double holds it: whole microseconds, being multiples of 8 ns, go on for longer than nanoseconds do. */
const isExact = (nanos: number): boolean => Math.abs(nanos) <= (nanos % 1000 === 0 ? 8 * exact : exact);

/** Nanoseconds that a number stands for; NaN where that is too long. */
function lengthOf(bytes: Uint8Array, start: number, end: number, scale: number): number {
  let text = '';
  for (let at = start; at < end; at++) text += String.fromCharCode(bytes[at]!);
  const value = Number(text) * scale;
  return value <= longestDuration ? Math.round(value) : Number.NaN;
}

function isSame({ bytes, starts, ends }: SummaryRecord, one: number, other: number): boolean {
  const [a, b] = [starts[one]!, starts[other]!];
  const length = ends[one]! - a;
  if (a < 0 || b < 0 || ends[other]! - b !== length) return false;
  for (let at = 0; at < length; at++) if (bytes[a + at] !== bytes[b + at]) return false;
  return true;
}

/** What a line has beside its stretches with digits, in few characters: different lines may have the same. */
function maskOf(text: string): string {
  let a = 0x811c9dc5;
  let b = 0x2f0b4a27;
  for (const [piece] of text.matchAll(/[\w-]+|[^\w-]+/g)) {
    if (/\d/.test(piece)) continue;
    for (let at = 0; at < piece.length; at++) {
      a = Math.imul(a ^ piece.charCodeAt(at), 0x01000193);
      b = Math.imul(b ^ piece.charCodeAt(at), 0x85ebca6b) + 1;
    }
  }
  return `${a}:${b}`;
}
