import { int32Column } from './columns';

/** Another one in each run, so that nobody can write a log whose texts all have one hash. Odd, or its last bits are lost. */
const multiplier = (Math.random() * 2 ** 32) | 1;

/**
 * Numbers texts in the order in which they come: open addressing (Knuth, "The Art of Computer Programming", 6.4), the
 * hashes beside the numbers. A `Map` compares with texts that lie anywhere in memory, and fetches all of them again each
 * time it grows: of many texts that takes three times as long.
 */
export class TextNumbers {
  /** By number. */
  readonly list: string[] = [];
  /** Pairs of a hash and a number + 1; 0 where there is none. */
  private slots = int32Column(2 * 64);

  /** The number of a text; −1 for one that was never added. */
  of(text: string): number {
    return this.slots[this.slotOf(text, hashOf(text)) + 1]! - 1;
  }

  /** @returns the number that the text has from now on */
  add(text: string): number {
    const { list } = this;
    const hash = hashOf(text);
    const slot = this.slotOf(text, hash);
    if (this.slots[slot + 1] !== 0) return this.slots[slot + 1]! - 1;
    this.slots[slot] = hash;
    this.slots[slot + 1] = list.push(text);
    // A quarter of the pairs at most: few have to look further than where they belong.
    if (8 * list.length > this.slots.length) this.grow();
    return list.length - 1;
  }

  /** The slot that holds a text, or the free one for it. */
  private slotOf(text: string, hash: number): number {
    const { slots, list } = this;
    const last = slots.length - 1;
    let slot = (2 * hash) & last;
    for (; slots[slot + 1] !== 0; slot = (slot + 2) & last) {
      if (slots[slot] === hash && list[slots[slot + 1]! - 1] === text) break;
    }
    return slot;
  }

  private grow(): void {
    const before = this.slots;
    const slots = int32Column(4 * before.length);
    const last = slots.length - 1;
    for (let from = 0; from < before.length; from += 2) {
      if (before[from + 1] === 0) continue;
      let slot = (2 * before[from]!) & last;
      while (slots[slot + 1] !== 0) slot = (slot + 2) & last;
      slots[slot] = before[from]!;
      slots[slot + 1] = before[from + 1]!;
    }
    this.slots = slots;
  }
}

function hashOf(text: string): number {
  let hash = text.length;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), multiplier);
  // The last bits choose the slot: let the others have a say.
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return hash ^ (hash >>> 13);
}
