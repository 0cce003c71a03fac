import assert from 'node:assert/strict';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { defaultLimits } from '../../src/node/sources/unpack/unpackedSource';
import { tempFolder } from './support/logs';
import { packedText, packings, utf16Text } from './support/packings';
import { discover, readSource } from './support/readSource';

const utf16 = Buffer.from(`\ufeff${utf16Text}`, 'utf16le').subarray(0, 6002);
const kinds = Object.entries({
  gzip: { text: gzipSync(packedText), utf16: gzipSync(utf16), bomb: gzipSync(Buffer.alloc(4_000_000, 'a')) },
  ...packings,
});

const fileOf = (bytes: Uint8Array): string => path.join(tempFolder({ 'app.log.packed': bytes }), 'app.log.packed');
const read = (bytes: Uint8Array, limits = defaultLimits) => readSource(fileOf(bytes), limits);

for (const [packing, { text, utf16: packedUtf16, bomb }] of kinds) {
  describe(`A source packed by ${packing}`, () => {
    it('is known by its first bytes and read to its end', async () => {
      const { ref, bytes, note, text: got } = await read(text);
      assert.deepEqual([ref.packing, bytes, note], [packing, packedText.length, null]);
      assert.equal(got, packedText);
    });

    it('is read on where another one follows, and padding is not told', async () => {
      const result = await read(Buffer.concat([text, text, Buffer.alloc(512)]));
      assert.equal(result.text, packedText + packedText);
      assert.equal(result.note, null);
    });

    it('tells what stands behind it', async () => {
      const result = await read(Buffer.concat([text, Buffer.from('and more of it')]));
      // The decoder of xz keeps what it has not handed out before.
      if (packing === 'xz') assert.ok(packedText.startsWith(result.text) && result.bytes > packedText.length - 65_536);
      else assert.equal(result.text, packedText);
      assert.equal(result.note?.kind, 'truncatedSource');
      assert.match(result.note?.text ?? '', /cut off or damaged/);
    });

    it('gives what stands before a cut, wherever that is, and says so', async () => {
      for (const at of [12, Math.floor(text.length / 2), text.length - 20, text.length - 1]) {
        const result = await read(text.subarray(0, at));
        assert.ok(packedText.startsWith(result.text), `${at}`);
        assert.equal(result.note?.kind, 'truncatedSource', `${at}`);
        assert.match(result.note?.text ?? '', new RegExp(`only the ${result.bytes} bytes before that were read`));
      }
      const twice = await read(Buffer.concat([text, text.subarray(0, text.length / 2)]));
      assert.ok(twice.text.length >= packedText.length);
    });

    it('ends with a note, not an error, whatever byte is damaged', async () => {
      for (let at = 4; at < text.length; at += 7) {
        const broken = Buffer.from(text);
        broken.writeUInt8(broken.readUInt8(at) ^ 0x55, at);
        const { sources } = await discover(fileOf(broken));
        // What unpacks to what is no text is not read at all.
        if (sources.length > 0) await read(broken);
      }
    });

    it('stops at a bomb', async () => {
      const dense = await read(bomb, { output: 2 ** 40, ratio: 10, ratioFrom: 100_000 });
      assert.equal(dense.note?.kind, 'cut');
      assert.match(dense.note?.text ?? '', /times its size: reading stopped/);
      assert.ok(dense.bytes < 3_900_000);
      const large = await read(bomb, { output: 1_000_000, ratio: 1e9, ratioFrom: 0 });
      assert.match(large.note?.text ?? '', /more than 1000000 bytes/);
      assert.ok(large.bytes <= 1_000_000);
    });

    it('may hold UTF-16', async () => {
      const result = await read(packedUtf16);
      assert.equal(result.ref.encoding, 'utf-16le');
      assert.equal(result.text, utf16Text);
    });

    it('is not unpacked twice, and what it holds is looked at', async () => {
      const reasons = await Promise.all(
        [text, Buffer.from([1, 2, 0, 3, 4, 0, 0, 5]), Buffer.alloc(0)].map(async inner => {
          const { skipped } = await discover(fileOf(packing === 'gzip' ? gzipSync(inner) : gzipSync(gzipSync(inner))));
          return skipped[0]?.reason;
        }),
      );
      if (packing !== 'gzip') assert.deepEqual(new Set(reasons), new Set([nested('gzip')]));
      else assert.deepEqual(reasons, [nested('gzip'), 'binary', 'empty']);
    });
  });
}

const nested = (inner: string): string => `${inner} inside gzip, which is not read: unpack it once`;

describe('A zstd source', () => {
  const magic = [0x28, 0xb5, 0x2f, 0xfd];

  it('is given no giant window', async () => {
    // Window descriptor 0xff: 3.75 TiB; one empty block.
    const result = await read(Buffer.from([...magic, 0x00, 0xff, 0x01, 0x00, 0x00]));
    assert.equal(result.note?.kind, 'cut');
    assert.match(result.note?.text ?? '', /needs a window of \d+ bytes/);
  });

  it('that was made with a dictionary is told', async () => {
    const result = await read(Buffer.from([...magic, 0x01, 0x00, 0x07, 0x01, 0x00, 0x00]));
    assert.match(result.note?.text ?? '', /needs a dictionary/);
  });

  it('may begin with a frame that is skipped', async () => {
    const skipped = Buffer.from([0x5a, 0x2a, 0x4d, 0x18, 4, 0, 0, 0, 1, 2, 3, 4]);
    assert.equal((await read(Buffer.concat([skipped, packings.zstd.text, skipped]))).text, packedText);
  });

  it('does not spend minutes on tiny blocks under a large window', async () => {
    const tiny = Buffer.alloc(4 * 3000);
    // Blocks that repeat one letter once, not the last ones.
    for (let at = 0; at < tiny.length; at += 4) tiny.set([0x0a, 0x00, 0x00, 0x61], at);
    const result = await read(Buffer.concat([Buffer.from([...magic, 0x00, 0x88]), tiny]));
    assert.match(result.note?.text ?? '', /too many small blocks/);
  });
});

describe('An xz source', () => {
  it('is given no giant dictionary', async () => {
    const result = await read(packings.xz.giantDictionary);
    assert.equal(result.note?.kind, 'cut');
    assert.match(result.note?.text ?? '', /needs more than 64 MiB of memory/);
  });
});
