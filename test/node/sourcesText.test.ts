import assert from 'node:assert/strict';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { readText } from '../../src/node/sources/readText';
import { tarOf } from './support/archives';
import { others, tempFolder } from './support/logs';
import { packedText, packings } from './support/packings';

describe('The text of a source', () => {
  const folder = tempFolder({
    'a.zst': packings.zstd.text,
    'a.bz2': packings.bzip2.text,
    'a.xz': packings.xz.text,
    'a.gz': gzipSync(packedText),
    'a.tgz': gzipSync(tarOf([{ name: '../x.log.gz', bytes: gzipSync(packedText) }])),
    'utf16.log.gz': gzipSync(Buffer.from('\ufeffhello\n', 'utf16le')),
    'cut.gz': gzipSync(others(3000)).subarray(0, 9000),
    'broken.gz': Buffer.from('1f8b0800000000000003ffffffff', 'hex'),
    'image.gz': gzipSync(Buffer.from('89504e470d0a1a0a', 'hex')),
    'app[1].log.gz': gzipSync('one\n'),
  });
  const at = (name: string, most = 2 ** 20) => readText(`${folder}${path.sep}${name}`, most);

  it('is unpacked, whatever it is packed by', async () => {
    for (const name of ['a.zst', 'a.bz2', 'a.xz', 'a.gz', 'a.tgz!/../x.log.gz']) {
      assert.deepEqual(await at(name), { kind: 'text', text: packedText }, name);
    }
    assert.deepEqual(await at('utf16.log.gz'), { kind: 'text', text: 'hello\n' });
    assert.deepEqual(await at('app[1].log.gz'), { kind: 'text', text: 'one\n' });
  });

  it('goes as far as it is good', async () => {
    const read = await at('cut.gz');
    assert.ok(read.kind === 'text' && read.text.length > 9000 && others(3000).startsWith(read.text));
  });

  it('is not handed out where it is too long', async () => {
    assert.deepEqual(await at('a.gz', packedText.length - 1), { kind: 'tooLong' });
    assert.equal((await at('a.gz', packedText.length)).kind, 'text');
  });

  it('that there is none of is told', async () => {
    const reasons: [string, RegExp][] = [
      ['broken.gz', /damaged/],
      ['image.gz', /binary \(PNG\)/],
      ['gone.gz', /not there/],
      ['a.tgz!/none', /not there/],
    ];
    for (const [name, reason] of reasons) {
      const read = await at(name);
      assert.match(read.kind === 'unread' ? read.reason : '', reason);
    }
  });
});
