import { int32Column } from '../columns';

/** Another one in each run, so that nobody can write a log whose texts all have one hash. Odd, or its last bits are lost. */
const multiplier = (Math.random() * 2 ** 32) | 1;

/**
 * Numbers texts in the order in which they come: open addressing (Knuth, "The Art of Computer Programming", 6.4), the
 * hashes in a column. A `Map` compares with texts that lie anywhere in memory, and fetches all of them again each time it
 * grows: of many texts that takes three times as long.
 */
export class TextNumbers {
  private readonly texts: string[];
  private count = 0;
  private readonly hashes: Int32Array;
  /** Where a hash belongs, or the next free place behind it: a number + 1; 0 where there is none. */
  private readonly slots: Int32Array;

  /** @param most how many may come: room for all from the start, since what grows is copied many times */
  constructor(most: number) {
    this.texts = new Array<string>(most);
    this.hashes = int32Column(most);
    // Half of the slots at most: few texts stand far from where they belong.
    this.slots = int32Column(2 ** Math.ceil(Math.log2(2 * most + 2)));
  }

  /** All, by number; nothing may be added any more. */
  list(): string[] {
    this.texts.length = this.count;
    return this.texts;
  }

  textOf(number: number): string {
    return this.texts[number]!;
  }

  /** The number of a text; −1 for one that was never added. */
  of(text: string): number {
    return this.slots[this.slotOf(text, hashOf(text))]! - 1;
  }

  /** @returns the number that the text has from now on */
  add(text: string): number {
    const hash = hashOf(text);
    const slot = this.slotOf(text, hash);
    if (this.slots[slot] !== 0) return this.slots[slot]! - 1;
    const number = this.count++;
    this.hashes[number] = hash;
    this.texts[number] = text;
    this.slots[slot] = this.count;
    return number;
  }

  /** The slot that holds a text, or the free one for it. */
  private slotOf(text: string, hash: number): number {
    const { slots, hashes, texts } = this;
    const last = slots.length - 1;
    let slot = hash & last;
    for (let held = slots[slot]!; held !== 0; held = slots[slot]!) {
      if (hashes[held - 1] === hash && texts[held - 1] === text) break;
      slot = (slot + 1) & last;
    }
    return slot;
  }
}

function hashOf(text: string): number {
  let hash = text.length;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), multiplier);
  // The last bits choose the slot: let the others have a say.
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return hash ^ (hash >>> 13);
}
