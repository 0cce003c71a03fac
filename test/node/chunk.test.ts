import assert from 'node:assert/strict';
import fc from 'fast-check';
import { openKernel } from '../../src/node/engine/index/kernel';
import { Chunk } from '../../src/node/engine/search/chunk';
import type { ByteSource } from '../../src/node/sources/byteSource';
import { kernelFile } from './support/kernel';

const kernel = openKernel(kernelFile);
const size = 4096;
const chunks = [new Chunk(size, kernel), new Chunk(size, null)];

const sourceOf = (bytes: Buffer) =>
  ({
    ref: { start: 0 },
    size: bytes.length,
    read: (into, from) => bytes.copy(into, 0, from, from + into.length),
  }) as Pick<ByteSource, 'size' | 'read'> as ByteSource;

/** Bytes that begin alike, end alike and are often the same, so that much is nearly a hit. */
const someBytes = (options: { minLength?: number; maxLength: number }) =>
  fc
    .string({ unit: fc.constantFrom('a', 'b', '-', '\n', '\xff', '\0'), ...options })
    .map(text => Buffer.from(text, 'latin1'));

describe('a chunk of a search', () => {
  it('finds and counts the same with the kernel as without it, wherever it begins and ends', () => {
    assert.ok(kernel);
    const needle = fc.oneof(someBytes({ minLength: 1, maxLength: 3 }), someBytes({ minLength: 4, maxLength: 40 }));
    fc.assert(
      fc.property(someBytes({ maxLength: 300 }), needle, fc.nat(300), fc.nat(300), (bytes, sought, from, to) => {
        // What was there before must not be found.
        const around = Buffer.concat([sought, Buffer.alloc(size - 2 * sought.length, '\n'), sought]);
        for (const chunk of chunks) {
          chunk.load(sourceOf(around), 0, size, 0);
          const window = chunk.load(sourceOf(bytes), 0, bytes.length, 0);
          assert.deepEqual(window.bytes, bytes);
          const start = Math.min(from, bytes.length);
          assert.equal(chunk.find(window.bytes, sought, start), bytes.indexOf(sought, start));
          const end = Math.min(to, bytes.length);
          const lines = bytes.subarray(start, end).toString('latin1').split('\n').length - 1;
          assert.equal(chunk.countNewlines(window.bytes, start, end), lines);
        }
      }),
      { numRuns: 3000 },
    );
  });

  it('finds what begins in the chunk before', () => {
    const id = Buffer.from('7c2d9f7b-18e7-4a3c-9d7e-00000000000f');
    const bytes = Buffer.concat([Buffer.alloc(size - 10, 'x\n'), id, Buffer.alloc(size, '\n')]);
    for (const chunk of chunks) {
      const source = sourceOf(bytes);
      const first = chunk.load(source, 0, size, 0);
      assert.equal(chunk.find(first.bytes, id, 0), -1);
      const second = chunk.load(source, size, size, size);
      assert.equal(second.base + chunk.find(second.bytes, id, 0), size - 10);
    }
  });

  it('counts the lines of a whole chunk, and finds what is as long as one', () => {
    const bytes = Buffer.alloc(size, 'ab\n');
    for (const chunk of chunks) {
      const window = chunk.load(sourceOf(bytes), 0, size, 0);
      assert.equal(chunk.countNewlines(window.bytes, 0, size), Math.floor(size / 3));
      assert.equal(chunk.find(window.bytes, bytes, 0), 0);
      assert.equal(chunk.find(window.bytes, Buffer.concat([bytes, Buffer.from('a')]), 0), -1);
    }
  });
});
