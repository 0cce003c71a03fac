import type { ReadField } from '../profile/recordReader';
import { type StampLayout, stampLayoutOf } from './stampLayout';
import type { Slot, WordStrength } from './template';

/** A stretch of a text that may differ from record to record, wherever the same stands in it. */
export interface Candidate {
  kind: 'stamp' | 'word' | 'number' | 'decimal';
  layout: StampLayout | null;
  /** Where it stands: offsets of the text, ascending. */
  places: { start: number; end: number }[];
  /** What is known of a word's strength so far. */
  strength: WordStrength;
  mayBeZero: boolean;
  /** Whether a word needs no digit. */
  mayBePlain: boolean;
  /** Nanoseconds per 1 of the number that says how long; `null` for all others. */
  scale: number | null;
}

const token = /(?<![\w.-])\d+\.\d+(?![\d.])|[\w-]+/g;
/** Shorter ones may be the same by chance. */
const shortestTie = 4;

/**
 * The stretches of a text that may differ, in its order: its stamp, what holds digits, and words that are IDs. `null` where
 * it has several stamps, or one of no fixed length.
 *
 * @param ids where IDs stand
 */
export function candidatesIn(
  text: string,
  fields: readonly ReadField[],
  ids: readonly { start: number; end: number }[],
): Candidate[] | null {
  const stamps = fields.filter(({ role }) => role === 'timestamp');
  const [field] = stamps;
  const candidates: Candidate[] = [];
  let stampEnd = -1;
  let stampStart = -1;
  if (field) {
    const layout = stampLayoutOf(text.slice(field.start, field.end));
    if (!layout || stamps.length > 1) return null;
    stampStart = field.start;
    stampEnd = field.start + layout.pattern.length;
    candidates.push({ ...plain, kind: 'stamp', layout, places: [{ start: stampStart, end: stampEnd }] });
  }
  const ties = new Map<string, Candidate>();
  for (const match of text.matchAll(token)) {
    const [value] = match;
    const start = match.index;
    const end = start + value.length;
    const mayBePlain = ids.some(id => id.start === start && id.end === end);
    if ((!/\d/.test(value) && !mayBePlain) || (start < stampEnd && end > stampStart)) continue;
    const known = value.length >= shortestTie ? ties.get(value) : undefined;
    if (known) {
      known.places.push({ start, end });
      continue;
    }
    const kind = value.includes('.') ? 'decimal' : /^\d+$/.test(value) ? 'number' : 'word';
    const candidate: Candidate = {
      ...plain,
      kind,
      places: [{ start, end }],
      mayBePlain: mayBePlain && kind === 'word',
    };
    if (kind === 'word' && !/[A-Za-z]/.test(value)) candidates.push(...numbersIn(value, start));
    else candidates.push(candidate);
    ties.set(value, candidate);
  }
  return candidates;
}

const plain = { layout: null, strength: 'any', mayBeZero: true, mayBePlain: false, scale: null } as const;

/** The numbers in a word that does not count as a whole. */
export function numbersIn(value: string, start: number): Candidate[] {
  return [...value.matchAll(/\d+/g)].map(match => {
    const from = start + match.index;
    return { ...plain, kind: 'number', places: [{ start: from, end: from + match[0].length }] };
  });
}

const words = [
  'k7',
  '3a',
  'A9-b',
  'x_1',
  'Zz9Yy8',
  'req-12345',
  'deadbeef-1',
  'abc123def456',
  'user-0042-eu',
  '7c2d9f7b-18e7-4c7a-bf8c-4d83d13d9c01',
  '9F86D081884C7D659A2FEAA0C55AD015',
  '0ujtsYcgvSTl8PAuAdqWYSMnLOv',
  'b7ad6b7169203331',
  '01ARZ3NDEKTSV4RRFFQ69G5FAV',
  's-c0ffee1234',
  'error500',
  'pool-2-thread-14',
  'v1',
  '12ms',
];
const plainWords = [
  'alice',
  'order-bfcd',
  'u-ca',
  'ABC',
  'Zoe',
  'feedface',
  'x_y',
  'deadbeefdeadbeefdeadbeefdeadbeef',
  'error',
  'started',
];
const numbers =
  '1 2 3 4 5 6 7 8 9 10 12 13 20 24 30 40 50 60 99 100 101 200 204 299 302 404 499 500 503 599 600 999 1024 4711 65535 86400 123456 20260302 1772446500 1772446500123 007'.split(
    ' ',
  );
const zeros = ['0', '00', '4294967295'];
const decimals = ['0.5', '1.0', '2.75', '10.25', '99.999', '500.0', '1234.5', '0.001', '1772446500.123'];

/** Longer is no duration to the reader (see `durationOf`). */
export const longestDuration = 3653 * 86_400e9;

/** What a stretch is tried with: values of every kind that its slot would take. */
export function trialsOf(candidate: Candidate, sample: string): string[] {
  const { kind, strength, scale } = candidate;
  if (kind === 'stamp') return stampTrials(sample);
  if (kind === 'number' || kind === 'decimal') {
    const all = kind === 'decimal' ? decimals : candidate.mayBeZero ? [...numbers, ...zeros] : numbers;
    return scale === null ? all : all.filter(value => Number(value) * scale <= longestDuration);
  }
  if (strength !== 'shape') {
    const all = candidate.mayBePlain ? [...words, ...plainWords] : words;
    return strength === 'any' ? all : all.filter(word => word.length >= 8);
  }
  return ['0123456789abcdef', 'f9e8d7c6b5a49382', '00000000000000a1', 'a1b2c3d4e5f60718'].map(digits => {
    let at = 0;
    return sample.replace(/[0-9a-f]/gi, () => digits.charAt(at++ % 16));
  });
}

/** Stamps of the same layout, in every season and at every border. */
function stampTrials(sample: string): string[] {
  if (/^\d{5}/.test(sample)) {
    const digits = ['1000000000', '1111111111', '1500000000', '1772446500', '1899999999', '1999999999'];
    return digits.map(ten => ten + sample.slice(10).replace(/\d/g, digit => String((Number(digit) + 7) % 10)));
  }
  const dates = ['2000-01-01', '2012-02-29', '2021-03-28', '2024-07-14', '2026-10-25', '2038-01-19', '2099-12-31'];
  const times = ['00:00:00', '23:59:59', '02:30:00', '12:00:01', '03:15:45', '09:05:09', '17:47:30'];
  return dates.map((date, at) => {
    const [separator, between] = [sample.charAt(4), sample.charAt(10)];
    const rest = sample.slice(19).replace(/\d/g, digit => String((Number(digit) + at) % 10));
    return `${date.replaceAll('-', separator)}${between}${times[at]}${rest}`;
  });
}

export function slotOf(candidate: Candidate, sample: Uint8Array): Slot {
  const { kind, layout, strength, mayBeZero, mayBePlain } = candidate;
  if (kind === 'stamp' && layout) return { kind: 'stamp', layout };
  if (kind === 'number') return { kind, mayBeZero };
  if (kind === 'decimal') return { kind };
  return { kind: 'word', strength, mayBePlain, sample: strength === 'shape' ? sample : new Uint8Array(0) };
}
