import assert from 'node:assert/strict';
import { decodeIndex, encodeIndex, type StoredIndex } from '../../../src/common/index/indexFile';
import { keptSegments, piecesOf } from '../../../src/common/index/pieces';
import { blockSize, SegmentBuilder, segmentSize } from '../../../src/common/index/segment';
import { SourceIndex } from '../../../src/common/index/sourceIndex';
import { WordPairs } from '../../../src/common/index/wordTable';
import { TwinScanner } from '../../../src/common/scan/wordScan';
import { wordsOf } from '../../../src/common/scan/words';
import { Random } from '../../simulator/random';

const rule = { digits: false };
const random = new Random(7);
const ids = Array.from({ length: 300 }, () => {
  const hex = random.hex(32);
  return random.chance(0.5) ? hex : hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
});
const text = Array.from(
  { length: 4000 },
  (_, at) => `${at} ${'.'.repeat(random.int(0, 150))} ${random.pick(ids)}\n`,
).join('');
const bytes = Buffer.from(text);

/** The index of a text, a segment for each of some blocks. */
function indexOf(source: Buffer, blocksOfSegment: number): SourceIndex {
  const scanner = new TwinScanner(rule);
  scanner.reset();
  const segments = [];
  const words = new WordPairs();
  for (let from = 0; from < source.length; from += blocksOfSegment * blockSize) {
    const to = Math.min(source.length, from + blocksOfSegment * blockSize);
    const builder = new SegmentBuilder(scanner, from, words);
    for (let at = from; at < to; at += blockSize) {
      const block = source.subarray(at, Math.min(at + blockSize, to));
      scanner.memory.set(block);
      builder.add(block.length);
    }
    segments.push(builder.finish(to === source.length));
  }
  return new SourceIndex(segments);
}

const index = indexOf(bytes, 3);
const linesBefore = (offset: number): number => text.slice(0, offset).split('\n').length - 1;
const stored = (): StoredIndex => ({
  source: { id: '/a.log', identity: 'i', start: 0, size: bytes.length, written: 'w', digits: false },
  sample: { format: 'text' },
  segments: [...index.segments],
});

describe('the index of a source', () => {
  it('names every block that can hold an ID, and not many others', () => {
    let blocks = 0;
    let needed = 0;
    for (const id of ids) {
      const spans = index.spansOf([wordsOf(Buffer.from(id), rule)]) ?? [];
      for (let at = text.indexOf(id); at >= 0; at = text.indexOf(id, at + 1)) {
        const end = at + id.length;
        assert.ok(
          spans.some(({ from, to }) => from <= end && end < to),
          `${id} at ${at}`,
        );
        needed++;
      }
      blocks += spans.reduce((sum, { checksums }) => sum + checksums.length, 0);
    }
    assert.ok(blocks <= needed, `${blocks} blocks for ${needed} places`);
  });

  it('counts the lines before each block', () => {
    for (const id of ids) {
      for (const { from, newlinesBefore, blocksTo, checksums } of index.spansOf([wordsOf(Buffer.from(id), rule)]) ??
        []) {
        assert.equal(newlinesBefore, linesBefore(from));
        assert.equal(checksums.length, Math.ceil((blocksTo - from) / blockSize));
      }
    }
    assert.equal(index.newlines, 4000);
    assert.ok(index.endsLine);
  });

  it('finds the block that holds a line break', () => {
    let at = -1;
    for (let newline = 1; newline <= 4000; newline++) {
      at = text.indexOf('\n', at + 1);
      const span = index.blockOfNewline(newline);
      assert.ok(span && span.from <= at && at < span.blocksTo, `${newline}`);
      assert.ok(span.newlinesBefore < newline);
    }
    assert.deepEqual([index.blockOfNewline(0), index.blockOfNewline(4001)], [null, null]);
  });

  it('cannot tell where a spelling has no word', () => {
    const words = ids.slice(0, 1).map(id => wordsOf(Buffer.from(id), rule));
    assert.equal(index.spansOf([...words, wordsOf(Buffer.from('order-7'), rule)]), null);
    assert.deepEqual(index.spansOf([wordsOf(Buffer.from('nowhere1nowhere2'), rule)]), []);
  });

  it('is the same after it was a file', () => {
    const read = decodeIndex(Uint8Array.from(Buffer.concat(encodeIndex(stored()))));
    assert.deepEqual(read, stored());
  });

  it('is refused where its file is damaged in any way', () => {
    const file = Buffer.concat(encodeIndex(stored()));
    for (let at = 0; at < file.length; at += at < 200 ? 1 : 997) {
      const damaged = Uint8Array.from(file);
      damaged[at] = (damaged[at] ?? 0) ^ (1 << (at % 8));
      assert.equal(decodeIndex(damaged), null, `bit of byte ${at}`);
    }
    for (const length of [0, 3, 16, 100, file.length >> 1, file.length - 4, file.length - 1])
      assert.equal(decodeIndex(file.slice(0, length)), null, `${length} bytes`);
    assert.equal(decodeIndex(Buffer.concat([file, Buffer.alloc(4)])), null);
    assert.equal(decodeIndex(new Uint8Array(64)), null);
  });
});

describe('the pieces of a source', () => {
  it('follow each other, and stay when it grows, but for the last', () => {
    const sizes = [1, blockSize, 3 * blockSize + 5, 100 * blockSize, segmentSize - 1, segmentSize, 2.5 * segmentSize];
    for (const start of [0, 100, blockSize + 7]) {
      for (const size of sizes.filter(end => end > start)) {
        const pieces = piecesOf(start, size);
        assert.equal(pieces[0]?.from, start - (start % blockSize));
        assert.equal(pieces.at(-1)?.to, size);
        for (const [at, { from }] of pieces.entries()) if (at > 0) assert.equal(from, pieces[at - 1]?.to);
        const next = piecesOf(start, size + 10);
        const same = pieces.filter(({ from, to }) => next.some(other => other.from === from && other.to === to));
        const read = next.slice(same.length).reduce((sum, { from, to }) => sum + to - from, 0);
        // A segment that is whole is built anew, once for all its pieces.
        assert.ok(read <= 64 * blockSize + 10 || size % segmentSize >= segmentSize - 10, `${read} bytes of ${size}`);
      }
    }
  });

  it('are kept up to the first that is missing', () => {
    const pieces = piecesOf(0, bytes.length);
    assert.equal(keptSegments([], index.segments).length, 0);
    const [whole] = indexOf(bytes, 1000).segments;
    assert.ok(whole && pieces.length === 1);
    assert.deepEqual(keptSegments(pieces, [whole]), [whole]);
    assert.deepEqual(keptSegments(piecesOf(0, bytes.length + 1), [whole]), []);
  });
});
