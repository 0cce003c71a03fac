import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { linkSync, readFileSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { discoverSources } from '../../src/node/sources/discoverSources';
import { GzipSource } from '../../src/node/sources/gzipSource';
import { openSource } from '../../src/node/sources/openSource';
import { tempFolder } from './support/logs';

const discover = (...paths: string[]) => discoverSources(paths.map(place => ({ kind: 'path', path: place })));

async function read(file: string, limits?: ConstructorParameters<typeof GzipSource>[1]) {
  const [ref] = (await discover(file)).sources;
  assert.ok(ref);
  const source = limits ? new GzipSource(ref, limits) : openSource(ref);
  const chunks: Buffer[] = [];
  const end = await source.stream(chunk => chunks.push(Buffer.from(chunk)) > 0);
  source.close();
  return { ...end, text: Buffer.concat(chunks).toString() };
}

describe('discoverSources', () => {
  it('reads a folder recursively and tells what it does not read', async () => {
    const folder = tempFolder({
      'b.log': 'b\n',
      'sub/a.txt': 'a\n',
      'empty.log': '',
      'image.dat': Buffer.from([1, 2, 0, 3]),
      'archive.zst': Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 1]),
      'utf16.log': Buffer.from('\ufeffhello\n', 'utf16le'),
      'packed.log.gz': gzipSync('packed\n'),
      'node_modules/x/y.log': 'no\n',
      '.git/z.log': 'no\n',
    });
    const { sources, skipped } = await discover(folder);
    const names = sources.map(({ id, kind, encoding }) => [path.relative(folder, id), kind, encoding]);
    assert.deepEqual(names, [
      ['b.log', 'file', 'utf-8'],
      ['packed.log.gz', 'gzip', 'utf-8'],
      ['utf16.log', 'file', 'utf-16le'],
      [path.join('sub', 'a.txt'), 'file', 'utf-8'],
    ]);
    const reasons = Object.fromEntries(skipped.map(({ source, reason }) => [path.relative(folder, source), reason]));
    assert.equal(reasons['empty.log'], 'empty');
    assert.equal(reasons['image.dat'], 'binary');
    assert.match(reasons['archive.zst'] ?? '', /zstd/);
  });

  it('expands globs, and takes a file whose name looks like one as it is', async () => {
    const folder = tempFolder({ 'app[1].log': 'x\n', 'a/b/c.jsonl': '{}\n', 'a/d.log': 'x\n', 'a/e.txt': 'x\n' });
    const globbed = await discover(path.join(folder, '**/*.{log,jsonl}'));
    assert.deepEqual(
      globbed.sources.map(({ id }) => path.relative(folder, id)).sort(),
      ['a/b/c.jsonl', 'a/d.log', 'app[1].log'].map(name => path.normalize(name)),
    );
    assert.equal((await discover(path.join(folder, 'app[1].log'))).sources.length, 1);
    const none = await discover(path.join(folder, '*.none'), path.join(folder, 'gone.log'));
    assert.deepEqual(
      none.skipped.map(({ reason }) => reason),
      ['no file fits this pattern', 'not there'],
    );
  });

  it('never reads a physical file twice and gets out of loops of links', async function () {
    if (process.platform === 'win32') this.skip();
    const folder = tempFolder({ 'a.log': 'a\n', 'sub/b.log': 'b\n' });
    symlinkSync(folder, path.join(folder, 'sub/loop'));
    symlinkSync(path.join(folder, 'a.log'), path.join(folder, 'current.log'));
    symlinkSync('self', path.join(folder, 'self'));
    linkSync(path.join(folder, 'a.log'), path.join(folder, 'hard.log'));
    const { sources, skipped } = await discover(folder, path.join(folder, 'a.log'));
    assert.deepEqual(
      sources.map(({ id }) => path.relative(folder, id)),
      ['a.log', path.join('sub', 'b.log')],
    );
    const reasons = skipped.map(({ reason }) => reason).join('\n');
    assert.match(reasons, /the same file as/);
    assert.match(reasons, /a link to/);
    assert.match(reasons, /loop of symbolic links/);
  });

  it('opens no pipe and no device', async function () {
    if (process.platform === 'win32') this.skip();
    const folder = tempFolder();
    execFileSync('mkfifo', [path.join(folder, 'pipe.log')]);
    const { sources, skipped } = await discover(path.join(folder, 'pipe.log'), '/dev/zero');
    assert.equal(sources.length, 0);
    assert.deepEqual(
      skipped.map(({ reason }) => reason),
      Array(2).fill('no regular file (a pipe, socket or device)'),
    );
  });
});

describe('gzip sources', () => {
  it('read every member', async () => {
    const folder = tempFolder({ 'two.gz': Buffer.concat([gzipSync('one\n'), gzipSync('two\n')]) });
    assert.deepEqual(await read(path.join(folder, 'two.gz')), { text: 'one\ntwo\n', bytes: 8, note: null });
  });

  it('give what stands before a cut and say so', async () => {
    const text = Array.from({ length: 50_000 }, (_, at) => `line ${at * 7919}\n`).join('');
    const packed = gzipSync(text);
    const folder = tempFolder({ 'cut.gz': packed.subarray(0, packed.length / 2) });
    const result = await read(path.join(folder, 'cut.gz'));
    assert.equal(result.note?.kind, 'truncatedSource');
    assert.ok(result.text.length > text.length / 4);
    assert.ok(text.startsWith(result.text));
  });

  it('stop at a bomb', async () => {
    const folder = tempFolder({ 'bomb.gz': gzipSync(Buffer.alloc(20_000_000, 'a\n')) });
    const limits = { output: 2 ** 40, ratio: 250, ratioFrom: 1_000_000 };
    const result = await read(path.join(folder, 'bomb.gz'), limits);
    assert.equal(result.note?.kind, 'cut');
    assert.ok(result.bytes < 6_000_000);
    const small = await read(path.join(folder, 'bomb.gz'), { ...limits, ratio: 1e9, output: 1_000_000 });
    assert.equal(small.note?.kind, 'cut');
  });

  it('are read to the same text as the plain file', async () => {
    const text = readFileSync(import.meta.filename, 'utf8').repeat(100);
    const folder = tempFolder({ 'a.gz': gzipSync(text) });
    assert.equal((await read(path.join(folder, 'a.gz'))).text, text);
  });
});
