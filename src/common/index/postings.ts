import { grown } from './columns';

/** Where the records of each trace of a range stand, in few bytes: per trace, in the order of the range. */
export interface PackedPlaces {
  bytes: Uint8Array;
  /** Where each trace's end. */
  ends: Uint32Array;
}

export interface RecordPlace {
  /** Of its frame, from the beginning of the range. */
  start: number;
  length: number;
  /** Which of its frame's records it is. */
  part: number;
}

/** Collects the places of a range's records as they come. */
export class Places {
  private size = 0;
  private rows = new Uint32Array(1024);
  private starts = new Float64Array(1024);
  private lengths = new Uint32Array(1024);
  private parts = new Uint32Array(1024);

  clear(): void {
    this.size = 0;
  }

  add(row: number, { start, length, part }: RecordPlace): void {
    const at = this.size++;
    if (at === this.rows.length) this.grow(at);
    this.rows[at] = row;
    this.starts[at] = start;
    this.lengths[at] = length;
    this.parts[at] = part;
  }

  private grow(at: number): void {
    this.rows = grown(this.rows, at);
    this.starts = grown(this.starts, at);
    this.lengths = grown(this.lengths, at);
    this.parts = grown(this.parts, at);
  }

  /** LEB128 of the distance from the frame before, then of twice its length, plus one where a part number follows. */
  pack(traces: number): PackedPlaces {
    const firsts = new Uint32Array(traces + 1);
    for (let at = 0; at < this.size; at++) firsts[this.rows[at]! + 1]! += 1;
    for (let row = 0; row < traces; row++) firsts[row + 1]! += firsts[row]!;
    const order = new Uint32Array(this.size);
    const next = firsts.slice();
    for (let at = 0; at < this.size; at++) {
      const row = this.rows[at]!;
      order[next[row]!] = at;
      next[row]! += 1;
    }
    const ends = new Uint32Array(traces);
    const writer = new VarintWriter();
    for (let row = 0; row < traces; row++) {
      let before = 0;
      for (let index = firsts[row]!; index < firsts[row + 1]!; index++) {
        const at = order[index]!;
        const part = this.parts[at]!;
        writer.add(this.starts[at]! - before);
        writer.add(2 * this.lengths[at]! + (part > 0 ? 1 : 0));
        if (part > 0) writer.add(part);
        before = this.starts[at]!;
      }
      ends[row] = writer.length;
    }
    return { bytes: writer.bytes.slice(0, writer.length), ends };
  }
}

class VarintWriter {
  bytes = new Uint8Array(4096);
  length = 0;

  add(value: number): void {
    if (this.length + 8 > this.bytes.length) this.bytes = grown(this.bytes, this.length + 8);
    const { bytes } = this;
    let rest = value;
    for (; rest > 0x7fffffff; rest = Math.floor(rest / 128)) bytes[this.length++] = (rest % 128) | 0x80;
    for (; rest > 0x7f; rest >>= 7) bytes[this.length++] = (rest & 0x7f) | 0x80;
    bytes[this.length++] = rest;
  }
}

/** The places of a trace's records, or the first of them. */
export function placesOf({ bytes, ends }: PackedPlaces, row: number, most = Number.POSITIVE_INFINITY): RecordPlace[] {
  const places: RecordPlace[] = [];
  const end = ends[row] ?? 0;
  let at = row === 0 ? 0 : (ends[row - 1] ?? 0);
  const read = (): number => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = bytes[at++] ?? 0;
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
    }
  };
  for (let start = 0; at < end && places.length < most; ) {
    start += read();
    const size = read();
    const length = Math.floor(size / 2);
    places.push({ start, length, part: size % 2 === 1 ? read() : 0 });
  }
  return places;
}
