import type { TraceTable } from '../../../common/index/traceTable';

/** As many bytes as a number holds. */
const headBytes = 6;
/** From this on, bytes are not in the order of the characters that they stand for in a string. */
const beyond = 0xee;

/** Compares the IDs of a table's rows as strings are compared; mostly by one number each, without making the strings. */
export class IdOrder {
  private readonly table: TraceTable;
  private readonly shared: number;
  private readonly heads: Float64Array;

  constructor(table: TraceTable) {
    this.table = table;
    this.shared = sharedBytes(table);
    this.heads = Float64Array.from({ length: table.size }, (_, row) => this.headOf(row));
  }

  compare(a: number, b: number): number {
    const difference = this.heads[a]! - this.heads[b]!;
    if (difference !== 0) return difference;
    const [left, right] = [this.table.idOf(a), this.table.idOf(b)];
    return left < right ? -1 : left > right ? 1 : 0;
  }

  /** The bytes behind those that all IDs begin with, as a number in their order. */
  private headOf(row: number): number {
    const bytes = this.table.idBytes(row);
    let head = 0;
    let isPlain = true;
    for (let at = this.shared; at < this.shared + headBytes; at++) {
      const byte: number = isPlain ? (bytes[at] ?? 0) : 0;
      isPlain &&= byte < beyond;
      head = 256 * head + Math.min(byte, beyond);
    }
    return head;
  }
}

function sharedBytes(table: TraceTable): number {
  const first = table.size > 0 ? table.idBytes(0) : new Uint8Array();
  let shared = first.length;
  for (let row = 1; row < table.size && shared > 0; row++) {
    const bytes = table.idBytes(row);
    let same = 0;
    while (same < shared && bytes[same] === first[same]) same++;
    shared = same;
  }
  return shared;
}
