import { BitReader } from './bitReader';
import type { ByteInput } from './byteInput';
import { Bzip2Error, readBzip2Block } from './bzip2Block';
import { type Decoded, damaged, endOf } from './decoder';

/** A block of 900,000 symbols of at most 20 bits, with its tables. */
const mostPacked = 2_400_000;
const headerSize = 4;
const [blockMagic, endMagic] = ['314159265359', '177245385090'];

/**
 * bzip2, block by block: streams one after the other. A block comes out only when its checksum fits, since the smallest
 * damage in it makes nonsense of all of it.
 */
export async function* bunzip2(input: ByteInput): Decoded {
  for (let stream = 0; ; stream++) {
    const header = await input.peek(headerSize);
    const level = /^BZh([1-9])$/.exec(header.toString('latin1'))?.[1];
    if (level === undefined) return endOf(input, stream, 'no bzip2 header');
    input.skip(headerSize);
    let [bit, sum, more] = [0, 0, true];
    while (more) {
      const bits = new BitReader(await input.peek(mostPacked), bit);
      try {
        const magic = bits.read(24).toString(16).padStart(6, '0') + bits.read(24).toString(16).padStart(6, '0');
        const crc = (bits.read(16) << 16) | bits.read(16);
        if (magic === blockMagic) {
          const block = readBzip2Block(bits, Number(level) * 100_000);
          if (bits.over) return damaged('unexpected end of file');
          if (block.crc !== crc) return damaged('incorrect data check');
          sum = ((sum << 1) | (sum >>> 31)) ^ crc;
          yield* block.pieces;
        } else if (bits.over) return damaged('unexpected end of file');
        else if (magic !== endMagic) return damaged('no block begins where one should');
        else if (sum !== crc) return damaged('incorrect data check');
        else more = false;
      } catch (error) {
        if (!(error instanceof Bzip2Error)) throw error;
        return damaged(bits.over ? 'unexpected end of file' : error.message);
      }
      // Blocks end at any bit, streams at a byte.
      const end = more ? bits.at : Math.ceil(bits.at / 8) * 8;
      input.skip(Math.floor(end / 8));
      bit = end % 8;
    }
  }
}
