import type { LogRecord } from '../model/logRecord';
import { byteOffset, lineNumber, sourceId } from '../model/units';
import type { ReadField, RecordReader } from '../profile/recordReader';
import { instantOf, type ZoneOffset, zoneOffset } from '../profile/time/zone';
import { type Candidate, candidatesIn, numbersIn, slotOf, trialsOf } from './candidates';
import { factsOf, isPlain, type RecordFacts, sameKind, valueRoles } from './recordFacts';
import { StampReader } from './stampLayout';
import type { Anchor, Slot, Template, ValueRule } from './template';
import { slotCap } from './templateTrie';

const location = { source: sourceId(''), line: lineNumber(1), byteStart: byteOffset(0), byteEnd: byteOffset(0) };
const encoder = new TextEncoder();
/** So many of the roles, the first ones, are IDs. */
const idRoles = 7;

/** The one plain record of a text. */
interface Reading {
  facts: RecordFacts;
  record: LogRecord;
  fields: readonly ReadField[];
}

interface Learning {
  text: string;
  read(text: string): Reading | null;
  reading: Reading;
  /** Where each value stands in the text; `null` where it does not. */
  spans: ({ start: number; end: number } | null)[];
  /** Seconds that the stamp is ahead of UTC; `null` where the profile's zone tells them. */
  offset: number | null;
  zone: ZoneOffset;
  /** The number that says how long. */
  duration: Candidate | null;
}

/**
 * Learns how lines like this one read: which of its stretches may hold something else of the same kind so that nothing
 * changes but the value that stands there. Every stretch with digits is tried, by the reader itself, with values of all
 * sorts; what changes the reading in any other way stays as it is in this line. `null` where the line has more to say than
 * a template can (several group IDs or pointers, two stamps, a stamp without a date).
 */
export function learnTemplate(
  text: string,
  reader: RecordReader,
  isUnparsed: (record: LogRecord) => boolean,
): Template | null {
  const read = (line: string): Reading | null => {
    const bytes = encoder.encode(line);
    if (!reader.startsRecord(bytes, 0, bytes.length)) return null;
    const all = reader.read(line, location);
    const [first] = all;
    return first && all.length === 1 && isPlain(first)
      ? { facts: factsOf(first.record), record: first.record, fields: first.fields }
      : null;
  };
  const reading = read(text);
  if (!reading) return null;
  const spans = reading.facts.values.map((value, index) => spanOf(text, value, index, reading.fields));
  const candidates = candidatesIn(
    text,
    reading.fields,
    spans.slice(0, idRoles).filter(span => span !== null),
  );
  if (!candidates) return null;
  const stamp = candidates.find(({ kind }) => kind === 'stamp') ?? null;
  if ((stamp === null) !== (reading.facts.time === null)) return null;
  const zone = zoneOffset(reader.profile.timezone.value);
  const learning: Learning = { text, read, reading, spans, offset: 0, zone, duration: null };
  if (stamp) {
    learning.offset = Number((nanosOf(text, stamp) - (reading.facts.time ?? 0n)) / 1_000_000_000n);
    const trials = trialsOf(stamp, sampleOf(learning, stamp));
    if (!trials.every((_, at) => isTrue(learning, [stamp], at))) learning.offset = null;
  }
  // The text of an ID stands in the line, or is not what the line says.
  if (reading.facts.values.some((value, role) => role < 3 && value !== null && !spans[role])) return null;
  const groups = settle(learning, candidates);
  if (stamp && !groups.includes(stamp)) return null;
  return isProven(learning, groups) ? templateOf(learning, groups, isUnparsed(reading.record)) : null;
}

/** The field that holds a value as it stands in the text, one of the value's own role before others. */
function spanOf(text: string, value: string | null, role: number, fields: readonly ReadField[]) {
  if (value === null || value === '') return null;
  const same = fields.filter(field => field.value === value && text.slice(field.start, field.end) === value);
  return same.find(field => field.role === valueRoles[role]) ?? same[0] ?? null;
}

/** Nanoseconds of the stamp in a text, as if it were UTC. */
function nanosOf(text: string, { layout, places }: Candidate): bigint {
  const [place] = places;
  if (!layout || !place) return 0n;
  const bytes = encoder.encode(text.slice(place.start, place.end));
  const stamps = new StampReader(layout);
  const second = stamps.secondAt(bytes, 0);
  return Number.isNaN(second) ? -1n : BigInt(second) * 1_000_000_000n + BigInt(stamps.nanosAt(bytes, 0));
}

/** The candidates that may be slots, each with the widest kind of values that it takes; in the order of the text. */
function settle(learning: Learning, candidates: readonly Candidate[]): Candidate[] {
  if (candidates.length <= slotCap && isProven(learning, candidates)) return [...candidates];
  const settled: Candidate[] = [];
  const open = [...candidates];
  for (let candidate = open.shift(); candidate; candidate = open.shift()) {
    const sample = sampleOf(learning, candidate);
    const alone = [candidate];
    if (trialsOf(candidate, sample).every((_, at) => isTrue(learning, alone, at))) {
      settled.push(candidate);
      if (candidate.scale !== null) learning.duration = candidate;
    } else open.unshift(...narrower(learning, candidate, sample));
  }
  return settled.slice(0, slotCap);
}

/** What may be tried instead of a candidate that takes too much. */
function narrower({ duration, reading }: Learning, candidate: Candidate, sample: string): Candidate[] {
  const { kind, strength, places, mayBeZero, mayBePlain, scale } = candidate;
  if (kind === 'word') {
    if (mayBePlain) return [{ ...candidate, mayBePlain: false }].filter(() => /\d/.test(sample));
    const isStrong = /^[A-Za-z\d][\w-]{6,}[A-Za-z\d]$/.test(sample);
    if (strength === 'any' && isStrong) return [{ ...candidate, strength: 'strong' }];
    if (strength !== 'shape' && /^[\da-f-]{16,36}$/i.test(sample)) return [{ ...candidate, strength: 'shape' }];
    return places.length === 1 ? numbersIn(sample, places[0]?.start ?? 0) : [];
  }
  if (kind === 'stamp' || scale !== null) return [];
  const stated = reading.facts.duration;
  const unit = [1, 1e3, 1e6, 1e9, 60e9].find(nanos => Math.round(Number(sample) * nanos) === stated);
  if (stated !== null && stated > 0 && unit !== undefined && !duration) return [{ ...candidate, scale: unit }];
  return kind === 'number' && mayBeZero && Number(sample) > 0 ? [{ ...candidate, mayBeZero: false }] : [];
}

const sampleOf = ({ text }: Learning, { places: [place] }: Candidate): string =>
  place ? text.slice(place.start, place.end) : '';

/** Whether all of them together read as they should, with everything that they are tried with. */
function isProven(learning: Learning, candidates: readonly Candidate[]): boolean {
  const most = Math.max(2, ...candidates.map(candidate => trialsOf(candidate, sampleOf(learning, candidate)).length));
  for (let trial = 0; trial < most; trial++) if (!isTrue(learning, candidates, trial)) return false;
  return true;
}

interface Change {
  start: number;
  end: number;
  value: string;
}

/** Whether the text with other values in some places reads as what is known of it says. */
function isTrue(learning: Learning, candidates: readonly Candidate[], trial: number): boolean {
  const changes: Change[] = [];
  const values = new Map<Candidate, string>();
  for (const [index, candidate] of candidates.entries()) {
    const trials = trialsOf(candidate, sampleOf(learning, candidate));
    const value = trials[(trial + index) % trials.length] ?? '';
    values.set(candidate, value);
    for (const { start, end } of candidate.places) changes.push({ start, end, value });
  }
  changes.sort((a, b) => a.start - b.start);
  const text = changed(learning.text, changes);
  const reading = learning.read(text);
  if (!reading || !sameKind(reading.facts, learning.reading.facts)) return false;
  const { spans } = learning;
  const known = learning.reading.facts;
  for (const [role, span] of spans.entries()) {
    const expected = span ? text.slice(moved(span.start, changes), moved(span.end, changes)) : known.values[role];
    if (expected !== reading.facts.values[role]) return false;
  }
  const stamp = candidates.find(({ kind }) => kind === 'stamp');
  if (stamp && reading.facts.time !== null) {
    const [place] = stamp.places;
    const at = moved(place?.start ?? 0, changes);
    const size = (place?.end ?? 0) - (place?.start ?? 0);
    const own = nanosOf(text, { ...stamp, places: [{ start: at, end: at + size }] });
    const local = Number(own / 1_000_000_000n);
    const offset = learning.offset ?? local - instantOf(local * 1000, learning.zone) / 1000;
    if (own - BigInt(offset) * 1_000_000_000n !== reading.facts.time) return false;
  } else if (reading.facts.time !== known.time) return false;
  const length = candidates.find(({ scale }) => scale !== null);
  const stated = length ? Math.round(Number(values.get(length)) * (length.scale ?? 1)) : known.duration;
  return stated === reading.facts.duration;
}

function changed(text: string, changes: readonly Change[]): string {
  let result = '';
  let at = 0;
  for (const { start, end, value } of changes) {
    result += text.slice(at, start) + value;
    at = end;
  }
  return result + text.slice(at);
}

/** Where a place of the text is after some changes; of one within a change nothing true can be said. */
function moved(place: number, changes: readonly Change[]): number {
  let shift = 0;
  for (const { start, end, value } of changes) {
    if (place <= start) break;
    if (place < end) return Number.NaN;
    shift += value.length - (end - start);
  }
  return place + shift;
}

function templateOf(
  { text, spans, reading, offset, duration }: Learning,
  groups: Candidate[],
  isUnparsed: boolean,
): Template | null {
  const places = groups
    .flatMap(candidate => candidate.places.map(place => ({ ...place, candidate })))
    .sort((a, b) => a.start - b.start);
  if (places.length > slotCap) return null;
  const slotNumber = new Map<Candidate, number>();
  const slots: Slot[] = [];
  const texts: Uint8Array[] = [];
  let at = 0;
  for (const { start, end, candidate } of places) {
    texts.push(encoder.encode(text.slice(at, start)));
    const of = slotNumber.get(candidate);
    if (of === undefined) slotNumber.set(candidate, slots.length);
    slots.push(of === undefined ? slotOf(candidate, encoder.encode(text.slice(start, end))) : { kind: 'same', of });
    at = end;
  }
  texts.push(encoder.encode(text.slice(at)));
  const anchor = (place: number): Anchor => {
    // The beginning of a slot is behind the text before it.
    const before = places.findLastIndex(({ end }) => end <= place);
    return { slot: before, offset: encoder.encode(text.slice(places[before]?.end ?? 0, place)).length };
  };
  const values = spans.map(
    (span, role): ValueRule =>
      span ? { from: anchor(span.start), to: anchor(span.end) } : { constant: reading.facts.values[role] ?? null },
  );
  const stamp = groups.find(({ kind }) => kind === 'stamp');
  return {
    texts,
    slots,
    values,
    stamp: stamp ? { slot: slotNumber.get(stamp) ?? 0, offset } : null,
    duration: duration && { slot: slotNumber.get(duration) ?? 0, scale: duration.scale ?? 1 },
    facts: reading.facts,
    isUnparsed,
  };
}
