import type { BitReader } from './bitReader';

/** What is wrong with a block, in a few words. */
export class Bzip2Error extends Error {}

/** A decoded block; `crc` is what its bytes sum up to. */
export interface Bzip2Block {
  pieces: Uint8Array[];
  crc: number;
}

const mostCodeBits = 20;
const symbolsOfGroup = 50;
const pieceSize = 256 * 1024;

/**
 * Reads a block behind its checksum: Huffman codes → runs and moves to front → Burrows-Wheeler transform → runs. Written
 * after the description that Joe Tsai made of the format (*BZIP2 Format Specification*, 2016). Every loop is bound by the
 * size of a block, whatever the bits say.
 * @param size most bytes of the block before the last step
 * @throws Bzip2Error
 */
export function readBzip2Block(bits: BitReader, size: number): Bzip2Block {
  if (bits.read(1) === 1) throw new Bzip2Error('it is of an outdated kind');
  const origin = bits.read(24);
  const symbols = readSymbolsInUse(bits);
  const tableCount = bits.read(3);
  if (tableCount < 2 || tableCount > 6) throw new Bzip2Error('invalid number of tables');
  const selectors = readSelectors(bits, tableCount);
  const tables = Array.from({ length: tableCount }, () => readTable(bits, symbols.length + 2));
  const { block, length } = readMoves(bits, symbols, selectors, tables, size);
  if (origin >= length) throw new Bzip2Error('invalid place of the first byte');
  link(block, length);
  return unrun(block, length, origin);
}

/** The byte values that occur, by a map of maps. */
function readSymbolsInUse(bits: BitReader): number[] {
  const rows = bits.read(16);
  const symbols: number[] = [];
  for (let row = 0; row < 16; row++) {
    if (!(rows & (0x8000 >> row))) continue;
    const columns = bits.read(16);
    for (let column = 0; column < 16; column++) if (columns & (0x8000 >> column)) symbols.push(16 * row + column);
  }
  return symbols;
}

/** Which table each group of symbols is coded with, moved to front. */
function readSelectors(bits: BitReader, tables: number): Uint8Array {
  const selectors = new Uint8Array(bits.read(15));
  const order = [0, 1, 2, 3, 4, 5].slice(0, tables);
  for (let index = 0; index < selectors.length; index++) {
    let place = 0;
    while (bits.read(1) === 1) if (++place >= tables) throw new Bzip2Error('invalid table');
    order.unshift(...order.splice(place, 1));
    selectors[index] = order[0] ?? 0;
  }
  return selectors;
}

/** A canonical Huffman code: per length of code the first code behind it, aligned to the longest, and where its symbols are. */
interface Table {
  limits: Int32Array;
  offsets: Int32Array;
  symbols: Uint16Array;
  shortest: number;
}

function readTable(bits: BitReader, count: number): Table {
  const lengths = new Uint8Array(count);
  let length = bits.read(5);
  for (let symbol = 0; symbol < count; symbol++) {
    for (;;) {
      if (length < 1 || length > mostCodeBits) throw new Bzip2Error('invalid length of a code');
      if (bits.read(1) === 0) break;
      length += bits.read(1) === 0 ? 1 : -1;
    }
    lengths[symbol] = length;
  }
  const table: Table = {
    limits: new Int32Array(mostCodeBits + 1),
    offsets: new Int32Array(mostCodeBits + 1),
    symbols: new Uint16Array(count),
    shortest: Math.min(...lengths),
  };
  let [code, place] = [0, 0];
  for (let size = 1; size <= mostCodeBits; size++) {
    table.offsets[size] = place - code;
    for (let symbol = 0; symbol < count; symbol++) {
      if (lengths[symbol] !== size) continue;
      table.symbols[place++] = symbol;
      code++;
    }
    table.limits[size] = code << (mostCodeBits - size);
    code <<= 1;
  }
  return table;
}

function readSymbol(bits: BitReader, table: Table): number {
  const code = bits.look(mostCodeBits);
  let size = table.shortest;
  while (size <= mostCodeBits && code >= (table.limits[size] ?? 0)) size++;
  if (size > mostCodeBits) throw new Bzip2Error('invalid code');
  bits.read(size);
  return table.symbols[(code >> (mostCodeBits - size)) + (table.offsets[size] ?? 0)] ?? 0;
}

/** Undoes the codes, the runs of the foremost symbol, and the moves to front. */
function readMoves(bits: BitReader, inUse: number[], selectors: Uint8Array, tables: Table[], size: number) {
  const block = new Uint32Array(size);
  const front = Uint8Array.from(inUse);
  const end = inUse.length + 1;
  let [length, run, weight] = [0, 0, 1];
  for (const selector of selectors) {
    const table = tables[selector];
    if (!table || bits.over) break;
    for (let index = 0; index < symbolsOfGroup; index++) {
      const symbol = readSymbol(bits, table);
      if (symbol < 2) {
        run += weight << symbol;
        weight *= 2;
        if (run > size) throw new Bzip2Error('a run is too long');
        continue;
      }
      if (length + run + (symbol < end ? 1 : 0) > size) throw new Bzip2Error('a block is too long');
      block.fill(front[0] ?? 0, length, length + run);
      length += run;
      [run, weight] = [0, 1];
      if (symbol === end) return { block, length };
      const byte = front[symbol - 1] ?? 0;
      front.copyWithin(1, 0, symbol - 1);
      front[0] = byte;
      block[length++] = byte;
    }
  }
  throw new Bzip2Error('a block has no end');
}

/** Puts above each byte the place of the one that follows it. */
function link(block: Uint32Array, length: number): void {
  const places = new Uint32Array(256);
  for (let at = 0; at < length; at++) {
    const byte = block[at] ?? 0;
    places[byte] = (places[byte] ?? 0) + 1;
  }
  let sum = 0;
  for (const [byte, count] of places.entries()) {
    places[byte] = sum;
    sum += count;
  }
  for (let at = 0; at < length; at++) {
    const byte = (block[at] ?? 0) & 0xff;
    const place = places[byte] ?? 0;
    places[byte] = place + 1;
    block[place] = (block[place] ?? 0) | (at << 8);
  }
}

/** Follows the links, undoes runs (four equal bytes and a count of more), and sums up. */
function unrun(block: Uint32Array, length: number, origin: number): Bzip2Block {
  const pieces: Uint8Array[] = [];
  let [piece, filled, crc, same, last] = [new Uint8Array(pieceSize), 0, -1, 0, -1];
  let entry = block[origin] ?? 0;
  for (let left = length; left > 0; left--) {
    entry = block[entry >>> 8] ?? 0;
    const byte = entry & 0xff;
    const repeats = same === 4;
    const value = repeats ? last : byte;
    for (let copies = repeats ? byte : 1; copies > 0; copies--) {
      if (filled === pieceSize) {
        pieces.push(piece);
        [piece, filled] = [new Uint8Array(pieceSize), 0];
      }
      piece[filled++] = value;
      crc = (crc << 8) ^ (crcTable[(crc >>> 24) ^ value] ?? 0);
    }
    if (repeats) [same, last] = [0, -1];
    else if (byte === last) same++;
    else [same, last] = [1, byte];
  }
  pieces.push(piece.subarray(0, filled));
  return { pieces, crc: ~crc };
}

/** CRC-32 with the highest bit first, which is not the one of gzip. */
const crcTable = Int32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte << 24;
  for (let bit = 0; bit < 8; bit++) crc = (crc << 1) ^ (crc < 0 ? 0x04c11db7 : 0);
  return crc;
});
