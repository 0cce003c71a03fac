import { ByteTable } from '../index/byteTable';
import { isId } from '../profile/ids';
import { StampReader } from './stampLayout';
import type { Slot, Template } from './template';

/** Most slots of a template. */
export const slotCap = 64;

/** A class, so that all nodes are alike to the machine: it is through with them several times as fast. */
class Node<Leaf> {
  text: Uint8Array;
  /** The text but for its last bytes that make no 4, as little-endian numbers: so many bytes are compared in one go. */
  fours: Int32Array;
  /** Set where a template ends behind the text. */
  leaf: Leaf | null = null;
  /** What goes on with other text, by its first byte. */
  bytes: number[] = [];
  nodes: Node<Leaf>[] = [];
  slots: SlotEdge<Leaf>[] = [];

  constructor(text: Uint8Array) {
    this.text = text;
    this.fours = foursOf(text);
  }
}

function foursOf(text: Uint8Array): Int32Array {
  const view = new DataView(text.buffer, text.byteOffset, text.length);
  return Int32Array.from({ length: text.length >> 2 }, (_, four) => view.getInt32(4 * four, true));
}

interface SlotEdge<Leaf> {
  slot: Slot;
  stamps: StampReader | null;
  node: Node<Leaf>;
}

const digit = 1;
const nonZero = 2;
const letter = 4;
const hex = 8;
const dash = 16;
const other = 32;
const beyondHex = 64;

/** What each byte is in a word; 0 where it ends one. */
const kinds = new Uint8Array(256);
for (let byte = 0; byte < 256; byte++) {
  const character = String.fromCharCode(byte);
  if (/[0-9]/.test(character)) kinds[byte] = digit | hex | (byte > 0x30 ? nonZero : 0);
  else if (/[A-Za-z]/.test(character)) kinds[byte] = letter | (/[a-f]/i.test(character) ? hex : beyondHex);
  else if (character === '-') kinds[byte] = dash;
  else if (character === '_') kinds[byte] = other | beyondHex;
}

/**
 * Finds the template that a line fits, whatever their number: their texts share their beginnings. Of several that a line
 * fits any will do, as each says how it reads.
 */
export class TemplateTrie<Leaf> {
  /** Of the line that was matched last: where each slot begins and ends. */
  readonly starts = new Int32Array(slotCap);
  readonly ends = new Int32Array(slotCap);
  /** Where it ends, without its line break. */
  end = 0;
  /** Epoch seconds of its stamp, taken as UTC. */
  second = 0;
  private readonly root: Node<Leaf> = new Node(new Uint8Array(0));
  private readonly plain = new PlainWords();
  private found: Leaf | null = null;
  private bytes: Uint8Array = new Uint8Array(0);
  /** Of the same bytes. */
  private view = new DataView<ArrayBufferLike>(new ArrayBuffer(0));
  private limit = 0;

  /** @param leaf what {@link match} gives for lines of the template */
  add({ texts, slots }: Pick<Template, 'texts' | 'slots'>, leaf: Leaf): void {
    let node = this.root;
    for (const [index, text] of texts.entries()) {
      node = textNode(node, text);
      const slot = slots[index];
      if (slot) node = slotNode(node, slot);
    }
    node.leaf ??= leaf;
  }

  /**
   * Finds what fits the line that begins at `start`; it ends at a line break or at `limit`, if not before.
   * {@link end} tells where.
   */
  match(bytes: Uint8Array, start: number, limit: number): Leaf | null {
    if (this.bytes !== bytes) this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.bytes = bytes;
    this.limit = limit;
    this.found = null;
    return this.follow(this.root, start, 0) ? this.found : null;
  }

  private follow(from: Node<Leaf>, start: number, depth: number): boolean {
    const { bytes, view, limit } = this;
    let node = from;
    let at = start;
    let slots = depth;
    for (;;) {
      const { text, fours } = node;
      if (at + text.length > limit) return false;
      for (let four = 0; four < fours.length; four++)
        if (view.getInt32(at + 4 * four, true) !== fours[four]) return false;
      for (let index = 4 * fours.length; index < text.length; index++)
        if (bytes[at + index] !== text[index]) return false;
      at += text.length;
      if (node.leaf && isLineEnd(bytes, at, limit)) {
        this.found = node.leaf;
        this.end = at;
        return true;
      }
      if (at >= limit) return false;
      const child = node.bytes.indexOf(bytes[at]!);
      const { length } = node.slots;
      if (child >= 0) {
        if (length === 0) {
          node = node.nodes[child]!;
          continue;
        }
        if (this.follow(node.nodes[child]!, at, slots)) return true;
      }
      if (length === 0) return false;
      for (let index = 0; index < length - 1; index++) {
        const edge = node.slots[index]!;
        const behind = this.endOf(edge, at);
        if (behind < 0) continue;
        this.starts[slots] = at;
        this.ends[slots] = behind;
        if (this.follow(edge.node, behind, slots + 1)) return true;
      }
      const edge = node.slots[length - 1]!;
      const behind = this.endOf(edge, at);
      if (behind < 0) return false;
      this.starts[slots] = at;
      this.ends[slots] = behind;
      slots++;
      at = behind;
      node = edge.node;
    }
  }

  /** Behind what fills a slot at `at`; -1 where nothing does. */
  private endOf({ slot, stamps }: SlotEdge<Leaf>, at: number): number {
    switch (slot.kind) {
      case 'word':
        return this.endOfWord(slot, at);
      case 'number':
        return this.endOfNumber(at, slot.mayBeZero);
      case 'decimal': {
        const point = this.endOfNumber(at, true);
        return point > 0 && this.bytes[point] === 0x2e ? this.endOfNumber(point + 1, true) : -1;
      }
      case 'stamp': {
        const behind = at + slot.layout.pattern.length;
        if (behind > this.limit || !stamps) return -1;
        this.second = stamps.secondAt(this.bytes, at);
        return Number.isNaN(this.second) ? -1 : behind;
      }
      case 'same':
        return this.endOfSame(slot.of, at);
    }
  }

  private endOfWord({ strength, mayBePlain, sample }: Extract<Slot, { kind: 'word' }>, start: number): number {
    const { bytes, limit } = this;
    let at = start;
    let all = 0;
    for (; at < limit; at++) {
      const kind = kinds[bytes[at]!]!;
      if (kind === 0) break;
      all |= kind;
    }
    const length = at - start;
    if ((all & letter) === 0 || length > 64) return -1;
    if ((all & digit) === 0 && !(mayBePlain && this.plain.isId(bytes, start, at))) return -1;
    if (length > 32 && (all & dash) !== 0 && ((all & beyondHex) !== 0 || !isUuid(bytes, start, length))) return -1;
    if (strength === 'any') return at;
    if (strength === 'strong') return length >= 8 && isEnd(bytes[start]!) && isEnd(bytes[at - 1]!) ? at : -1;
    if (length !== sample.length || (all & nonZero) === 0) return -1;
    for (let index = 0; index < length; index++) {
      const kind = kinds[bytes[start + index]!]!;
      if ((kind & (hex | dash)) === 0 || (kind === dash) !== (sample[index] === 0x2d)) return -1;
    }
    return at;
  }

  private endOfNumber(start: number, mayBeZero: boolean): number {
    const { bytes, limit } = this;
    let at = start;
    let all = 0;
    for (; at < limit; at++) {
      const kind = kinds[bytes[at]!]!;
      if ((kind & digit) === 0) break;
      all |= kind;
    }
    const length = at - start;
    if (length === 0 || length > 15) return -1;
    return mayBeZero || ((all & nonZero) !== 0 && !(length === 10 && bytes[start] === 0x34)) ? at : -1;
  }

  private endOfSame(of: number, at: number): number {
    const start = this.starts[of]!;
    const length = this.ends[of]! - start;
    if (at + length > this.limit) return -1;
    for (let index = 0; index < length; index++) {
      if (this.bytes[at + index] !== this.bytes[start + index]) return -1;
    }
    // It does not end within a word.
    return at + length < this.limit && kinds[this.bytes[at + length]!] !== 0 ? -1 : at + length;
  }
}

/** Which words without digits are no placeholders. The same few come again and again. */
class PlainWords {
  private readonly words = new ByteTable();
  private areIds: boolean[] = [];

  isId(bytes: Uint8Array, start: number, end: number): boolean {
    // Placeholders are short.
    if (end - start > 11) return true;
    if (this.words.size === mostPlain) {
      this.words.clear();
      this.areIds = [];
    }
    const word = this.words.add(bytes, start, end);
    this.areIds[word] ??= isId(textAt(bytes, start, end));
    return this.areIds[word];
  }
}

const mostPlain = 1000;

function textAt(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  for (let at = start; at < end; at++) text += String.fromCharCode(bytes[at]!);
  return text;
}

const isLineEnd = (bytes: Uint8Array, at: number, limit: number): boolean =>
  at === limit || bytes[at] === 0x0a || (bytes[at] === 0x0d && at + 1 < limit && bytes[at + 1] === 0x0a);

const isEnd = (byte: number): boolean => (kinds[byte]! & (digit | letter)) !== 0;

/** Of a word of hex digits and dashes. */
function isUuid(bytes: Uint8Array, start: number, length: number): boolean {
  if (length !== 36) return false;
  let dashes = 0;
  for (let at = start; at < start + 36; at++) if (bytes[at] === 0x2d) dashes++;
  return (
    dashes === 4 &&
    bytes[start + 8] === 0x2d &&
    bytes[start + 13] === 0x2d &&
    bytes[start + 18] === 0x2d &&
    bytes[start + 23] === 0x2d
  );
}

/** The node behind `text` that begins where `parent` ends, made where there is none. */
function textNode<Leaf>(parent: Node<Leaf>, text: Uint8Array): Node<Leaf> {
  let node = parent;
  let rest = text;
  while (rest.length > 0) {
    const child = node.nodes[node.bytes.indexOf(rest[0]!)];
    if (!child) {
      const added = new Node<Leaf>(rest);
      node.bytes.push(rest[0]!);
      node.nodes.push(added);
      return added;
    }
    let same = 0;
    while (same < rest.length && same < child.text.length && rest[same] === child.text[same]) same++;
    if (same < child.text.length) split(child, same);
    node = child;
    rest = rest.subarray(same);
  }
  return node;
}

/** Makes of a node two: its text up to `at`, and what was behind it. */
function split<Leaf>(node: Node<Leaf>, at: number): void {
  const behind = new Node<Leaf>(node.text.subarray(at));
  behind.leaf = node.leaf;
  behind.bytes = node.bytes;
  behind.nodes = node.nodes;
  behind.slots = node.slots;
  node.text = node.text.subarray(0, at);
  node.fours = foursOf(node.text);
  node.leaf = null;
  node.bytes = [behind.text[0]!];
  node.nodes = [behind];
  node.slots = [];
}

function slotNode<Leaf>(parent: Node<Leaf>, slot: Slot): Node<Leaf> {
  const key = JSON.stringify(slot);
  const known = parent.slots.find(edge => JSON.stringify(edge.slot) === key);
  if (known) return known.node;
  const node = new Node<Leaf>(new Uint8Array(0));
  parent.slots.push({ slot, stamps: slot.kind === 'stamp' ? new StampReader(slot.layout) : null, node });
  return node;
}
