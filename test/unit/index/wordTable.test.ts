import assert from 'node:assert/strict';
import fc from 'fast-check';
import { blocksOf, WordPairs } from '../../../src/common/index/wordTable';

/** Hashes whose kept bits are often the same or close to each other. */
const hash = fc.oneof(
  fc.integer({ min: 0, max: 0xffffffff }),
  fc.integer({ min: 0, max: 4000 }).map(small => (0xabc00000 + small) >>> 0),
  fc.constantFrom(0, 0xffffffff, 1024),
);
const words = fc.dictionary(fc.nat(500).map(String), fc.uniqueArray(hash, { maxLength: 40 }), { maxKeys: 60 });

const kept = (value: number): number => value >>> 10;

describe('a table of words', () => {
  /** One for all, as in the product. */
  const pairs = new WordPairs();

  it('tells the blocks of every word, and of no word that is not like one', () => {
    fc.assert(
      fc.property(words, fc.array(hash, { maxLength: 20 }), (byBlock, others) => {
        const blocks = Object.keys(byBlock)
          .map(Number)
          .sort((a, b) => a - b);
        pairs.clear();
        for (const block of blocks) pairs.add(Uint32Array.from(byBlock[block] ?? []), block);
        const table = pairs.table();
        const all = [...new Set([...Object.values(byBlock).flat(), ...others])];
        for (const word of all) {
          const expected = blocks.filter(block => byBlock[block]?.some(other => kept(other) === kept(word)));
          assert.deepEqual(blocksOf(table, word, 501), expected);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('takes little more than three bytes for a word of one block', () => {
    const count = 100_000;
    pairs.clear();
    for (let at = 0; at < count; at++) {
      pairs.add(Uint32Array.of(Math.imul(at + 1, 0x9e3779b1)), Math.floor((at * 1024) / count));
    }
    const { bits, starts } = pairs.table();
    assert.ok(bits.length + starts.byteLength < 3.1 * count, `${(bits.length + starts.byteLength) / count} bytes`);
  });

  it('ends where it is damaged', () => {
    const bytes = fc.uint8Array({ minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(bytes, fc.nat(22), hash, (bits, bucketBits, word) => {
        const starts = new Uint32Array(2 ** bucketBits + 1).fill(8 * bits.length, 1);
        for (const block of blocksOf({ bucketBits, starts, bits }, word, 7)) assert.ok(block < 7);
      }),
    );
  });
});
