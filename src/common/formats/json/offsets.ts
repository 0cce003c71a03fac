import type { Field } from '../../model/fieldRole';

/** Where each stretch of a shortened text begins in it, and by how much the original is ahead there. */
export interface OffsetMap {
  readonly positions: number[];
  readonly shifts: number[];
}

/**
 * Moves fields that were found in a shortened text (colours stripped, escapes decoded) to where they stand in the
 * original. `base` is added to every offset. Changes the fields.
 */
export function moveFields(fields: Field[], map: OffsetMap, base = 0): Field[] {
  for (const field of fields) {
    field.start = base + originalOffset(map, field.start);
    field.end = base + originalOffset(map, field.end);
  }
  return fields;
}

function originalOffset({ positions, shifts }: OffsetMap, offset: number): number {
  let low = 0;
  let high = positions.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((positions[middle] ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return offset + (low > 0 ? (shifts[low - 1] ?? 0) : 0);
}

const jsonEscape = /\\(?:u[0-9a-fA-F]{4}|[^u])/g;

/** The map from a decoded JSON string to its raw text. */
export const jsonEscapeMap = (raw: string): OffsetMap => shorteningMap(raw, jsonEscape);

/** The map to a raw text from what it becomes when each match of a pattern is decoded to one character. */
export function shorteningMap(raw: string, pattern: RegExp): OffsetMap {
  const map: OffsetMap = { positions: [], shifts: [] };
  let shift = 0;
  for (const match of raw.matchAll(pattern)) {
    const decodedAt = match.index - shift;
    shift += match[0].length - 1;
    map.positions.push(decodedAt + 1);
    map.shifts.push(shift);
  }
  return map;
}

const colour = /\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\-_])/g;

/** A text without terminal escapes (ECMA-48 CSI, OSC and two-byte sequences), and the map back; the same text if none. */
export function withoutColours(text: string): { text: string; map: OffsetMap | null } {
  if (!text.includes('\x1b')) return { text, map: null };
  const map: OffsetMap = { positions: [], shifts: [] };
  let shift = 0;
  const plain = text.replace(colour, (sequence: string, at: number) => {
    map.positions.push(at - shift);
    shift += sequence.length;
    map.shifts.push(shift);
    return '';
  });
  return { text: plain, map };
}

/**
 * A text without what is inside the brackets of its lists at `holes`, in ascending order, and the map back; their offsets
 * are counted from `origin`, where the text begins.
 */
export function withoutHoles(
  text: string,
  { start: origin, holes }: { start: number; holes: readonly { start: number; end: number }[] },
): { text: string; map: OffsetMap | null } {
  if (holes.length === 0) return { text, map: null };
  const map: OffsetMap = { positions: [], shifts: [] };
  let plain = '';
  let from = 0;
  for (const { start, end } of holes) {
    plain += text.slice(from, start - origin + 1);
    from = end - origin - 1;
    map.positions.push(plain.length);
    map.shifts.push(from - plain.length);
  }
  return { text: plain + text.slice(from), map };
}
