import assert from 'node:assert/strict';
import fc from 'fast-check';
import { blockSize, type IndexSegment, SegmentBuilder } from '../../src/common/index/segment';
import { type SegmentWords, WordPairs, type WordTable } from '../../src/common/index/wordTable';
import { chunkSize, TwinScanner, type WordScanner } from '../../src/common/scan/wordScan';
import { openKernel } from '../../src/node/engine/index/kernel';
import { openSegmentWords } from '../../src/node/engine/index/segmentWords';
import { openWordScanner } from '../../src/node/engine/index/wordScanner';
import { kernelFile } from './support/kernel';

/** One of each for all, as in the product. */
const kernel = openSegmentWords(openKernel(kernelFile));
const twin = new WordPairs();

function tableBy(words: SegmentWords, blocks: ReadonlyMap<number, Uint32Array>): WordTable {
  words.clear();
  for (const [block, hashes] of blocks) words.add(hashes, block);
  return words.table();
}

function agree(blocks: ReadonlyMap<number, Uint32Array>): void {
  assert.deepEqual(tableBy(kernel, blocks), tableBy(twin, blocks));
}

/** As a range is read: several blocks at a time. */
function segmentBy(scanner: WordScanner, words: SegmentWords, bytes: Uint8Array): IndexSegment {
  scanner.reset();
  const builder = new SegmentBuilder(scanner, 0, words);
  for (let at = 0; at < bytes.length; at += chunkSize) {
    const chunk = bytes.subarray(at, at + chunkSize);
    scanner.memory.set(chunk);
    for (let block = 0; block < chunk.length; block += blockSize)
      builder.add(Math.min(blockSize, chunk.length - block), block);
  }
  return builder.finish(true);
}

/** Hashes whose kept bits are often the same or close to each other, in blocks that follow each other or do not. */
const hash = fc.oneof(
  fc.integer({ min: 0, max: 0xffffffff }),
  fc.integer({ min: 0, max: 9000 }).map(small => (0xabc00000 + small) >>> 0),
  fc.constantFrom(0, 0xffffffff, 1024),
);
const blocks = fc
  .dictionary(fc.nat(1023).map(String), fc.array(hash, { maxLength: 60 }), { maxKeys: 80 })
  .map(found => new Map(Object.entries(found).map(([block, hashes]) => [Number(block), Uint32Array.from(hashes)])));

describe('the words of a segment in the kernel', () => {
  it('make the same table, bit by bit, as without it', () => {
    assert.ok(!(kernel instanceof WordPairs));
    fc.assert(fc.property(blocks, agree), { numRuns: 500 });
  });

  it('make the same table of none, of one and of very many', () => {
    agree(new Map());
    agree(new Map([[1023, Uint32Array.of(0xffffffff)]]));
    agree(new Map([[0, Uint32Array.of(0)]]));
    const spread = (from: number, count: number) =>
      Uint32Array.from({ length: count }, (_, at) => Math.imul(from + at + 1, 0x9e3779b1));
    for (const count of [12, 13, 24, 25, 6144, 6145, 300_000])
      agree(new Map([0, 1, 500, 501, 1023].map(block => [block, spread(block % 2, count)])));
    agree(new Map([[7, spread(0, 10)]]));
  });

  it('are taken from where the scanner of the same kernel found them, while its memory grows', () => {
    const ids = Array.from({ length: 400_000 }, (_, count) => `s-${(count * 7919).toString(16).padStart(8, 'a')}`);
    const bytes = Buffer.from(ids.join('\n'), 'latin1');
    const rule = { digits: false };
    const own = openKernel(kernelFile);
    const before = own?.memory.buffer.byteLength ?? 0;
    const ours = segmentBy(openWordScanner(rule, own), openSegmentWords(own), bytes);
    assert.deepEqual(ours, segmentBy(new TwinScanner(rule), new WordPairs(), bytes));
    assert.ok(before > 0 && own && own.memory.buffer.byteLength > before + chunkSize);
  });
});
