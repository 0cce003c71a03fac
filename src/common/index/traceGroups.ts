import type { TraceBlock } from './traceBlock';

/** A block with where it stands among the others. */
export interface PlacedBlock {
  block: TraceBlock;
  /** Number of the source. */
  source: number;
  /** Offset of the range in the source. */
  from: number;
}

/** The rows that blocks have of each trace, in the blocks' order. */
export class TraceGroups {
  size = 0;
  /** Of each group, the first and the last of its list; then, by place in that list: block, row and the next, -1 for none. */
  readonly first: Int32Array;
  readonly last: Int32Array;
  readonly block: Uint32Array;
  readonly row: Uint32Array;
  readonly next: Int32Array;
  /** Of an ID that means the same as another throughout: the group of that one; -1 for all others. */
  readonly aliasOf: Int32Array;

  constructor(blocks: readonly PlacedBlock[]) {
    const total = blocks.reduce((sum, { block }) => sum + block.records.length, 0);
    this.first = new Int32Array(total);
    this.last = new Int32Array(total);
    this.block = new Uint32Array(total);
    this.row = new Uint32Array(total);
    this.next = new Int32Array(total).fill(-1);
    const groupOf = this.group(blocks, total);
    this.aliasOf = this.unite(blocks, groupOf);
  }

  /** @returns the group of every row, block after block */
  private group(blocks: readonly PlacedBlock[], total: number): Uint32Array[] {
    let bits = 4;
    while (2 ** bits < 2 * total) bits++;
    const mask = 2 ** bits - 1;
    const slots = new Int32Array(2 ** bits).fill(-1);
    const high = new Uint32Array(total);
    const low = new Uint32Array(total);
    let place = 0;
    return blocks.map(({ block: { keys, records } }, index) => {
      const groups = new Uint32Array(records.length);
      for (let row = 0; row < records.length; row++) {
        const [h, l] = [keys[2 * row]!, keys[2 * row + 1]!];
        let slot = l & mask;
        while (slots[slot]! >= 0 && !(high[slots[slot]!] === h && low[slots[slot]!] === l)) slot = (slot + 1) & mask;
        let group = slots[slot]!;
        this.block[place] = index;
        this.row[place] = row;
        if (group < 0) {
          group = this.size++;
          slots[slot] = group;
          high[group] = h;
          low[group] = l;
          this.first[group] = place;
        } else this.next[this.last[group]!] = place;
        this.last[group] = place;
        groups[row] = group;
        place++;
      }
      return groups;
    });
  }

  /** Two IDs that go together 1:1 throughout are one trace; any others are traces of their own. */
  private unite(blocks: readonly PlacedBlock[], groupOf: readonly Uint32Array[]): Int32Array {
    const partner = new Int32Array(this.size).fill(-1);
    const strongerOf = new Int32Array(this.size).fill(-1);
    for (const [index, { block }] of blocks.entries()) {
      for (let at = 0; at < block.pairs.length; at += 2) {
        const strong = groupOf[index]![block.pairs[at]!]!;
        const weak = groupOf[index]![block.pairs[at + 1]!]!;
        partner[strong] = partner[strong] === -1 || partner[strong] === weak ? weak : many;
        partner[weak] = partner[weak] === -1 || partner[weak] === strong ? strong : many;
        strongerOf[weak] = strong;
      }
    }
    for (let weak = 0; weak < this.size; weak++) {
      const strong = strongerOf[weak]!;
      if (strong >= 0 && !(partner[weak] === strong && partner[strong] === weak)) strongerOf[weak] = -1;
    }
    return strongerOf;
  }

  /** The rows of a group. */
  *rowsOf(group: number): Generator<{ block: number; row: number }> {
    for (let at = this.first[group]!; at >= 0; at = this.next[at]!)
      yield { block: this.block[at]!, row: this.row[at]! };
  }
}

const many = -2;
