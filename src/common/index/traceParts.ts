import { joinKey } from '../profile/ids';
import { ByteTable } from './byteTable';
import { hash64, hashed } from './hash64';
import { placesOf, type RecordPlace } from './postings';
import type { Texts } from './traceBlock';
import { type PlacedBlock, TraceGroups } from './traceGroups';
import { traceBit } from './traceRows';
import type { TracePart } from './traceVerdict';

/** Records of a trace, and where they stand. */
export interface TracePlaces {
  /** Join keys of its IDs. */
  keys: string[];
  places: { source: number; place: RecordPlace }[];
}

/** What a block knows of a trace. */
export interface PlacedPart extends TracePart {
  /** Of its block. */
  index: number;
}

/** A log is nearly in order: the earliest of so many records is the trace's first one. */
const mostFirst = 4;

const decoder = new TextDecoder();
const encoder = new TextEncoder();

/** What the blocks of some sources know of each trace, put together by its ID; a group is a trace by one ID. */
export class TraceParts {
  readonly groups: TraceGroups;
  /** All values of all blocks, which {@link PlacedPart.values} point to. */
  readonly values = new ByteTable();
  /** The group of another ID that means the same, by the one that is shown. */
  private readonly weaker = new Map<number, number>();
  private readonly blocks: readonly PlacedBlock[];
  private readonly valuesOf: readonly Int32Array[];

  /** @param blocks those of one log in its order, and the logs by name */
  constructor(blocks: readonly PlacedBlock[]) {
    this.blocks = blocks;
    this.groups = new TraceGroups(blocks);
    this.valuesOf = blocks.map(({ block }) => this.addValues(block.values));
    const { aliasOf, size } = this.groups;
    for (let group = 0; group < size; group++) if (aliasOf[group]! >= 0) this.weaker.set(aliasOf[group]!, group);
  }

  of(group: number): PlacedPart[] {
    const parts: PlacedPart[] = [];
    for (let at = this.groups.first[group]!; at >= 0; at = this.groups.next[at]!) {
      const index = this.groups.block[at]!;
      parts.push({ block: this.blocks[index]!.block, row: this.groups.row[at]!, values: this.valuesOf[index]!, index });
    }
    return parts;
  }

  /** Where all records of a trace stand. */
  placesOf(group: number): TracePlaces {
    const weaker = this.weaker.get(group);
    const places: TracePlaces['places'] = [];
    const keys = new Set<string>();
    const seen = new Set<string>();
    for (const part of this.allOf(group)) {
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
    return { keys: [...keys], places };
  }

  /** Its parts, and those of the ID that means the same. */
  private allOf(group: number): PlacedPart[] {
    const weaker = this.weaker.get(group);
    return weaker === undefined ? this.of(group) : [...this.of(group), ...this.of(weaker)];
  }

  /** Where the record stands that was written first, as near as columns tell: it is among these, mostly the first. */
  firstPlaces(group: number): TracePlaces {
    const parts = this.allOf(group);
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

  /** Whether everything but the steps can be told by columns. */
  hasValues(group: number, parts: readonly PlacedPart[]): boolean {
    if (this.weaker.has(group)) return false;
    // Two spellings in one block: which record of theirs was first is not kept.
    return parts.every(
      ({ block, row, index }, at) => !(block.bits[row]! & traceBit.inexact) && index !== parts[at - 1]?.index,
    );
  }

  /** The part whose spelling is the least: which one is shown must not depend on the order of reading. */
  spellingOf(group: number): number {
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

  /** As many bits of the ID's hash as a number holds. */
  hashAt(group: number): number {
    const part = this.groups.first[group]!;
    const { keys } = this.blocks[this.groups.block[part]!]!.block;
    const row = this.groups.row[part]!;
    return shortHash(keys[2 * row]!, keys[2 * row + 1]!);
  }

  /** The ID of a part, in UTF-8. */
  textOf(part: number): Uint8Array {
    return textAt(this.blocks[this.groups.block[part]!]!.block.ids, this.groups.row[part]!);
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
}

/** The hash of a join key as {@link TraceParts.hashAt} gives it. */
export function hashOf(key: string): number {
  const bytes = encoder.encode(key);
  hash64(bytes, 0, bytes.length);
  return shortHash(hashed.high, hashed.low);
}

/** As many bits of a hash as a number holds. */
const shortHash = (high: number, low: number): number => high * 2 ** 21 + (low >>> 11);

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return false;
  return true;
}

const textAt = ({ bytes, ends }: Texts, index: number): Uint8Array =>
  bytes.subarray(index === 0 ? 0 : ends[index - 1], ends[index]);
