import { grown } from './columns';

/** Four bytes at a time: half of the work is waiting for the multiplication before. */
function hashOf(bytes: Uint8Array, start: number, end: number, owner: number): number {
  let hash = Math.imul(owner ^ 0x2f0b4a27, 0x9e3779b1);
  let at = start;
  for (; at + 4 <= end; at += 4) {
    const word = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
    hash = Math.imul(hash ^ word, 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  for (; at < end; at++) hash = Math.imul(hash ^ bytes[at]!, 0x01000193);
  return hash ^ (hash >>> 13);
}

/**
 * Distinct byte strings, numbered from 0 as they come; the same bytes under another `owner` are another string. Open
 * addressing over a power of two, at most two thirds full.
 */
export class ByteTable {
  size = 0;
  private slots = new Int32Array(1024).fill(-1);
  private hashes = new Int32Array(512);
  private owners = new Int32Array(512);
  private ends = new Uint32Array(512);
  private arena = new Uint8Array(16 * 1024);

  /** The number of `bytes[start, end)`; a new one equals the size before. */
  add(bytes: Uint8Array, start: number, end: number, owner = 0): number {
    const hash = hashOf(bytes, start, end, owner);
    const mask = this.slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const entry = this.slots[slot]!;
      if (entry < 0) return this.insert(slot, hash, bytes, start, end, owner);
      if (this.hashes[entry] === hash && this.owners[entry] === owner && this.holds(entry, bytes, start, end))
        return entry;
    }
  }

  clear(): void {
    this.size = 0;
    this.slots.fill(-1);
  }

  text(entry: number): Uint8Array {
    return this.arena.subarray(this.startOf(entry), this.ends[entry]);
  }

  /** All of them, one behind the other. */
  texts(): { bytes: Uint8Array; ends: Uint32Array } {
    const ends = this.ends.slice(0, this.size);
    return { bytes: this.arena.slice(0, ends.at(-1) ?? 0), ends };
  }

  private startOf(entry: number): number {
    return entry === 0 ? 0 : this.ends[entry - 1]!;
  }

  /** Whether an entry is `bytes[start, end)`, whoever owns it. */
  holds(entry: number, bytes: Uint8Array, start: number, end: number): boolean {
    const { arena } = this;
    const from = this.startOf(entry);
    if (this.ends[entry]! - from !== end - start) return false;
    for (let at = start, place = from; at < end; at++, place++) if (arena[place] !== bytes[at]) return false;
    return true;
  }

  private insert(slot: number, hash: number, bytes: Uint8Array, start: number, end: number, owner: number): number {
    const entry = this.size++;
    const from = this.startOf(entry);
    const to = from + end - start;
    if (entry === this.hashes.length) this.grow(entry);
    if (to > this.arena.length) this.arena = grown(this.arena, to);
    for (let at = start, place = from; at < end; at++, place++) this.arena[place] = bytes[at]!;
    this.hashes[entry] = hash;
    this.owners[entry] = owner;
    this.ends[entry] = to;
    this.slots[slot] = entry;
    if (3 * this.size > 2 * this.slots.length) this.rehash();
    return entry;
  }

  private grow(entry: number): void {
    this.hashes = grown(this.hashes, entry);
    this.owners = grown(this.owners, entry);
    this.ends = grown(this.ends, entry);
  }

  private rehash(): void {
    const slots = new Int32Array(2 * this.slots.length).fill(-1);
    const mask = slots.length - 1;
    for (let entry = 0; entry < this.size; entry++) {
      let slot = this.hashes[entry]! & mask;
      while (slots[slot]! >= 0) slot = (slot + 1) & mask;
      slots[slot] = entry;
    }
    this.slots = slots;
  }
}
