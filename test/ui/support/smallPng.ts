import { deflateSync, inflateSync } from 'node:zlib';

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const most = 256;

/**
 * A screenshot with no more than 256 colours, a third of its size: a user interface has few, and their shades at the
 * edges of letters. Colours are told apart by five bits of each part.
 *
 * @param png eight bits of red, green, blue and perhaps alpha, not interlaced, as Chromium writes it (PNG, third edition)
 */
export function smallPng(png: Buffer): Buffer {
  const { width, height, pixels, step } = decoded(png);
  const cellOf = (at: number) => ((pixels[at]! >> 3) << 10) | ((pixels[at + 1]! >> 3) << 5) | (pixels[at + 2]! >> 3);
  const cells = new Map<number, [count: number, red: number, green: number, blue: number]>();
  for (let at = 0; at < pixels.length; at += step) {
    const key = cellOf(at);
    const cell = cells.get(key) ?? [0, 0, 0, 0];
    cell[0]++;
    for (let part = 0; part < 3; part++) cell[part + 1]! += pixels[at + part]!;
    cells.set(key, cell);
  }
  const colours = [...cells]
    .map(([key, [count, ...sums]]) => ({ key, count, parts: sums.map(sum => Math.round(sum / count)) }))
    .sort((a, b) => b.count - a.count);
  const near = nearest(colours);
  const indexOf = new Map(colours.map(({ key }, index) => [key, near.places[index]!]));
  const { palette } = near;
  const rows = Buffer.alloc(height * (width + 1));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) rows[y * (width + 1) + x + 1] = indexOf.get(cellOf((y * width + x) * step))!;
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // Eight bits, by palette.
  header.set([8, 3], 8);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(palette.flat())),
    chunk('IDAT', deflateSync(rows, { level: 9, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

interface Colour {
  count: number;
  parts: number[];
}

/** The most frequent half of a palette, then what would be furthest off; and the place of each colour's nearest in it. */
function nearest(colours: readonly Colour[]) {
  const palette: number[][] = [];
  const places = colours.map(() => 0);
  const apart = colours.map(() => Number.POSITIVE_INFINITY);
  const add = ({ parts }: Colour) => {
    colours.forEach((colour, index) => {
      const distance = colour.parts.reduce((sum, part, at) => sum + (part - parts[at]!) ** 2, 0);
      if (distance >= apart[index]!) return;
      apart[index] = distance;
      places[index] = palette.length;
    });
    palette.push(parts);
  };
  for (const colour of colours.slice(0, most / 2)) add(colour);
  while (palette.length < Math.min(most, colours.length)) {
    const wrong = colours.map(({ count }, index) => apart[index]! * count);
    add(colours[wrong.indexOf(Math.max(...wrong))]!);
  }
  return { palette, places };
}

function decoded(png: Buffer) {
  const data: Buffer[] = [];
  let [width, height, step] = [0, 0, 0];
  for (let at = signature.length; at < png.length; ) {
    const length = png.readUInt32BE(at);
    const type = png.toString('latin1', at + 4, at + 8);
    const body = png.subarray(at + 8, at + 8 + length);
    if (type === 'IHDR') {
      [width, height, step] = [body.readUInt32BE(0), body.readUInt32BE(4), body[9] === 6 ? 4 : 3];
    } else if (type === 'IDAT') data.push(body);
    at += length + 12;
  }
  const filtered = inflateSync(Buffer.concat(data));
  const pixels = Buffer.alloc(width * height * step);
  const line = width * step;
  for (let y = 0; y < height; y++) {
    const filter = filtered[y * (line + 1)]!;
    for (let x = 0; x < line; x++) {
      const at = y * line + x;
      const left = x >= step ? pixels[at - step]! : 0;
      const up = y > 0 ? pixels[at - line]! : 0;
      const upLeft = x >= step && y > 0 ? pixels[at - line - step]! : 0;
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, upLeft)][filter]!;
      pixels[at] = (filtered[y * (line + 1) + 1 + x]! + guess) & 255;
    }
  }
  return { width, height, step, pixels };
}

function paeth(left: number, up: number, upLeft: number): number {
  const guess = left + up - upLeft;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - upLeft)];
  if (a <= b && a <= c) return left;
  return b <= c ? up : upLeft;
}

function chunk(type: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), body]);
  const result = Buffer.alloc(named.length + 8);
  result.writeUInt32BE(body.length, 0);
  named.copy(result, 4);
  result.writeUInt32BE(crc(named), named.length + 4);
  return result;
}

/** CRC-32 of the PNG specification, Annex D. */
function crc(bytes: Buffer): number {
  let value = ~0;
  for (const byte of bytes) {
    value ^= byte;
    for (let bit = 0; bit < 8; bit++) value = (value >>> 1) ^ (value & 1 ? 0xedb88320 : 0);
  }
  return ~value >>> 0;
}
