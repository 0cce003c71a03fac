import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { blockSize, lookBack, TwinScanner, type WordScanner } from '../../src/common/scan/wordScan';
import { hashWord, longestWord, type WordRule, wordsOf } from '../../src/common/scan/words';
import { openKernel } from '../../src/node/engine/index/kernel';
import { openWordScanner } from '../../src/node/engine/index/wordScanner';
import type { SearchJob } from '../../src/node/engine/scan/scanJobs';
import { needlesOf, standsAlone } from '../../src/node/engine/search/needles';
import { tempDir } from '../host/paths';
import { kernelFile } from './support/kernel';
import { anyBytes, blockLengths, escapes, idText, textWith } from './support/loggedBytes';

const rules: WordRule[] = [{ digits: false }, { digits: true }];
const open = (rule: WordRule, file: string) => openWordScanner(rule, openKernel(file));
const kernels = rules.map(rule => open(rule, kernelFile));
const twins = rules.map(rule => new TwinScanner(rule));
const [kernel, twin] = [kernels[0] as WordScanner, twins[0] as WordScanner];

interface Scanned {
  /** By block, in ascending order; the word at the end is the last block's. */
  hashes: number[][];
  newlines: number[];
  checksums: number[];
}

/**
 * Hands the bytes over in blocks of these lengths, again and again; without any, in whole blocks.
 * @param together so many blocks are put into the memory at once
 */
function scanAll(
  scanner: WordScanner,
  bytes: Uint8Array,
  lengths: readonly number[] = [blockSize],
  before?: Uint8Array,
  together = 1,
): Scanned {
  const scanned: Scanned = { hashes: [], newlines: [], checksums: [] };
  scanner.reset(before);
  for (let at = 0, turn = 0, chunk = 0; at < bytes.length; turn++) {
    const length = Math.min(lengths[turn % lengths.length] ?? 0, bytes.length - at);
    if (turn % together === 0) {
      chunk = at;
      scanner.memory.set(bytes.subarray(at, at + together * Math.max(...lengths)));
    }
    const { hashes, newlines, checksum } = scanner.scan(length, at - chunk);
    scanned.hashes.push(sorted(hashes));
    scanned.newlines.push(newlines);
    scanned.checksums.push(checksum);
    at += length;
  }
  const open = scanner.finish();
  scanned.hashes.push(sorted([...(scanned.hashes.pop() ?? []), ...open]));
  return scanned;
}

const sorted = (hashes: Iterable<number>): number[] => [...new Set(hashes)].sort((a, b) => a - b);
const bytesOf = (text: string): Buffer => Buffer.from(text, 'latin1');
const hashOf = (word: string): number => hashWord(bytesOf(word), 0, word.length);
const foundIn = (text: string): number[][] => scanAll(twin, bytesOf(text)).hashes;
const inOneBlock = (words: string[]): number[][] => [sorted(words.map(hashOf))];

describe('the word scanner', () => {
  it('finds runs of at least 8 letters and digits that hold both', () => {
    const text = 'a1b2c3d "correlationId": 7c2d9f7b-18e7-4a3c-9d7e-00000000000f, 20260302 abcdefgh ÿA0000000';
    assert.deepEqual(foundIn(text), inOneBlock(['7c2d9f7b', '00000000000f', 'A0000000']));
  });

  it('finds words of digits only where they are asked for', () => {
    const { hashes } = scanAll(new TwinScanner({ digits: true }), bytesOf('1234567 12345678 abcdefgh 1234567a'));
    assert.deepEqual(hashes, inOneBlock(['12345678', '1234567a']));
  });

  it('finds the word behind an escape as well as the whole run', () => {
    assert.deepEqual(foundIn('id=%2F7c2d9f7b.'), inOneBlock(['2F7c2d9f7b', '7c2d9f7b']));
    assert.deepEqual(foundIn('\\n7c2d9f7b'), inOneBlock(['n7c2d9f7b', '7c2d9f7b']));
    assert.deepEqual(foundIn('\x1b[1;32m7c2d9f7b'), inOneBlock(['32m7c2d9f7b', '2m7c2d9f7b', 'm7c2d9f7b', '7c2d9f7b']));
  });

  it('counts a word to the block with the byte behind it, or to the last one', () => {
    const { hashes } = scanAll(kernel, bytesOf('7c2d9f7b 7c2d9f7c'), [8]);
    assert.deepEqual(hashes, [[], [hashOf('7c2d9f7b')], [hashOf('7c2d9f7c')]]);
  });

  it('hashes what differs differently', () => {
    const random = fc.sample(fc.tuple(fc.uuid(), fc.integer()), { numRuns: 20_000, seed: 1 });
    const words = new Set(
      random.flatMap(([id, number]) => [id.slice(0, 8), id.slice(24), id.replaceAll('-', ''), `request${number}`]),
    );
    for (let count = 0; count < 100_000; count++) words.add(`s-9${count}aaaa`.slice(2)).add(`order00${count}`);
    const long = [...words].filter(word => word.length >= 8);
    const expected = long.length ** 2 / 2 ** 33;
    assert.ok(long.length > 200_000);
    assert.ok(long.length - new Set(long.map(hashOf)).size <= 3 * expected + 5);
  });

  it('begins in the middle as if it had read what stands before', () => {
    fc.assert(
      fc.property(anyBytes, anyBytes, blockLengths, (before, bytes, lengths) => {
        const both = Buffer.concat([before, bytes]);
        const whole = scanAll(kernel, both, [Math.min(before.length, blockSize) || 1, blockSize]);
        fc.pre(before.length > 0 && bytes.length > 0);
        for (const scanner of [kernel, twin]) {
          const behind = scanAll(scanner, bytes, [blockSize], before);
          assert.deepEqual(behind.hashes, whole.hashes.slice(1));
          assert.deepEqual(behind.checksums, whole.checksums.slice(1));
          assert.deepEqual(
            scanAll(scanner, bytes, lengths, before),
            scanAll(scanner, bytes, lengths, before.subarray(-lookBack)),
          );
        }
      }),
      { numRuns: 150 },
    );
  });
});

describe('the kernel', () => {
  it('finds what its twin finds in any bytes, however they are handed over', () => {
    assert.deepEqual([kernels[0]?.kind, kernels[1]?.kind], ['kernel', 'kernel']);
    fc.assert(
      fc.property(fc.array(anyBytes, { maxLength: 4 }), blockLengths, fc.nat(1), (parts, lengths, rule) => {
        const bytes = Buffer.concat(parts);
        const [ours, theirs] = [kernels[rule] as WordScanner, twins[rule] as WordScanner];
        assert.deepEqual(scanAll(ours, bytes, lengths), scanAll(theirs, bytes, lengths));
      }),
      { numRuns: 1000 },
    );
  });

  it('finds the same in blocks that stand behind each other as in one at a time', () => {
    const blocks = fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(fc.array(anyBytes, { minLength: 1, maxLength: 4 }), blocks, fc.nat(1), (parts, sizes, rule) => {
        const once = Buffer.concat(parts);
        const bytes = Buffer.alloc(once.length && 60_000 + once.length, once);
        const lengths = sizes.map(size => lookBack + 64 * size);
        const each = scanAll(kernels[rule] as WordScanner, bytes, lengths);
        for (const scanner of [kernels[rule] as WordScanner, twins[rule] as WordScanner])
          assert.deepEqual(scanAll(scanner, bytes, lengths, undefined, 5), each);
      }),
      { numRuns: 200 },
    );
  });

  it('finds what its twin finds in blocks that are full of words', () => {
    const packed = Array.from({ length: 20_000 }, (_, count) => `a${count.toString().padStart(7, '0')}`).join(' ');
    const escaped = Array.from({ length: 9000 }, (_, count) => `%2F${count.toString(16).padStart(7, '0')}g`).join('');
    const coloured = Array.from({ length: 4000 }, (_, count) => `\x1b[${String(count).repeat(8)}a`).join('');
    for (const text of [
      packed,
      escaped,
      coloured,
      'a1'.repeat(100_000),
      '\x1b['.repeat(50_000),
      '\\u00'.repeat(40_000),
    ])
      assert.deepEqual(scanAll(kernel, bytesOf(text)), scanAll(twin, bytesOf(text)));
  });

  it('gives the hashes of a usual block once each', () => {
    kernel.reset();
    kernel.memory.fill(0x20).set(bytesOf('7c2d9f7b 7c2d9f7b 7c2d9f7c 7c2d9f7b '));
    assert.equal(kernel.scan(blockSize).hashes.length, 2);
  });

  it('notices every byte that changes, and two that change places', () => {
    const bytes = Buffer.alloc(3000, 'The quick brown fox 0123456789\n');
    const checksum = (changed: Buffer) => scanAll(kernel, changed).checksums[0];
    const sums = new Set([checksum(bytes)]);
    for (let at = 0; at < bytes.length; at++) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8));
      sums.add(checksum(changed));
    }
    const swapped = Buffer.concat([bytes.subarray(64, 128), bytes.subarray(0, 64), bytes.subarray(128)]);
    sums
      .add(checksum(swapped))
      .add(checksum(bytes.subarray(1)))
      .add(checksum(Buffer.concat([bytes, Buffer.alloc(1)])));
    assert.equal(sums.size, bytes.length + 4);
  });

  it('gives way to its twin where it is missing, damaged or not wanted', () => {
    const damaged = path.join(tempDir('kernel'), 'kernel.wasm');
    writeFileSync(damaged, 'no kernel');
    const [rule] = rules as [WordRule];
    assert.equal(open(rule, damaged).kind, 'twin');
    assert.equal(open(rule, path.join(tempDir('kernel'), 'none.wasm')).kind, 'twin');
    process.env.THROUGHLINE_SCANNER = 'twin';
    try {
      assert.equal(open(rule, kernelFile).kind, 'twin');
    } finally {
      delete process.env.THROUGHLINE_SCANNER;
    }
  });
});

/** Fails where a filter misses a word of a needle that the search would accept; gives the number of those needles. */
function checkFilter(ids: string[], bytes: Buffer, lengths: readonly number[], rule: number): number {
  const [scanner, wordRule] = [kernels[rule] as WordScanner, rules[rule] as WordRule];
  const { hashes } = scanAll(scanner, bytes, lengths);
  const blocks: number[] = hashes.flatMap((_, turn) => new Array(lengths[turn % lengths.length]).fill(turn));
  const profile = { encoding: 'latin1' } as SearchJob['profile'];
  let accepted = 0;
  for (const needle of needlesOf({ needles: [ids], profile })) {
    const words = wordsOf(needle.bytes, wordRule);
    for (let at = bytes.indexOf(needle.bytes); at >= 0; at = bytes.indexOf(needle.bytes, at + 1)) {
      if (!standsAlone(bytes, at, needle)) continue;
      if (words.length > 0) accepted++;
      for (const { hash, end } of words) {
        const behind = at + needle.bytes.length - end;
        // What is behind the source is the last block's.
        const block = (behind < bytes.length ? blocks[behind] : undefined) ?? hashes.length - 1;
        assert.ok(
          hashes[block]?.includes(hash),
          `${needle.bytes} at ${at} of ${JSON.stringify(bytes.toString('latin1'))}`,
        );
      }
    }
  }
  return accepted;
}

describe('the filter of words', () => {
  it('holds the words of every ID that the search would accept', () => {
    let accepted = 0;
    const ids = fc.array(idText, { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(
        ids.chain(list => fc.tuple(fc.constant(list), textWith(list))),
        blockLengths,
        fc.nat(1),
        ([list, bytes], lengths, rule) => {
          accepted += checkFilter(list, bytes, lengths, rule);
        },
      ),
      { numRuns: 1500 },
    );
    assert.ok(accepted > 500, `${accepted} IDs stood alone`);
  });

  it('holds them behind every escape, wherever the block ends', () => {
    const id = '7c2d9f7b18e7';
    for (const before of escapes) {
      const bytes = bytesOf(`{"a":"${before}${id}","b":"x${id}${before}${id}"}\n`);
      for (let length = 1; length <= 80; length++)
        assert.ok(checkFilter([id], bytes, [length], 0) >= 2, `${JSON.stringify(before)} is no escape`);
    }
  });

  it('holds them beside every byte that is neither letter nor digit', () => {
    for (let byte = 0; byte < 256; byte++) {
      const beside = String.fromCharCode(byte);
      const alone = checkFilter(['7c2d9f7b18e74a3c9'], bytesOf(`${beside}7c2d9f7b18e74a3c9${beside}`), [64], 0);
      assert.equal(alone, /[A-Za-z0-9]/.test(beside) ? 0 : 1, `byte ${byte}`);
    }
  });

  it('is not asked for what it does not hold', () => {
    const sought = (text: string, rule: WordRule = { digits: false }) => wordsOf(bytesOf(text), rule);
    assert.deepEqual(sought('req-1'), []);
    assert.deepEqual(sought('12345678'), []);
    assert.deepEqual(sought('12345678', { digits: true }), [{ hash: hashOf('12345678'), end: 0 }]);
    assert.deepEqual(sought('a'.repeat(longestWord).replace('a', '1')).length, 1);
    assert.deepEqual(sought('a'.repeat(longestWord + 1).replace('a', '1')), []);
    assert.deepEqual(sought('7c2d9f7b-18e7-4a3c-9d7e-00000000000f'), [
      { hash: hashOf('7c2d9f7b'), end: 28 },
      { hash: hashOf('00000000000f'), end: 0 },
    ]);
  });

  it('holds the longest word that it may be asked for, behind the longest colour', () => {
    const id = 'a1'.repeat(longestWord / 2);
    const bytes = bytesOf(` \x1b[${'1'.repeat(36)}m${id} \x1b[m${id}x ${id}`);
    for (const length of [blockSize, 7, 1000]) assert.equal(checkFilter([id], bytes, [length], 0), 2);
  });
});
